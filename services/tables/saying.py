"""What an import says of every table of a guide: whether it was read, and why."""

import re
from collections.abc import Iterator, Mapping

from entries.markdown.parsed import ParsedEntry, ParsedGuide
from entries.models import EntryKind
from services.tables.table import Table

_HTML = re.compile(r"<table\b", re.I)
_INSIDE = re.compile(r"^[ \t]*\|?[ \t:|-]*-[ \t]*:?[ \t]*\|[ \t:|-]*$", re.M)


def on_tables(guide: ParsedGuide, read: Mapping[ParsedEntry, str]) -> Iterator[str]:
    """A line on each table of a guide, in its order.

    read  {entry of a table that was read: what it brought}
    """
    for section in guide.sections:
        for entry in section.walk():
            for reason in _reasons(entry):
                place = f"in line {entry.line} (“{section.title}”)"
                if entry in read:
                    yield f"{_kind(entry)} {place}: {read[entry]}; {reason}"
                else:
                    yield f"table {place}: not read into the catalogue, because {reason}"


def _reasons(entry: ParsedEntry) -> Iterator[str]:
    """Why a table was read or not; nothing for an entry that is none."""
    if entry.kind == EntryKind.TABLE:
        table = _table(entry)
        yield table.shape.because if table else "it has no rows of cells"
    elif entry.kind == EntryKind.HTML and _HTML.search(entry.body):
        yield "it is written in HTML"
    elif entry.is_listed and _INSIDE.search(entry.body):
        yield "it is part of a bullet"


def _table(entry: ParsedEntry) -> Table | None:
    return Table.of_any_kind(entry.verbatim or entry.body)


def _kind(entry: ParsedEntry) -> str:
    table = _table(entry)
    return (table and table.kind) or "table"
