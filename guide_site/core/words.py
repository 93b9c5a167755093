"""Texts as words: difference and three-way merge. Pure: knows nothing of Django.

Both work on the same tokens and on rapidfuzz's longest common subsequence, whose time is
bounded (difflib is quadratic on repetitive text).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from rapidfuzz.distance import LCSseq

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


_FOLDS_FROM = 500  # characters of an unchanged stretch from which on its middle is folded
_AROUND = 120  # characters beside a change that stay


class Piece(NamedTuple):
    """A stretch of a difference; `fold` explains “folded”."""

    kind: Literal["same", "removed", "added", "folded"]
    text: str


class Clash(NamedTuple):
    """Words that both sides changed in different ways, as each of the three texts has them."""

    base: str
    current: str
    proposed: str


@dataclass
class TextMerge:
    """Result of `merge`: the merged text, or None with the places where the sides clash."""

    text: str | None
    clashes: list[Clash] = field(default_factory=list)


class _Hunk(NamedTuple):
    """An edit: the tokens that replace `base[start:end]`."""

    start: int
    end: int
    tokens: tuple[str, ...]


class _Span(NamedTuple):
    """An edit: `other[other_start:other_end]` replaces `base[start:end]`."""

    start: int
    end: int
    other_start: int
    other_end: int


class _Group(NamedTuple):
    """The hunks of both sides that overlap or touch one another, in order."""

    ours: list[_Hunk]
    theirs: list[_Hunk]


def difference(old: str, new: str) -> list[Piece]:
    """How `new` came from `old`, word by word; joined without the removed pieces it is `new`."""
    base, position = tokens(old), 0
    pieces: list[Piece] = []
    for hunk in _hunks(base, tokens(new)):
        pieces += [
            Piece("same", "".join(base[position : hunk.start])),
            Piece("removed", "".join(base[hunk.start : hunk.end])),
            Piece("added", "".join(hunk.tokens)),
        ]
        position = hunk.end
    pieces.append(Piece("same", "".join(base[position:])))
    return [piece for piece in pieces if piece.text]


def fold(pieces: Sequence[Piece]) -> list[Piece]:
    """The same difference, in which the middle of a long unchanged stretch is “folded”.

    Words beside a change stay “same”. Joined, the pieces are still the whole text.
    """
    folded: list[Piece] = []
    for number, piece in enumerate(pieces):
        text = piece.text
        if piece.kind != "same" or len(text) < _FOLDS_FROM:
            folded.append(piece)
            continue
        start = text.find(" ", _AROUND) + 1 if number else 0
        end = text.rfind(" ", 0, -_AROUND) if number + 1 < len(pieces) else len(text)
        if end - start < _FOLDS_FROM // 2:
            folded.append(piece)
            continue
        before, after = Piece("same", text[:start]), Piece("same", text[end:])
        stretches = (before, Piece("folded", text[start:end]), after)
        folded += [stretch for stretch in stretches if stretch.text]
    return folded


def merge(base: str, current: str, proposed: str) -> TextMerge:
    """Apply the edits from `base` to `proposed` to `current`, or list the words that clash.

    Edits that overlap or touch clash, unless both sides made the same one.
    """
    words = tokens(base)
    groups = _overlapping(_hunks(words, tokens(current)), _hunks(words, tokens(proposed)))
    clashes = [
        _clash(words, group)
        for group in groups
        if group.ours and group.theirs and group.ours != group.theirs
    ]
    if clashes:
        return TextMerge(None, clashes)
    edits = [hunk for group in groups for hunk in group.ours or group.theirs]
    return TextMerge(_apply(words, 0, len(words), edits))


def tokens(text: str) -> list[str]:
    """Words, runs of white space and single signs; joined they are the text."""
    return _TOKEN.findall(text)


def _hunks(base: list[str], other: list[str]) -> list[_Hunk]:
    """What to replace in `base` to get `other`; edits with only white space between are one."""
    numbers: dict[str, int] = {}  # rapidfuzz compares numbers faster than texts
    old, new = ([numbers.setdefault(t, len(numbers)) for t in ts] for ts in (base, other))
    spans: list[_Span] = []
    for step in LCSseq.opcodes(old, new):
        if step.tag == "equal":
            continue
        if spans and not "".join(base[spans[-1].end : step.src_start]).strip():
            last = spans.pop()
            spans.append(_Span(last.start, step.src_end, last.other_start, step.dest_end))
        else:
            spans.append(_Span(step.src_start, step.src_end, step.dest_start, step.dest_end))
    return [_Hunk(s.start, s.end, tuple(other[s.other_start : s.other_end])) for s in spans]


def _overlapping(ours: list[_Hunk], theirs: list[_Hunk]) -> list[_Group]:
    """Group the hunks of both sides that overlap or touch."""
    groups: list[_Group] = []
    end = -1
    for hunk, is_ours in sorted([(h, False) for h in theirs] + [(h, True) for h in ours]):
        if groups and hunk.start <= end:
            end = max(end, hunk.end)
        else:
            groups.append(_Group([], []))
            end = hunk.end
        (groups[-1].ours if is_ours else groups[-1].theirs).append(hunk)
    return groups


def _clash(words: list[str], group: _Group) -> Clash:
    start = min(hunk.start for hunk in group.ours + group.theirs)
    end = max(hunk.end for hunk in group.ours + group.theirs)
    sides = (_apply(words, start, end, hunks) for hunks in group)
    return Clash("".join(words[start:end]), *sides)


def _apply(words: list[str], start: int, end: int, hunks: list[_Hunk]) -> str:
    """The text of `words[start:end]` after the edits of one side."""
    result: list[str] = []
    position = start
    for hunk in hunks:
        result += [*words[position : hunk.start], *hunk.tokens]
        position = hunk.end
    return "".join([*result, *words[position:end]])
