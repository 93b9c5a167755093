"""What an import writes: rows exactly as a file has them. Callers hold `history.revision()`.

The actions that people take (`entries`, `sections`) derive source lines and positions. A file
gives both, so that these write what they are given, and tell what became of a row as a Step.
"""

from collections.abc import Collection, Mapping
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from entries.actions.retiring import mark_restored, mark_retired
from entries.models import Entry, RenderContext, Section, SectionAlias

Row: TypeAlias = Entry | Section

_SECTION_FIELDS = ("parent_id", "title", "verbatim", "position", "retired_at")
_ENTRY_FIELDS = ("section_id", "parent_id", "position", "kind", "body", "verbatim", "retired_at")
_PLACE = {"section_id", "parent_id", "position"}
_TEXT = {"title", "body", "kind", "retired_at"}


@dataclass(frozen=True, eq=False)
class Step:
    """What becomes of one row.

    row       the row with its new fields (of a written one that was new: with a primary key)
    old       its fields before; {} for a new one
    old_tags  primary keys of its tags before
    tags      the same now
    previous  the sibling that it follows, or None
    """

    row: Row
    old: dict[str, Any]
    old_tags: Collection[int]
    tags: Collection[int]
    previous: Row | None = None

    @property
    def what(self) -> str:
        """“added”, “removed”, “edited”, “moved”, “respaced” (source lines only), or “”."""
        if not self.old:
            return "added"
        changed = {name for name, value in self.old.items() if getattr(self.row, name) != value}
        if self.row.retired_at and "retired_at" in changed:
            return "removed"
        if changed & _TEXT or self.tags != self.old_tags:
            return "edited"
        if changed & _PLACE:
            return "moved"
        return "respaced" if changed else ""


def write_row(
    row: Row,
    fields: Mapping[str, Any],
    *,
    tags: Collection[int],
    previous: Row | None = None,
    context: RenderContext | None = None,
) -> Step | None:
    """Give a row, which may be new or retired, what the file says of it.

    row       with its tags prefetched, if it is not new
    fields    new values by name
    tags      primary keys of its legend tags
    previous  the sibling that it follows, or None
    context   to render the text of an entry in

    Returns None, and writes nothing, if all is as it was.
    """
    old = fields_of(row) if row.pk else {}
    old_tags = tags_of(row)
    for name, value in fields.items():
        setattr(row, name, value)
    mark_restored(row)
    step = Step(row, old, old_tags, set(tags), previous)
    if not step.what:
        return None
    _save(row, context)
    if step.tags != old_tags:
        row.tags.set(tags)
    return step


def retire_row(
    row: Row, *, because: str, at: datetime | None = None, context: RenderContext | None = None
) -> Step:
    """Retire a row that the file lacks; what is below it has to be retired or moved before.

    because  the reason, for everyone to read
    at       when, if not now
    """
    old, tags = fields_of(row), tags_of(row)
    mark_retired(row, because, at)
    row.verbatim = ""  # it is no longer in the file, not even its blank lines
    _save(row, context)
    return Step(row, old, tags, tags)


def point_alias(alias: SectionAlias, target: Row) -> bool:
    """Let an anchor of the file lead to a section or entry; False if it leads there already."""
    place = (target.section_id, target.pk) if isinstance(target, Entry) else (target.pk, None)
    if (alias.section_id, alias.entry_id) == place:
        return False
    alias.section_id, alias.entry_id = place
    alias.save()
    return True


def fields_of(row: Row) -> dict[str, Any]:
    """What a Step tells of a row: its fields by name."""
    names = _ENTRY_FIELDS if isinstance(row, Entry) else _SECTION_FIELDS
    return {name: getattr(row, name) for name in names}


def copy_with(row: Row, fields: Mapping[str, Any]) -> Row:
    """A copy of a row, never saved, in which these fields have other values."""
    made = copy(row)
    for name, value in fields.items():
        setattr(made, name, value)
    return made


def tags_of(row: Row) -> set[int]:
    """Primary keys of its legend tags, which are prefetched."""
    return {tag.pk for tag in row.tags.all()} if row.pk else set()


def _save(row: Row, context: RenderContext | None) -> None:
    if isinstance(row, Entry):
        row.save(context=context)
    else:
        row.save()
