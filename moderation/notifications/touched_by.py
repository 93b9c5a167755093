"""What a proposal or a report is about, for those who watch a part of the guide."""

from dataclasses import dataclass, field

from entries.models import Section
from moderation import owners
from moderation.models import Subject

_ENTRIES = ("entry", "entry__parent")
_SERVICES = ("service", "offering__service")


@dataclass(frozen=True)
class Touched:
    """Primary keys, and for legend tags their slugs.

    An entry is touched by what happens right below it, a section by what moves there.
    """

    sections: set[int] = field(default_factory=set)
    entries: set[int] = field(default_factory=set)
    services: set[int] = field(default_factory=set)
    tags: set[str] = field(default_factory=set)


def by_proposal(proposal):
    """What the changes of a proposal touch."""
    found = Touched(sections=owners.places(proposal))
    columns = (*_ENTRIES, *_SERVICES, "legend_tag__slug")
    for row in proposal.changes.values("subject", "base", "proposed", *columns):
        _add(found.entries, row, _ENTRIES)
        _add(found.services, row, _SERVICES)
        _add(found.tags, row, ["legend_tag__slug"])
        found.tags.update(row["base"].get("tags", []), row["proposed"].get("tags", []))
        host = row["proposed"].get("parent")
        if row["subject"] == Subject.ENTRY and isinstance(host, int):
            found.entries.add(host)
    return found


def by_report(report):
    """What a report touches: its entry, and all that its entry carries or stands in."""
    entry = report.entry
    return Touched(
        sections={entry.section_id},
        entries={pk for pk in (entry.pk, entry.parent_id) if pk},
        tags=set(entry.tags.values_list("slug", flat=True)),
    )


def with_all_above(sections):
    """These sections (primary keys) and those that they stand in: one query."""
    parents = dict(Section.objects.values_list("pk", "parent_id"))
    found = set()
    for pk in sections:
        while pk is not None and pk not in found:
            found.add(pk)
            pk = parents.get(pk)
    return found


def _add(to, row, columns):
    to.update(row[name] for name in columns if row[name] is not None)
