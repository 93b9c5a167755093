"""Cascades: what is retired with a section, and what is restored with a section or an entry."""

from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from reversion.models import Version

from entries.models import Entry, EntryKind, Section
from entries.reading.lines import EntryLine, nest, walk
from entries.reading.tree import Node, Tree
from moderation.changes import versions
from moderation.changes.versions import retired_in
from moderation.models import Operation, Proposal, Subject

Row = TypeVar("Row", Entry, Section)


def held_by(section: Section, proposal: Proposal | None = None) -> list[EntryLine | Section]:
    """What retires with `section`, in the order in which it can be retired.

    These are the topmost entries, with what is nested in them, and then the sections below.
    With `proposal`, the one that the retirement goes into: what it moves elsewhere stays.
    """
    tree = Tree(Section.objects.live().defer("verbatim").prefetch_related("tags"))
    if section.pk not in tree.nodes:  # it is retired already
        return []
    whole = [node.section.pk for node in tree.nodes[section.pk].walk()]
    moved = _moved_by(proposal)
    below = list(_from_below(tree.nodes[section.pk], whole, moved))
    going = [section.pk, *(row.pk for row in below)]
    rows = Entry.objects.filter(section__in=going, retired_at=None)
    entries = [
        line
        for line in nest(rows.select_related("section").prefetch_related("tags"))
        if line.row.kind != EntryKind.KEPT
        and moved.get((Subject.ENTRY, line.row.pk), line.row.section_id) in going
    ]
    return [*sorted(entries, key=lambda line: whole.index(line.row.section_id)), *below]


def retirements(held: Iterable[EntryLine | Section], because: str) -> list[dict[str, Any]]:
    """Fields of the Changes that take out what `held_by` returned, each for the same reason."""
    return [
        _section_retirement(each, because)
        if isinstance(each, Section)
        else _entry_retirement(each, because)
        for each in held
    ]


def retired_with(entry: Entry) -> list[Entry]:
    """The entries nested under a retired one that retired in the same revision, top down."""
    revision, retired = retired_in(entry), list[Entry]()
    for child in entry.children.exclude(retired_at=None).order_by("position", "pk"):
        if revision and retired_in(child) == revision:
            retired += [child, *retired_with(child)]
    return retired


def retired_with_section(section: Section) -> list[Section | Entry]:
    """What retired in the same revision as a retired section: in the order of coming back."""
    revision = retired_in(section)
    versions_then = Version.objects.filter(revision=revision, db="default")
    sections = _in_version(Section, versions_then)
    below = [row for row in _below(section, sections) if retired_in(row) == revision]
    homes = [section.pk, *(row.pk for row in below)]
    entries = [
        row
        for row in _in_version(Entry, versions_then).filter(section__in=homes)
        if row.kind != EntryKind.KEPT and retired_in(row) == revision
    ]
    lines = [line.row for line, _ in walk(nest(entries))]
    return [*below, *sorted(lines, key=lambda row: homes.index(row.section_id))]


def restorations(rows: Iterable[Entry | Section]) -> list[dict[str, Any]]:
    """Fields of the Changes that bring entries and sections back as they were."""
    return [
        {
            "subject": versions.SUBJECTS[type(row)],
            "operation": Operation.RESTORE,
            versions.SUBJECTS[type(row)].value: row,
            "section": row.section if isinstance(row, Entry) else row,
            "base": versions.snapshot(row),
            "proposed": {},
        }
        for row in rows
    ]


def _in_version(model: type[Row], of_revision: QuerySet[Version]) -> QuerySet[Row]:
    """Retired rows of `model` that a revision wrote, in their order."""
    kind = ContentType.objects.get_for_model(model)
    pks = of_revision.filter(content_type=kind).values_list("object_id", flat=True)
    rows: QuerySet[Row] = model._default_manager.filter(pk__in=[int(pk) for pk in pks])
    return rows.exclude(retired_at=None).order_by("position", "pk")


def _below(section: Section, rows: Iterable[Section]) -> Iterator[Section]:
    """Those of `rows` that stand below a section, from the top down."""
    rows = list(rows)
    for row in rows:
        if row.parent_id == section.pk:
            yield row
            yield from _below(row, rows)


def _moved_by(proposal: Proposal | None) -> dict[tuple[str, int], int]:
    """{(subject, primary key): the section to which the proposal moves it}."""
    moved: dict[tuple[str, int], int] = {}
    for change in proposal.changes.all() if proposal else ():
        for subject, name in ((Subject.ENTRY, "section"), (Subject.SECTION, "parent")):
            if change.subject == subject and name in change.proposed:
                moved[subject, getattr(change, f"{subject}_id")] = change.proposed[name]
    return moved


def _from_below(
    node: Node, whole: list[int], moved: dict[tuple[str, int], int]
) -> Iterator[Section]:
    for child in node.children:
        section = child.section
        if moved.get((Subject.SECTION, section.pk), section.parent_id) in whole:
            yield from _from_below(child, whole, moved)
            yield section


def _section_retirement(section: Section, because: str) -> dict[str, Any]:
    return {
        "subject": Subject.SECTION,
        "operation": Operation.RETIRE,
        "section": section,
        "base": versions.snapshot(section),
        "proposed": {"retired_because": because},
    }


def _entry_retirement(line: EntryLine, because: str) -> dict[str, Any]:
    nested = [f"{below.row.pk}: {below.row.body}" for below, _ in walk(line.nested)]
    return {
        "subject": Subject.ENTRY,
        "operation": Operation.RETIRE,
        "entry": line.row,
        "section": line.row.section,
        "base": versions.snapshot(line.row) | {"nested": nested},
        "proposed": {"retired_because": because, "children": "along"},
    }
