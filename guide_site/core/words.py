"""Texts as words: difference and three-way merge. Pure: knows nothing of Django.

Both work on the same tokens and on rapidfuzz's longest common subsequence, whose time is
bounded (difflib is quadratic on repetitive text).
"""

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

# An address is one word, and so are “us-east-1”, “3.5”, “don’t” and “a@b.example”: half of one
# edit must never be combined with half of another. Letters are all but space, punctuation and
# pictures, so that combining marks stay with theirs.
_PICTURES = "\u2190-\u2bff\ufe0f\U0001f000-\U0001faff"
_LETTER = rf"(?:_|[^\s!-/:-@\[-`{{-~“”‘’„«»…—–{_PICTURES}])"
_TOKEN = re.compile(
    r"[a-zA-Z][a-zA-Z0-9+.-]*://[^\s)\]>]+"
    rf"|{_LETTER}+(?:[-.,:'’/@+=&?#%~]{{1,2}}{_LETTER}+)*"
    r"|\s+|."
)


_FOLDS_FROM = 500  # characters of an unchanged stretch from which on its middle is folded
_AROUND = 120  # characters beside a change that stay


class Piece(NamedTuple):
    """A stretch of a difference: kind is “same”, “removed” or “added”; see `fold` for “folded”."""

    kind: str
    text: str


class Clash(NamedTuple):
    """Words that both sides changed in different ways."""

    base: str
    current: str
    proposed: str


@dataclass
class TextMerge:
    """Result of `merge`: the merged text, or None and where the sides clash."""

    text: str | None
    clashes: list[Clash] = field(default_factory=list)


class _Hunk(NamedTuple):
    start: int  # in the base
    end: int
    tokens: tuple[str, ...]  # what stands there instead


def difference(old, new):
    """How `new` came from `old`, word by word, as a list of Pieces."""
    base, pieces, position = tokens(old), [], 0
    for hunk in _hunks(base, tokens(new)):
        _append(pieces, "same", base[position : hunk.start])
        _append(pieces, "removed", base[hunk.start : hunk.end])
        _append(pieces, "added", hunk.tokens)
        position = hunk.end
    _append(pieces, "same", base[position:])
    return pieces


def fold(pieces):
    """The same difference, where the middle of a long unchanged stretch is a piece “folded”.

    What borders on a change stays, up to the end of a word; joined, the pieces are the text.
    """
    folded = []
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
        stretches = ("same", text[:start]), ("folded", text[start:end]), ("same", text[end:])
        folded += [Piece(kind, words) for kind, words in stretches if words]
    return folded


def merge(base, current, proposed):
    """Apply the edits base → proposed to `current`, or say which words clash.

    Edits that overlap or touch clash, unless both sides made the same one.
    """
    words = tokens(base)
    ours, theirs = (_hunks(words, tokens(text)) for text in (current, proposed))
    groups = _overlapping(ours, theirs)
    clashes = [_clash(words, *group) for group in groups if _differ(*group)]
    if clashes:
        return TextMerge(None, clashes)
    result, position = [], 0
    for group in groups:
        for hunk in group[0] or group[1]:
            result += [*words[position : hunk.start], *hunk.tokens]
            position = hunk.end
    return TextMerge("".join([*result, *words[position:]]))


def tokens(text):
    """Words, runs of white space and single signs; joined they are the text."""
    return _TOKEN.findall(text)


def _hunks(base, other):
    """What to replace in `base` to get `other`; edits parted only by white space are one."""
    numbers = {}
    old, new = ([numbers.setdefault(t, len(numbers)) for t in ts] for ts in (base, other))
    spans = []  # [start in base, end, start in other, end]
    for step in LCSseq.opcodes(old, new):
        if step.tag == "equal":
            continue
        if spans and not "".join(base[spans[-1][1] : step.src_start]).strip():
            spans[-1][1::2] = step.src_end, step.dest_end
        else:
            spans.append([step.src_start, step.src_end, step.dest_start, step.dest_end])
    return [_Hunk(start, end, tuple(other[low:high])) for start, end, low, high in spans]


def _overlapping(ours, theirs):
    """Group the hunks of both sides that touch, in order: [(ours, theirs), …]."""
    groups = []
    marked = [(hunk, 0) for hunk in ours] + [(hunk, 1) for hunk in theirs]
    end = -1
    for hunk, side in sorted(marked):
        if not groups or hunk.start > end:
            groups.append(([], []))
        groups[-1][side].append(hunk)
        end = max(end, hunk.end) if len(groups[-1][0]) + len(groups[-1][1]) > 1 else hunk.end
    return groups


def _differ(ours, theirs):
    return bool(ours and theirs) and ours != theirs


def _clash(words, ours, theirs):
    start = min(hunk.start for hunk in ours + theirs)
    end = max(hunk.end for hunk in ours + theirs)
    return Clash("".join(words[start:end]), *(_apply(words, start, end, h) for h in (ours, theirs)))


def _apply(words, start, end, hunks):
    result, position = [], start
    for hunk in hunks:
        result += [*words[position : hunk.start], *hunk.tokens]
        position = hunk.end
    return "".join([*result, *words[position:end]])


def _append(pieces, kind, words):
    if text := "".join(words):
        pieces.append(Piece(kind, text))
