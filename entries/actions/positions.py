"""Positions among siblings: sparse integers, so that most changes write one row. Pure."""

from bisect import bisect_left

from entries.models import GAP


def assign(known):
    """Ascending positions for a row of siblings.

    known: for each sibling the position it has now, or None for a newcomer. As many as
    possible keep theirs; the others get one between their neighbours. Without room between
    them, all are numbered anew.
    """
    kept = _longest_rising(known)
    places, number = [], 0
    while number < len(known):
        if number in kept:
            places.append(known[number])
            number += 1
            continue
        end = next((n for n in range(number, len(known)) if n in kept), None)
        low = places[-1] if places else 0
        count = (len(known) if end is None else end) - number
        step = GAP if end is None else (known[end] - low) // (count + 1)
        if step < 1:
            return [GAP * n for n in range(1, len(known) + 1)]
        places += [low + step * n for n in range(1, count + 1)]
        number += count
    return places


def _longest_rising(known):
    """Indexes of the longest run of siblings whose positions rise already."""
    tails, ends, before = [], [], {}
    for number, position in enumerate(known):
        if position is None:
            continue
        rank = bisect_left(tails, position)
        before[number] = ends[rank - 1] if rank else None
        tails[rank : rank + 1] = [position]
        ends[rank : rank + 1] = [number]
    kept, number = set(), ends[-1] if ends else None
    while number is not None:
        kept.add(number)
        number = before[number]
    return kept
