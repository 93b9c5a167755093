"""The edits that make one text of another, each at one canonical place. Pure.

A longest common subsequence is rarely the only one, and a repeated word leaves an insertion several
places where it can stand. Here each choice looks at what is near it alone, so that an edit is found
at the same place whatever else was edited in the text: two people who made the same edit made the
same `Edit`, and whether two edits meet depends on these two only.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

# An address is one word, and so are “us-east-1”, “3.5”, “don’t” and “a@b.example”: half of one
# edit must never be combined with half of another. Letters are all but space, NUL, punctuation
# and pictures, so that combining marks stay with theirs.
_PICTURES = "\u2190-\u2bff\ufe0f\U0001f000-\U0001faff"
_LETTER = rf"(?:_|[^\s\0!-/:-@\[-`{{-~“”‘’„«»…—–{_PICTURES}])"
_TOKEN = re.compile(
    r"[a-zA-Z][a-zA-Z0-9+.-]*://[^\s\0)\]>]+"
    rf"|{_LETTER}+(?:[-.,:'’/@+=&?#%~]{{1,2}}{_LETTER}+)*"
    r"|\s+|."
)
_ENDS_SENTENCE = frozenset(".!?…。！？")
_IN_LINE, _AT_SENTENCE, _AT_LINE = range(3)  # how good a place is for what was added or removed


class Edit(NamedTuple):
    """The tokens that replace `base[start:end]`."""

    start: int
    end: int
    tokens: tuple[str, ...]


def tokens(text: str) -> list[str]:
    """Words, runs of white space and single signs; joined they are the text."""
    return _TOKEN.findall(text)


def edits(base: Sequence[str], other: Sequence[str]) -> list[Edit]:
    """What to replace in `base` to get `other`, in order; between two edits stands a word.

    Words are matched, and white space between them only where the words beside it are. Time is
    bounded by the product of the lengths over the bits of a machine word.
    """
    found: list[Edit] = []
    for (start, other_start), (end, other_end) in pairwise(_matches(base, other)):
        old, new = base[start + 1 : end], other[other_start + 1 : other_end]
        if old != new:
            _settle(base, found, _trimmed(start + 1, list(old), list(new)))
    return found


def equal_places(base: Sequence[str], edit: Edit, low: int, high: int) -> Iterator[Edit]:
    """An edit as it is found, and at the other places between `low` and `high` where it can stand.

    Only an addition or a removal has several: “a |a b” is the same as “|a a b”.
    """
    yield edit
    if edit.tokens and edit.end > edit.start:
        return
    for step in range(1, _steps(base, edit, max(low, 0)) + 1):
        yield _moved(base, edit, step)
    while edit.end < high:
        first = edit.tokens[0] if edit.tokens else base[edit.start]
        if base[edit.end] != first:
            return
        edit = Edit(edit.start + 1, edit.end + 1, (*edit.tokens[1:], *edit.tokens[:1]))
        yield edit


def is_one_unit(base: Sequence[str], left: Edit, right: Edit) -> bool:
    """True if only a space is between two edits, and a number beside it: “5 MB”, “USD 5”, “5 000”.

    The number is one of the base, or the merge would put one beside a word.
    """
    between = "".join(base[left.end : right.start])
    if between.strip() or "\n" in between:
        return False
    old = [*base[left.start : left.end][-1:], *base[right.start : right.end][:1]]
    new = [*left.tokens[-1:], *right.tokens[:1]]
    numbers = [_is_number(token) for token in new]
    return any(map(_is_number, old)) or (True in numbers and False in numbers)


def _is_number(token: str) -> bool:
    return token[0].isdecimal()


def _matches(base: Sequence[str], other: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The places of the words that both have, between (-1, -1) and the ends.

    Of all longest common subsequences the one that matches each word as early as it can, and
    gives up a word of `base` before one of `other`.
    """
    old = [place for place, token in enumerate(base) if not token.isspace()]
    new = [place for place, token in enumerate(other) if not token.isspace()]
    rows = _rows([base[place] for place in old], [other[place] for place in new])
    yield -1, -1
    x = y = 0
    while x < len(old) and y < len(new):
        if base[old[x]] == other[new[y]]:
            yield old[x], new[y]
            x, y = x + 1, y + 1
        elif rows[len(new) - y] >> (len(old) - x - 1) & 1:
            x += 1
        else:
            y += 1
    yield len(base), len(other)


def _rows(old: list[str], new: list[str]) -> list[int]:
    """Lengths of common subsequences of all ends of two lists, as differences in bits.

    Bit i of row j is 0 where the last i + 1 words of `old` have one word more in common with the
    last j words of `new` than the last i have.

    H. Hyyrö, Bit-parallel LCS-length computation revisited, AWOCA 2004.
    """
    where: dict[str, int] = {}
    for bit, word in enumerate(reversed(old)):
        where[word] = where.get(word, 0) | 1 << bit
    full = (1 << len(old)) - 1
    row, rows = full, [full]
    for word in reversed(new):
        both = row & where.get(word, 0)
        row = (row + both | row - both) & full
        rows.append(row)
    return rows


def _trimmed(start: int, old: list[str], new: list[str]) -> Edit:
    """The edit without what both texts have at its ends."""
    shorter = min(len(old), len(new))
    head = next((n for n in range(shorter) if old[n] != new[n]), shorter)
    old, new = old[head:], new[head:]
    shorter -= head
    tail = next((n for n in range(shorter) if old[-n - 1] != new[-n - 1]), shorter)
    end = len(old) - tail
    return Edit(start + head, start + head + end, tuple(new[: len(new) - tail]))


def _settle(base: Sequence[str], found: list[Edit], edit: Edit) -> None:
    """Add an edit to those before it, at the best of the places where it can stand.

    An addition or a removal may stand earlier if the words before it are those that it ends with:
    “The a. |The b.” is the same as “The |a. The |b.”. One that reaches the edit before it belongs
    to it. Else it goes where a line begins or ends, or a sentence; of equal places to the last.
    """
    while not (edit.tokens and edit.end > edit.start):
        first = found[-1].end if found else 0
        steps = _steps(base, edit, first)
        if found and edit.start - steps == first:
            last = found.pop()
            moved = _moved(base, edit, steps)
            edit = Edit(last.start, moved.end, last.tokens + moved.tokens)
            continue
        best = max(range(steps + 1), key=lambda n: (_place(base, edit.start - n), -n))
        edit = _moved(base, edit, best)
        break
    found.append(edit)


def _steps(base: Sequence[str], edit: Edit, first: int) -> int:
    """By how many tokens an addition or a removal can stand earlier, down to place `first`."""
    size = len(edit.tokens) or edit.end - edit.start
    place = edit.start
    while place > first:
        last = place - 1 + size
        beyond = last - edit.start
        token = edit.tokens[beyond] if edit.tokens and beyond >= 0 else base[last]
        if base[place - 1] != token:
            break
        place -= 1
    return edit.start - place


def _moved(base: Sequence[str], edit: Edit, steps: int) -> Edit:
    """The same addition or removal, so many tokens earlier."""
    start = edit.start - steps
    added = (*base[start : edit.start], *edit.tokens)[: len(edit.tokens)]
    return Edit(start, edit.end - steps, added)


def _place(base: Sequence[str], place: int) -> int:
    before, after = base[place - 1 : place], base[place : place + 1]
    if not before or not after or any("\n" in token for token in (*before, *after)):
        return _AT_LINE
    ended = base[place - 2] if before[0].isspace() and place > 1 else before[0]
    return _AT_SENTENCE if ended in _ENDS_SENTENCE else _IN_LINE
