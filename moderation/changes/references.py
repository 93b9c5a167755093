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
from moderation.models import Change, Operation, Subject

Reference = int | dict[str, int] | None
Row = TypeVar("Row", bound=Model)


class Gone(Exception):
    """The place or the target of a change is no longer there; the message says what happened."""


class Pending(Exception):
    """The reference points at an addition that is not published yet."""


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
    """

    changes: Mapping[int, Change] = field(default_factory=dict)
    entries: Mapping[int, Entry | None] = field(default_factory=dict)
    sections: Mapping[int, Section | None] = field(default_factory=dict)

    @classmethod
    def read(cls, changes: list[Change]) -> "References":
        """Read what the references of `changes` name in at most two queries: for pages."""
        entries, sections = (_references(changes, model) for model in (Entry, Section))
        return cls(
            changes={change.pk: change for change in changes},
            entries=_in_bulk(Entry, entries) if entries else {},
            sections=_in_bulk(Section, sections) if sections else {},
        )

    def entry(self, reference: Reference) -> Entry | None:
        """The entry that `reference` names, or None. Raises Pending."""
        if isinstance(reference, dict):
            change = self._change(reference)
            return _added(change.entry) if change else None
        return _row(Entry, reference, self.entries)

    def section(self, reference: Reference) -> Section | None:
        """The section that `reference` names, or None. Raises Pending."""
        if isinstance(reference, dict):
            change = self._change(reference)
            return _added(change.section) if change else None
        return _row(Section, reference, self.sections)

    def legend_tag(self, reference: Reference) -> LegendTag | None:
        """The legend tag that `reference` names, or None. Raises Pending."""
        if isinstance(reference, dict):
            change = self._change(reference)
            return _added(change.legend_tag) if change else None
        return _row(LegendTag, reference, {})

    def _change(self, reference: dict[str, int]) -> Change | None:
        return _row(Change, reference["change"], self.changes)


FROM_DATABASE = References()


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
    rows = model._default_manager.select_related("parent").in_bulk(pks)
    return {pk: rows.get(pk) for pk in pks}


def _added(row: Row | None) -> Row:
    """What an addition has added; raises Pending before that."""
    if row is None:
        raise Pending
    return row


def _row(model: type[Row], pk: int | None, known: Mapping[int, Row | None]) -> Row | None:
    if not pk:
        return None
    return known[pk] if pk in known else model._default_manager.filter(pk=pk).first()
