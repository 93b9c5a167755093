"""Edits that two sides made alike, where one side edited the words beside them as well. Pure.

Who changes a word beside one that somebody else has changed makes one edit of both. Here such an
edit is split, so that what both sides did is the same edit, and not a second one beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from guide_site.core.edits import Edit, equal_places, is_one_unit

_NEAR = 2  # tokens between an edit and one that holds the same: a word, or a space and a sign


def split_shared(
    base: Sequence[str], ours: list[Edit], theirs: list[Edit]
) -> tuple[list[Edit], list[Edit]]:
    """The edits of both sides, where each that holds one of the other side is split around it.

    An addition or a removal may be put at another of its places for that. It does not matter
    which side comes first.
    """
    ours, theirs = list(ours), list(theirs)
    _split(base, ours, theirs)
    _split(base, theirs, ours)
    return ours, theirs


def _split(base: Sequence[str], mine: list[Edit], others: list[Edit]) -> None:
    """Split those of `mine` that hold one of `others`; both in order."""
    shared = set(mine) & set(others)
    first = 0  # of `mine` that may be near
    for number, edit in enumerate(others):
        if edit in shared:
            continue
        while first < len(mine) and mine[first].end + _NEAR < edit.start:
            first += 1
        low = others[number - 1].end + 1 if number else 0
        high = others[number + 1].start - 1 if number + 1 < len(others) else len(base)
        for place in range(first, len(mine)):
            if mine[place].start > edit.end + _NEAR:
                break
            if mine[place] in shared:
                continue
            if found := _held(base, mine[place], edit, low, high):
                mine[place : place + 1], others[number] = found
                shared.add(others[number])
                break


def _held(
    base: Sequence[str], holder: Edit, edit: Edit, low: int, high: int
) -> tuple[list[Edit], Edit] | None:
    """(the parts of `holder`, that of them which is `edit`); None if it does not hold that.

    low, high   between these places of `base` the edit may stand
    """
    for same in equal_places(base, edit, low, high):
        if parts := _parts(base, holder, same):
            return parts, same
    return None


def _parts(base: Sequence[str], holder: Edit, edit: Edit) -> list[Edit] | None:
    """`holder` as several edits of which one is `edit`; None if it does not hold that."""
    is_within = holder.start <= edit.start and edit.end <= holder.end
    if not is_within or holder.start == holder.end or holder == edit:
        return None
    if not edit.tokens and not _removes_as_well(base, holder, edit):
        return None
    for place in _places(holder, edit):
        end = place + len(edit.tokens)
        if holder.tokens[place:end] != edit.tokens:
            continue
        left = Edit(holder.start, edit.start, holder.tokens[:place])
        right = Edit(edit.end, holder.end, holder.tokens[end:])
        parts = [part for part in (left, edit, right) if part.tokens or part.start < part.end]
        if not any(is_one_unit(base, *pair) for pair in pairwise(parts)):
            return parts
    return None


def _places(holder: Edit, edit: Edit) -> list[int]:
    """Where among the tokens of `holder` those of `edit` may stand, so that it is the same edit.

    What was only added or removed has to be beside the same word, or as far from both ends.
    """
    before, after = edit.start - holder.start, holder.end - edit.end
    last = len(holder.tokens) - len(edit.tokens)
    places = {0} if not before else set()
    places |= {last} if not after else set()
    if last == before + after:
        places.add(before)
    if edit.tokens and edit.start < edit.end:
        places |= set(range(before - _NEAR, before + _NEAR + 1))
    return sorted(place for place in places if 0 <= place <= last)


def _removes_as_well(base: Sequence[str], holder: Edit, edit: Edit) -> bool:
    """True if `holder` takes out as many words as `edit`, beside those that it replaces."""
    old, gone = _words(base[holder.start : holder.end]), _words(base[edit.start : edit.end])
    return len(old) - len(_words(holder.tokens)) >= len(gone)


def _words(tokens: Sequence[str]) -> list[str]:
    return [token for token in tokens if not token.isspace()]
