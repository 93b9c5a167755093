"""Where things stand and where they go, in words."""

from collections.abc import Iterable
from typing import Any

from entries.models import Entry, Section
from moderation.changes import wording
from moderation.changes.references import References
from moderation.changes.wording import quoted
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
        return (
            wording.parent_place(change, change.base, references) if "parent" in change.base else ""
        )
    before = neighbours.before(row)
    behind = f"behind {quoted(before)}" if before else "the first place"
    return f"{behind} {_inside(row)}"


def moves_to(change: Change, references: References) -> str:
    """Where it goes, in words; "" for what stays, and for an addition at the end.

    references   find the places that the change names
    """
    proposed = change.proposed
    if change.operation != Operation.ADD and not _moves(change):
        return ""
    is_added = change.operation == Operation.ADD
    if is_added and proposed.get("after") is None and not proposed.get("parent"):
        return ""
    return wording.place(change, {"after": None} | proposed, references)


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


def _inside(row: Entry | Section) -> str:
    if row.parent:
        return f"under {quoted(row.parent)}"
    return f"in {quoted(row.section)}" if isinstance(row, Entry) else "at the top of the guide"
