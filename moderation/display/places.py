"""Where things stand and where they go, in words."""

from entries.actions.entries import FIRST
from entries.models import Entry, Section
from moderation.changes import references
from moderation.changes.references import Pending
from moderation.models import Operation, Subject


def moves_from(change, neighbours):
    """Where what moves stands now, in words; "" if it does not move."""
    if change.operation == Operation.ADD or not _moves(change):
        return ""
    row = change.entry if change.subject == Subject.ENTRY else change.section
    if change.subject == Subject.LEGEND_TAG or row is None or change.proposal.closed_at:
        return _named_place(change, change.base) if "parent" in change.base else ""
    before = neighbours.before(row)
    behind = f"behind {_quoted(before)}" if before else "the first place"
    return f"{behind} {_inside(row)}"


def moves_to(change):
    """Where it goes, in words; "" for what stays, and for an addition at the end."""
    proposed = change.proposed
    if change.operation != Operation.ADD and not _moves(change):
        return ""
    after = proposed.get("after")
    if change.operation == Operation.ADD and after is None and not proposed.get("parent"):
        return ""
    row = _row(change, "after", after)
    if row == FIRST:
        behind = "the first place"
    elif row is None:
        behind = "the last place"
    else:
        behind = f"the place behind {_quoted(row)}"
    return f"{behind} {_named_place(change, proposed)}".strip()


class Neighbours:
    """What stands before the things that move, in one query for entries and one for sections."""

    def __init__(self, changes):
        moving = [change for change in changes if _moves(change)]
        entries = [c.entry for c in moving if c.subject == Subject.ENTRY and c.entry]
        sections = [c.section for c in moving if c.subject == Subject.SECTION and c.section]
        self.rows = {}
        if entries:
            among = {row.section_id for row in entries}
            self._add(Entry.objects.live().filter(section__in=among).defer("verbatim"))
        if sections:
            self._add(Section.objects.live().defer("verbatim"))

    def before(self, row):
        """The sibling before `row`, or None."""
        found = None
        for sibling in self.rows.get(_place(row), ()):
            if sibling.pk == row.pk:
                return found
            found = sibling
        return found

    def _add(self, rows):
        for row in rows:
            self.rows.setdefault(_place(row), []).append(row)


def _place(row):
    return type(row), getattr(row, "section_id", None), row.parent_id


def _moves(change):
    return bool({"section", "parent", "after"} & change.proposed.keys()) and (
        change.subject in (Subject.ENTRY, Subject.SECTION, Subject.LEGEND_TAG)
    )


def _named_place(change, fields):
    """“under X”, “in X” or “at the top of the guide”, by the fields of a place."""
    if change.subject == Subject.LEGEND_TAG:
        return "of the legend"
    if parent := _row(change, "parent", fields.get("parent")):
        return f"under {_quoted(parent)}"
    if change.subject == Subject.SECTION:
        return "at the top of the guide"
    section = _row(change, "section", fields.get("section")) or change.section
    return f"in {_quoted(section)}" if section else ""


def _inside(row):
    if row.parent:
        return f"under {_quoted(row.parent)}"
    return f"in {_quoted(row.section)}" if isinstance(row, Entry) else "at the top of the guide"


def _row(change, name, reference):
    """The row that a reference names; NEW for what the proposal has yet to add."""
    of_entry = change.subject == Subject.ENTRY and name != "section"
    find = references.entry if of_entry else references.section
    if change.subject == Subject.LEGEND_TAG:
        find = references.legend_tag
    try:
        return find(reference, change)
    except Pending:
        return NEW


NEW = object()


def _quoted(row):
    if row is NEW:
        return "what this proposal adds"
    words = getattr(row, "lead", None) or getattr(row, "title", None) or str(row)
    return f"“{words}”"
