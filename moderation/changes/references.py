"""Where a change points: at rows of the guide, or at what another change will add.

In `proposed`, the keys section, parent and after hold a primary key, or {"change": number}
for an addition of the same proposal (or of the one it was split from), which is published
before. `after` may also be “first”, which names no row: ask for that before you look one up.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from django.db.models import Model

from entries.models import Entry, LegendTag, Section
from moderation.changes.field_types import Type
from moderation.changes.fields import fields_of
from moderation.models import Change, Operation, Proposal, Subject

Reference = int | dict[str, int] | None
Row = TypeVar("Row", bound=Model)


class Gone(Exception):
    """The place or the target of a change is no longer there; the message says what happened."""


class Waits(Gone):
    """The place is added by another proposal, which is not merged: the message says which."""

    def __init__(self, awaited: Proposal) -> None:
        state = awaited.get_status_display().lower()
        what_now = "choose another place" if awaited.closed_at else "that comes first"
        super().__init__(
            f"It goes to a place that proposal {awaited.pk} adds, which is {state}: {what_now}."
        )


class Pending(Exception):
    """The reference points at an addition that is not published yet.

    change   the change that adds it, if it is known
    """

    def __init__(self, change: Change | None = None) -> None:
        super().__init__()
        self.change = change


def to_change(change: Change) -> dict[str, int]:
    """The reference to what `change` will add."""
    return {"change": change.pk}


def is_restored(row: Section | Entry, change: Change) -> bool:
    """True if the proposal of `change` brings a retired row back."""
    others = change.proposal.changes.filter(operation=Operation.RESTORE)
    if isinstance(row, Entry):
        return others.filter(subject=Subject.ENTRY, entry=row).exists()
    return others.filter(subject=Subject.SECTION, section=row).exists()


@dataclass(frozen=True)
class References:
    """Finds the rows that references name: those that were read before, else by a query each.

    Each mapping goes by primary key, and holds None for a row that does not exist. All are
    empty for a write, which has to see what the same proposal has just added.

    children   what is nested right under each entry that retires; None: ask the database
    """

    changes: Mapping[int, Change | None] = field(default_factory=dict)
    entries: Mapping[int, Entry | None] = field(default_factory=dict)
    sections: Mapping[int, Section | None] = field(default_factory=dict)
    children: Mapping[int | None, list[Entry]] | None = None

    @classmethod
    def read(cls, changes: list[Change]) -> "References":
        """Read what the references of `changes` name in at most six queries: for pages."""
        entries, sections = (_references(changes, model) for model in (Entry, Section))
        return cls(
            changes=_named_changes(changes),
            entries=_in_bulk(Entry, entries) if entries else {},
            sections=_in_bulk(Section, sections) if sections else {},
            children=_children_beside(changes),
        )

    def entry(self, reference: Reference) -> Entry | None:
        """The entry that `reference` names, or None. Raises Pending."""
        if isinstance(reference, dict):
            change = self.change(reference)
            return _added(change, change.entry) if change else None
        return _row(Entry, reference, self.entries)

    def section(self, reference: Reference) -> Section | None:
        """The section that `reference` names, or None. Raises Pending."""
        if isinstance(reference, dict):
            change = self.change(reference)
            return _added(change, change.section) if change else None
        return _row(Section, reference, self.sections)

    def legend_tag(self, reference: Reference) -> LegendTag | None:
        """The legend tag that `reference` names, or None. Raises Pending."""
        if isinstance(reference, dict):
            change = self.change(reference)
            return _added(change, change.legend_tag) if change else None
        return _row(LegendTag, reference, {})

    def children_of(self, entry: Entry) -> list[Entry]:
        """The live entries right below one that retires, in order."""
        if self.children is not None:
            return self.children.get(entry.pk, [])
        return list(entry.children.filter(retired_at=None).order_by("position", "pk"))

    def change(self, reference: dict[str, int]) -> Change | None:
        """The change whose addition `reference` names, or None."""
        return _row(Change, reference["change"], self.changes)


FROM_DATABASE = References()


def _named_changes(changes: Iterable[Change]) -> dict[int, Change | None]:
    """These changes and those of other proposals that they name."""
    known: dict[int, Change | None] = {change.pk: change for change in changes}
    values = [value for change in changes for value in change.proposed.values()]
    named = {value["change"] for value in values if isinstance(value, dict) and "change" in value}
    if missing := named - known.keys():
        rows = Change.objects.select_related("proposal", *Subject.values).in_bulk(missing)
        known |= {pk: rows.get(pk) for pk in missing}
    return known


def _children_beside(changes: Iterable[Change]) -> dict[int | None, list[Entry]]:
    """{entry: what is nested right under it} in the sections of the entries that retire."""
    sections = {c.entry.section_id for c in changes if c.operation == Operation.RETIRE and c.entry}
    children: dict[int | None, list[Entry]] = {}
    if sections:
        nested = Entry.objects.live().filter(section__in=sections, parent__isnull=False)
        for child in nested.order_by("position", "pk"):
            children.setdefault(child.parent_id, []).append(child)
    return children


def _references(changes: Iterable[Change], model: type[Model]) -> set[int]:
    """Primary keys of rows of `model` that changes name, before and after."""
    return {
        reference
        for change in changes
        for name, of_change in fields_of(change.subject).items()
        if of_change.to is model and of_change.type == Type.REFERENCE
        for reference in (change.base.get(name), change.proposed.get(name))
        if isinstance(reference, int)
    }


def _in_bulk(model: type[Row], pks: set[int]) -> dict[int, Row | None]:
    found = model._default_manager.select_related("parent")
    if model is Entry:
        found = found.select_related("section").prefetch_related("tags")
    rows = found.in_bulk(pks)
    return {pk: rows.get(pk) for pk in pks}


def _added(change: Change, row: Row | None) -> Row:
    """The `row` that an addition has added; raises Pending before that."""
    if row is None:
        raise Pending(change)
    return row


def _row(model: type[Row], pk: int | None, known: Mapping[int, Row | None]) -> Row | None:
    if not pk:
        return None
    return known[pk] if pk in known else model._default_manager.filter(pk=pk).first()
