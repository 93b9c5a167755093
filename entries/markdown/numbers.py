"""Numbers of the steps of a list, once steps were added to it, moved or taken out. Pure."""

import re
from collections.abc import Iterable, Iterator, Sequence

from entries.models import Entry, EntryKind

_NUMBER = re.compile(r"\ufeff?\s*(\d{1,9})[.)]")


def number_of(source: str) -> int | None:
    """The number that the source lines of a step begin with."""
    match = _NUMBER.match(source)
    return int(match[1]) if match else None


def counted(siblings: Iterable[Entry], *, without: Entry | None = None) -> dict[int, int]:
    """{primary key of a step: its number}, of the steps in lists that are not as in their file.

    siblings  in order, retired ones as well
    without   one of them that leaves the list

    A list that counted on goes on counting; one with the same number for each step keeps that.
    Other numbers mean something to somebody: they stay.
    """
    numbers: dict[int, int] = {}
    for rows in _lists(siblings):
        live = [row for row in rows if row.is_live and row != without]
        if all(row.verbatim for row in live) and len(live) == len(rows):
            continue
        known = [n for row in rows if (n := number_of(row.verbatim)) is not None]
        if len(known) > 1 and len(set(known)) == 1:
            numbers |= {row.pk: known[0] for row in live}
        elif known == sorted(set(known)):
            start = _start(rows, known)
            if not known or known[-1] < start + len(rows):
                numbers |= {row.pk: start + place for place, row in enumerate(live)}
    return numbers


def _start(rows: Sequence[Entry], known: Sequence[int]) -> int:
    """The number of the first step of a list."""
    if not known:
        return 1
    first = next(row for row in rows if row.verbatim)
    # Rows of one file are made in its order: one that has a new place now may have been the first.
    was_before = any(not row.verbatim and row.pk < first.pk for row in rows)
    return min(known[0], 1) if was_before and known[0] <= len(rows) else known[0]


def _lists(siblings: Iterable[Entry]) -> Iterator[list[Entry]]:
    """Neighbouring steps: retired ones that were in the file are among them."""
    rows: list[Entry] = []
    for row in siblings:
        if row.kind == EntryKind.NUMBERED and (row.is_live or row.verbatim):
            rows.append(row)
        elif row.is_live:
            if rows:
                yield rows
            rows = []
    if rows:
        yield rows
