"""Where things stand and where they go, in words."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Model

from entries.actions.positions import FIRST
from entries.models import Entry, Section
from moderation.changes.references import Pending, Reference, References
from moderation.models import Change, Operation, Subject


def moves_from(change: Change, neighbours: "Neighbours", references: References) -> str:
    """Where what moves stands now, in words; "" if it does not move.

    neighbours   know what stands before it
    references   find the places that the change names
    """
    if change.operation == Operation.ADD or not _moves(change):
        return ""
    row = change.entry if change.subject == Subject.ENTRY else change.section
    if change.subject == Subject.LEGEND_TAG or row is None or change.proposal.closed_at:
        return _named_place(change, change.base, references) if "parent" in change.base else ""
    before = neighbours.before(row)
    behind = f"behind {_quoted(before)}" if before else "the first place"
    return f"{behind} {_inside(row)}"


def moves_to(change: Change, references: References) -> str:
    """Where it goes, in words; "" for what stays, and for an addition at the end.

    references   find the places that the change names
    """
    proposed = change.proposed
    if change.operation != Operation.ADD and not _moves(change):
        return ""
    after = proposed.get("after")
    if change.operation == Operation.ADD and after is None and not proposed.get("parent"):
        return ""
    if after == FIRST:
        behind = "the first place"
    elif sibling := _name(change, "after", after, references):
        behind = f"the place behind {sibling}"
    else:
        behind = "the last place"
    return f"{behind} {_named_place(change, proposed, references)}".strip()


class Neighbours:
    """What stands before the things that move, in one query for entries and one for sections."""

    def __init__(self, changes: Iterable[Change]) -> None:
        moving = [change for change in changes if _moves(change)]
        entries = [c.entry for c in moving if c.subject == Subject.ENTRY and c.entry]
        sections = [c.section for c in moving if c.subject == Subject.SECTION and c.section]
        self.rows: dict[tuple[Any, ...], list[Entry | Section]] = {}
        if entries:
            among = {row.section_id for row in entries}
            self._add(Entry.objects.live().filter(section__in=among).defer("verbatim"))
        if sections:
            self._add(Section.objects.live().defer("verbatim"))

    def before(self, row: Entry | Section) -> Entry | Section | None:
        """The sibling before `row`, or None."""
        previous = None
        for sibling in self.rows.get(_place(row), ()):
            if sibling.pk == row.pk:
                return previous
            previous = sibling
        return previous

    def _add(self, rows: Iterable[Entry | Section]) -> None:
        for row in rows:
            self.rows.setdefault(_place(row), []).append(row)


def _place(row: Entry | Section) -> tuple[Any, ...]:
    return type(row), getattr(row, "section_id", None), row.parent_id


def _moves(change: Change) -> bool:
    return bool({"section", "parent", "after"} & change.proposed.keys()) and (
        change.subject in (Subject.ENTRY, Subject.SECTION, Subject.LEGEND_TAG)
    )


def _named_place(change: Change, fields: dict[str, Any], references: References) -> str:
    """“under X”, “in X” or “at the top of the guide”, by the fields of a place."""
    if change.subject == Subject.LEGEND_TAG:
        return "of the legend"
    if parent := _name(change, "parent", fields.get("parent"), references):
        return f"under {parent}"
    if change.subject == Subject.SECTION:
        return "at the top of the guide"
    if section := _name(change, "section", fields.get("section"), references):
        return f"in {section}"
    return f"in {_quoted(change.section)}" if change.section else ""


def _inside(row: Entry | Section) -> str:
    if row.parent:
        return f"under {_quoted(row.parent)}"
    return f"in {_quoted(row.section)}" if isinstance(row, Entry) else "at the top of the guide"


def _name(change: Change, field: str, reference: Reference, references: References) -> str:
    """What a reference in the `field` of a change names, in quotes; "" for nothing."""
    find: Callable[[Reference], Model | None] = references.section
    if change.subject == Subject.LEGEND_TAG:
        find = references.legend_tag
    elif change.subject == Subject.ENTRY and field != "section":
        find = references.entry
    try:
        row = find(reference)
    except Pending as pending:
        return added_by(change, pending.change)
    return _quoted(row) if row else ""


def added_by(change: Change, adding: Change | None) -> str:
    """What another change will add, as the page of `change` calls it."""
    if adding is None or adding.proposal_id == change.proposal_id:
        return "what this proposal adds"
    return f"what proposal {adding.proposal_id} adds"


def _quoted(row: Model) -> str:
    words = getattr(row, "opening_words", None) or getattr(row, "title", None) or str(row)
    return f"“{words}”"
