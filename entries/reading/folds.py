"""What stands between `<details>` and `</details>` is folded, also across entries.

The entry that opens a fold gets what follows it as nested lines, up to the entry that closes it
or to the end of the list: a page can be neither broken nor hidden by a tag without its partner.
"""

from collections.abc import Iterable
from dataclasses import replace

from entries.models import Entry, EntryKind
from entries.reading.lines import EntryLine
from guide_site.core import folds


def ends_a_fold(row: Entry) -> bool:
    """True for an entry with an end of a fold: also one that is kept tells where a fold ends."""
    return folds.ENDS in row.body_html


class _Open:
    """A fold that is open while its lines are collected; `line` is None for one around it."""

    def __init__(self, line: EntryLine | None) -> None:
        self.line = line
        self.inside: list[EntryLine] = []


def fold(lines: Iterable[EntryLine]) -> tuple[EntryLine, ...]:
    """Lines with what they fold nested in them, at all depths; without mere ends of folds."""
    root = _Open(None)
    stack = [root]
    for given in lines:
        line = _with_own(given)
        mark = folds.read(line.row.body_html)
        _close(stack, mark.ends if mark else 0)
        if line.row.kind != EntryKind.KEPT or line.nested:
            stack[-1].inside.append(line)
        _close(stack, mark.later if mark else 0)
        if mark and mark.opens and not line.row.is_listed and stack[-1].inside[-1:] == [line]:
            outer = [_Open(None) for _ in range(mark.opens - 1)]
            stack += [*outer, _Open(stack[-1].inside.pop())]
    _close(stack, len(stack), is_end=True)
    return tuple(root.inside)


def _with_own(line: EntryLine) -> EntryLine:
    """A line with what is nested in it folded; all of that if its own text opens a fold."""
    if not line.nested:
        return line
    mark = folds.read(line.row.body_html)
    if not (mark and mark.opens and line.row.is_listed):
        return replace(line, nested=fold(line.nested))
    folded: list[EntryLine] = []
    rest: list[EntryLine] = []
    for nested in line.nested:
        below = folds.read(nested.row.body_html)
        if rest or (below and below.ends):
            rest.append(nested)
        else:
            folded.append(replace(nested, is_inside=True))
    return replace(line, nested=(*fold(folded), *fold(rest)))


def _close(stack: list[_Open], count: int, *, is_end: bool = False) -> None:
    """Close folds, the innermost first; without their end they stay open on the page."""
    for _ in range(min(count, len(stack) - 1)):
        done = stack.pop()
        above = next(each for each in reversed(stack))
        if done.line is None:
            above.inside.extend(done.inside)
        else:
            inside = tuple(replace(line, is_inside=True) for line in done.inside)
            above.inside.append(
                replace(done.line, nested=(*done.line.nested, *inside), is_unclosed=is_end)
            )
