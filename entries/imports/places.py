"""Where rows come to stand when guide and file both moved, added and took out some. Pure.

A row is named by an identity, the same in all three trees: that of the guide which the file was
made from (base), of the guide as it is (here) and of the file. Places are merged as one value:
what is above a row, and what it follows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator
from typing import Generic, TypeVar

from entries.actions.positions import longest_rising

Node = TypeVar("Node", bound=Hashable)


class Places(Generic[Node]):
    """A tree of identities.

    above  {identity: what it stands under, or None}
    below  {identity, or None: what stands under it, in order}
    """

    def __init__(self, pairs: Iterable[tuple[Node, Node | None]] = ()) -> None:
        self.above: dict[Node, Node | None] = {}
        self.below: defaultdict[Node | None, list[Node]] = defaultdict(list)
        for row, above in pairs:
            self.above[row] = above
            self.below[above].append(row)

    def walk(self, above: Node | None = None) -> Iterator[Node]:
        """All identities, each before what stands under it."""
        for row in self.below.get(above, ()):
            yield row
            yield from self.walk(row)

    def lineage(self, row: Node | None) -> Iterator[Node]:
        """A row and all that it stands under, upwards."""
        while row is not None:
            yield row
            row = self.above.get(row)

    def previous(self, row: Node) -> Node | None:
        """The sibling that a row follows, or None."""
        siblings = self.below[self.above[row]]
        place = siblings.index(row)
        return siblings[place - 1] if place else None

    def moved_since(self, base: Places[Node]) -> set[Node]:
        """The rows that stand elsewhere than in `base`; as few as possible of one list."""
        moved = {row for row, above in self.above.items() if base.above.get(row, above) != above}
        order = {row: n for rows in base.below.values() for n, row in enumerate(rows)}
        for above, siblings in self.below.items():
            stayed = [row for row in siblings if row in base.above and base.above[row] == above]
            rising = longest_rising([order[row] for row in stayed])
            moved |= {row for n, row in enumerate(stayed) if n not in rising}
        return moved


def merge(
    base: Places[Node], here: Places[Node], file: Places[Node], *, out: Collection[Node]
) -> tuple[Places[Node], set[Node], set[Node]]:
    """Move in `here` what the file moved or added since `base`.

    out  what leaves the guide (the file took it out), or stays out of it (it was retired)

    Returns the tree, what was put into it, and what conflicts: guide and file both moved it,
    to different places. That stays where it is here.
    """
    by_file, by_guide = file.moved_since(base), here.moved_since(base)
    putting, conflicts = [], set()
    for row in file.walk():
        if row in out:
            continue
        if row not in here.above or (row in by_file and row not in by_guide):
            putting.append(row)
        elif row in by_file and not _is_same_place(row, here, file):
            conflicts.add(row)
    waiting = set(putting)
    staying = ((row, here.above[row]) for row in here.walk() if row not in waiting | set(out))
    merged = Places(staying)
    put = set()
    for row in putting:
        if row in merged.lineage(file.above[row]):  # the guide put it below what is below it
            conflicts.add(row)
            _put(row, here, merged)
        else:
            put.add(row)
            _put(row, file, merged)
    return merged, put, conflicts


def _is_same_place(row: Node, here: Places[Node], file: Places[Node]) -> bool:
    if here.above[row] != file.above[row]:
        return False
    return here.previous(row) == file.previous(row)


def _put(row: Node, wanted: Places[Node], merged: Places[Node]) -> None:
    """Put a row where it stands in `wanted`: after the same sibling, or before the same one."""
    above = wanted.above[row]
    siblings, order = merged.below[above], wanted.below[above]
    place = order.index(row)
    place_of = {sibling: number for number, sibling in enumerate(siblings)}
    before = next((r for r in reversed(order[:place]) if r in place_of), None)
    after = next((r for r in order[place + 1 :] if r in place_of), None)
    if before is not None:
        siblings.insert(place_of[before] + 1, row)
    elif after is not None:
        siblings.insert(place_of[after], row)
    else:
        siblings.append(row)
    merged.above[row] = above
