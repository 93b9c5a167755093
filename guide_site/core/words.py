"""Texts as words: difference and three-way merge. Pure: knows nothing of Django.

Both work on the same tokens and edits (`core/edits.py`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from guide_site.core.additions import together
from guide_site.core.edits import Edit, edits, is_one_unit, tokens
from guide_site.core.shared_edits import split_shared

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


class Both(NamedTuple):
    """What each side added at one place, where both stay: the one of the guide first."""

    current: str
    proposed: str


@dataclass
class TextMerge:
    """Result of `merge`: the merged text in pieces, of which a Clash is not settled."""

    pieces: list[str | Clash]
    both: list[Both] = field(default_factory=list)

    @property
    def clashes(self) -> list[Clash]:
        """The places where the sides clash, in order."""
        return [piece for piece in self.pieces if isinstance(piece, Clash)]

    @property
    def text(self) -> str | None:
        """The merged text; None if there are clashes."""
        return None if self.clashes else self.as_proposed

    @property
    def as_proposed(self) -> str:
        """The merged text with the words of the proposal where they clash."""
        return "".join(p.proposed if isinstance(p, Clash) else p for p in self.pieces)


class _Group(NamedTuple):
    """The edits of both sides that overlap or touch one another, in order."""

    ours: list[Edit]
    theirs: list[Edit]


def difference(old: str, new: str) -> list[Piece]:
    """How `new` came from `old`, word by word; joined without the removed pieces it is `new`."""
    base, position = tokens(old), 0
    pieces: list[Piece] = []
    for edit in edits(base, tokens(new)):
        pieces += [
            Piece("same", "".join(base[position : edit.start])),
            Piece("removed", "".join(base[edit.start : edit.end])),
            Piece("added", "".join(edit.tokens)),
        ]
        position = edit.end
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
    """Apply the edits from `base` to `proposed` to `current`, or say where the sides clash.

    Edits that overlap or touch clash, unless both sides made the same one; a number and the word
    beside it touch. Whole sentences, or lines of lists and tables, that both added at one place
    both stay, those of `current` first.
    """
    words = tokens(base)
    merged = TextMerge([])
    position = 0
    found = (edits(words, tokens(side)) for side in (current, proposed))
    ours, theirs = split_shared(words, *found)
    for group in _groups(words, ours, theirs):
        start = min(edit.start for edit in group.ours + group.theirs)
        end = max(edit.end for edit in group.ours + group.theirs)
        _append(merged.pieces, "".join(words[position:start]))
        _append(merged.pieces, _settled(words, start, end, group, merged.both))
        position = end
    _append(merged.pieces, "".join(words[position:]))
    return merged


def taken_back(first: str, seen: str, proposed: str) -> list[str]:
    """The words that came into a text between `first` and `seen` and are not in `proposed`.

    In stretches, in the order of `seen`. Signs alone do not count.
    """
    words = tokens(seen)
    came: set[int] = set()
    shift = 0
    for edit in edits(tokens(first), words):
        start = edit.start + shift
        came.update(range(start, start + len(edit.tokens)))
        shift += len(edit.tokens) - (edit.end - edit.start)
    stretches: list[list[str]] = []
    last = -1
    for edit in edits(words, tokens(proposed)):
        for place in sorted(came & set(range(edit.start, edit.end))):
            if place != last + 1 or not stretches:
                stretches.append([])
            stretches[-1].append(words[place])
            last = place
    texts = ("".join(stretch).strip() for stretch in stretches)
    return [text for text in texts if any(map(str.isalnum, text))]


def _append(pieces: list[str | Clash], piece: str | Clash) -> None:
    """Add a piece; two texts in a row become one."""
    if isinstance(piece, str) and pieces and isinstance(pieces[-1], str):
        pieces[-1] += piece
    elif piece:
        pieces.append(piece)


def _settled(
    words: list[str], start: int, end: int, group: _Group, both: list[Both]
) -> str | Clash:
    """The merged text of `words[start:end]`, or the Clash; notes what both sides added there."""
    ours, theirs = (_apply(words, start, end, side) for side in group)
    if not group.theirs or group.ours == group.theirs:
        return ours
    if not group.ours:
        return theirs
    if start == end:
        added = together("".join(words[:start]), ours, theirs, "".join(words[end:]))
        if added is not None:
            if added[1] and added[2]:
                both.append(Both(added[1].strip(), added[2].strip()))
            return "".join(added)
    return Clash("".join(words[start:end]), ours, theirs)


def _groups(words: list[str], ours: list[Edit], theirs: list[Edit]) -> list[_Group]:
    """Group the edits of both sides that overlap or touch; what both made is a group by itself."""
    same = set(ours) & set(theirs)
    sides = [(edit, True) for edit in ours] + [(edit, False) for edit in theirs if edit not in same]
    groups: list[_Group] = []
    last: Edit | None = None  # of the group, the edit that ends last
    last_is_ours = False
    for edit, is_ours in sorted(sides):
        if edit in same:
            groups.append(_Group([edit], [edit]))
            last = None
            continue
        if last is None or not _touch(words, last, edit, is_ours == last_is_ours):
            groups.append(_Group([], []))
            last = None
        (groups[-1].ours if is_ours else groups[-1].theirs).append(edit)
        if last is None or edit.end >= last.end:
            last, last_is_ours = edit, is_ours
    return groups


def _touch(words: list[str], left: Edit, right: Edit, is_one_side: bool) -> bool:
    return right.start <= left.end or (not is_one_side and is_one_unit(words, left, right))


def _apply(words: list[str], start: int, end: int, side: list[Edit]) -> str:
    """The text of `words[start:end]` after the edits of one side."""
    result: list[str] = []
    position = start
    for edit in side:
        result += [*words[position : edit.start], *edit.tokens]
        position = edit.end
    return "".join([*result, *words[position:end]])
