"""Positions among siblings: sparse integers, so that most changes write one row."""

from bisect import bisect_left
from collections.abc import Collection, Sequence
from typing import Any, Final, Literal, TypeAlias

from django.core.exceptions import ValidationError
from django.db.models import Max, QuerySet

from entries.models import GAP

FIRST: Final = "first"  # in place of a sibling to follow: before all of them
First: TypeAlias = Literal["first"]


def free_position(siblings: QuerySet[Any], after: Any) -> int:
    """The position of one row that comes to stand among `siblings`, rows with a `position`.

    after  the sibling to follow, FIRST for the place before all, or None for the one after all

    Writes the siblings, with new positions, only if the gap there is used up. Raises
    ValidationError if `after` is none of them.
    """
    if after is None:
        last: int | None = siblings.aggregate(last=Max("position"))["last"]
        return GAP if last is None else last + GAP
    position = _middle_of_gap(siblings, after)
    if position is not None:
        return position
    for number, sibling in enumerate(siblings.order_by("position", "pk"), start=1):
        sibling.position = number * GAP
        sibling.save()
    if after == FIRST:
        return GAP // 2
    after.refresh_from_db(fields=["position"])
    return int(after.position) + GAP // 2


def _middle_of_gap(siblings: QuerySet[Any], after: Any) -> int | None:
    """The middle of the gap behind `after`; None if there is no room."""
    low, others = 0, siblings
    if after != FIRST:
        if not siblings.filter(pk=after.pk).exists():
            raise ValidationError("The entry to put it after stands elsewhere.")
        low = after.position
        others = siblings.filter(position__gte=low).exclude(pk=after.pk)
    following = others.order_by("position", "pk").values_list("position", flat=True).first()
    if following is None:
        return low + GAP
    middle: int = (low + following) // 2
    return middle if low < middle < following else None


def assign(known: Sequence[int | None]) -> list[int]:
    """Ascending positions for all of a row of siblings, when many of them may have moved. Pure.

    known  for each sibling the position it has now, or None for a newcomer

    As many as possible keep theirs; the others get one between their neighbours. Without room
    between them, all are numbered again.
    """
    staying = longest_rising(known)
    positions: list[int] = []
    for number, position in enumerate(known):
        if number < len(positions):
            continue  # placed together with a neighbour before it
        if number in staying and position is not None:
            positions.append(position)
            continue
        stop = next((n for n in range(number, len(known)) if n in staying), None)
        low = positions[-1] if positions else 0
        high = known[stop] if stop is not None else None
        count = (len(known) if stop is None else stop) - number
        step = GAP if high is None else (high - low) // (count + 1)
        if step < 1:
            return [GAP * n for n in range(1, len(known) + 1)]
        positions += [low + step * n for n in range(1, count + 1)]
    return positions


def longest_rising(known: Sequence[int | None]) -> Collection[int]:
    """Indexes of the longest run of siblings whose positions rise already. Pure."""
    tails: list[int] = []  # the lowest position that a run of each length can end with
    ends: list[int] = []  # and the index where it does
    before: dict[int, int | None] = {}
    for number, position in enumerate(known):
        if position is None:
            continue
        rank = bisect_left(tails, position)
        before[number] = ends[rank - 1] if rank else None
        tails[rank : rank + 1] = [position]
        ends[rank : rank + 1] = [number]
    staying = set()
    last = ends[-1] if ends else None
    while last is not None:
        staying.add(last)
        last = before[last]
    return staying
