"""What a proposal or report touches, for those who watch a part of the guide."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from entries.models import Section
from moderation import owners
from moderation.models import Proposal, Report, Subject

_ENTRIES = ("entry", "entry__parent")
_SERVICES = ("service", "offering__service")


@dataclass(frozen=True)
class Touched:
    """Primary keys, and slugs of legend tags.

    A change touches also the entry right above it, the one that it joins with its own, and the
    section that it moves something to.
    """

    sections: set[int] = field(default_factory=set)
    entries: set[int] = field(default_factory=set)
    services: set[int] = field(default_factory=set)
    tags: set[str] = field(default_factory=set)


def by_proposal(proposal: Proposal) -> Touched:
    """Return what the changes of a proposal touch."""
    touched = Touched(sections=owners.places(proposal))
    columns = (*_ENTRIES, *_SERVICES, "legend_tag__slug")
    for row in proposal.changes.values("subject", "base", "proposed", *columns):
        _add(touched.entries, row, _ENTRIES)
        _add(touched.services, row, _SERVICES)
        _add(touched.tags, row, ["legend_tag__slug"])
        base, proposed = row["base"], row["proposed"]
        further = [*base.get("joined", ()), *proposed.get("rest", ())]  # of a join or a split
        for values in (base, proposed, *further):
            touched.tags.update(values.get("tags", []))
        if row["subject"] == Subject.ENTRY:
            places = (proposed.get("parent"), proposed.get("other"))
            touched.entries.update(pk for pk in places if isinstance(pk, int))
    return touched


def by_report(report: Report) -> Touched:
    """Return what a report touches: its entry with its tags, the entry above it, its section."""
    entry = report.entry
    return Touched(
        sections={entry.section_id},
        entries={pk for pk in (entry.pk, entry.parent_id) if pk},
        tags=set(entry.tags.values_list("slug", flat=True)),
    )


def with_all_above(sections: Iterable[int]) -> set[int]:
    """Return these sections and all that they stand in, as primary keys, in one query."""
    parents = dict[int, int | None](Section.objects.values_list("pk", "parent_id"))
    with_parents: set[int] = set()
    for section in sections:
        pk: int | None = section
        while pk is not None and pk not in with_parents:
            with_parents.add(pk)
            pk = parents.get(pk)
    return with_parents


def _add(touched: set[Any], row: Mapping[str, Any], columns: Iterable[str]) -> None:
    touched.update(row[name] for name in columns if row[name] is not None)
