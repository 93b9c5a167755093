"""Undo of moves: which rows a revision moved, and the places where they stood before it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cached_property

from django.db.models import Model
from reversion.models import Revision

from entries.actions.positions import FIRST, longest_rising
from moderation.changes import places
from moderation.changes.field_types import Values
from moderation.changes.versions import SUBJECTS


class Moves:
    """What a revision did to the places of the rows that it wrote.

    ranks   {(subject, primary key): position before, of each row that it moved}
    """

    def __init__(self, revision: Revision) -> None:
        self.revision = revision
        self.ranks: dict[tuple[str, int], int] = {}
        self._moved: dict[tuple[type[Model], str], Collection[int]] = {}

    def place_before(self, row: Model, before: Values, after: Values) -> Values:
        """Where `row` goes back to, by its stored fields before and after; {} if it did not move.

        It is the place behind the nearest sibling of then that stands there still, or comes back.
        What went to another section with the entry that it is nested under goes back with it.
        """
        model = type(row)
        above, left = (places.above_in(model, fields) for fields in (before, after))
        stays = above == left or above.get("parent") == left.get("parent") is not None
        if stays and before["position"] == after["position"]:
            return {}
        then = places.siblings_at(model, above, self.revision.pk - 1)
        if stays and row.pk not in self._moved_within(model, left, then):
            return {}
        self.ranks[SUBJECTS[model], row.pk] = before["position"]
        return above | {"after": self._sibling(model, row.pk, above, then)}

    def _sibling(
        self, model: type[Model], pk: int, above: Values, then: Mapping[int, int]
    ) -> object:
        order = list(then)
        if pk not in then:
            return None
        standing = {*places.pks_at(model, above), *self._written.get(model, ())}
        earlier = reversed(order[: order.index(pk)])
        return next((sibling for sibling in earlier if sibling in standing), FIRST)

    def _moved_within(
        self, model: type[Model], above: Values, then: Mapping[int, int]
    ) -> Collection[int]:
        """The siblings that the revision put into another order, as few as explain it.

        above  what stands above them after it
        then   their positions before it
        """
        key = model, str(above)
        if key not in self._moved:
            after = places.siblings_at(model, above, self.revision.pk)
            rank = {pk: number for number, pk in enumerate(then)}
            common = [pk for pk in after if pk in rank]
            fixed = [pk for pk in common if then[pk] == after[pk]]  # nobody wrote another position
            fits = [rank[pk] if _fits(pk, common, rank, fixed) else None for pk in common]
            staying = {common[number] for number in longest_rising(fits)}
            self._moved[key] = set(common) - staying
        return self._moved[key]

    @cached_property
    def _written(self) -> dict[type[Model], set[int]]:
        """Primary keys of the rows that the revision wrote, by their models."""
        written: dict[type[Model], set[int]] = {}
        for version in self.revision.version_set.select_related("content_type"):
            model = version.content_type.model_class()
            if model in SUBJECTS:
                written.setdefault(model, set()).add(int(version.object_id))
        return written


def _fits(pk: int, common: list[int], rank: Mapping[int, int], fixed: Collection[int]) -> bool:
    """True if a sibling stands on the same side of all that kept their positions as before."""
    here = common.index(pk)
    return all(
        (common.index(other) < here) == (rank[other] < rank[pk]) for other in fixed if other != pk
    )
