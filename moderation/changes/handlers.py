"""What every operation on any subject provides: merge, publish, and whether it is done already."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from django.db.models import Model

from moderation.changes.field_types import Merge, Values
from moderation.changes.fields import definition
from moderation.changes.merge import Merged, merge_fields
from moderation.changes.references import References
from moderation.changes.versions import snapshot
from moderation.changes.wording import words_of
from moderation.models import Change, Operation


def never_done(change: Change, values: Values) -> bool:
    """For an operation that always makes a new version."""
    return False


def stays(change: Change, values: Values) -> bool:
    """For a move: True if somebody else has moved it there already."""
    return not values


@dataclass(frozen=True)
class Handler:
    """One operation on one subject.

    merged   merge a change with the guide as it stands now; raises Gone. It gets the References
             that find the places which the change names
    publish  write the merged values; the caller holds `history.revision()`; raises Gone, Pending
    is_done  whether the guide holds the merged values already: they need no new version
    """

    merged: Callable[[Change, References], Merged]
    publish: Callable[[Change, Values], None]
    is_done: Callable[[Change, Values], bool] = never_done


class SubjectChanges(Protocol):
    """A module that knows all operations on one subject: `entry`, `section`, `service` …"""

    @property
    def HANDLERS(self) -> Mapping[Operation, Handler]:  # noqa: N802, a constant of the module
        """What each operation answers."""
        ...


def as_proposed(change: Change, references: References) -> Merged:
    """The merge of a change that depends on nothing in the guide."""
    return Merged(values=dict(change.proposed))


def merge_with(change: Change, current: Values, base: Values | None = None) -> Merged:
    """Merge the proposed fields with `current`, each in the way that the table says.

    Fields of a place are left out: they merge as one value, by `places.merged_place`.

    base  what the author saw, if it is not `change.base`
    """
    known = {field.name: field for field in definition(change.subject, change.operation).proposed}
    alone = {name for name, field in known.items() if field.merge == Merge.PROPOSED}
    whole = {name for name, field in known.items() if field.merge == Merge.WHOLE}
    place = {name for name, field in known.items() if field.merge == Merge.PLACE}
    wanted = {name: value for name, value in change.proposed.items() if name not in alone | place}
    base, said = change.base if base is None else base, words_of(change.subject)
    result = merge_fields(base, current, wanted, whole=whole, said=said)
    taken = {name: change.proposed[name] for name in alone & change.proposed.keys()}
    return replace(result, values=result.values | taken)


def with_place(result: Merged, place: Merged) -> Merged:
    """The merge of the fields of a change, and of its place, as one."""
    values, conflicts = result.values | place.values, result.conflicts | place.conflicts
    return replace(result, values=values, conflicts=conflicts)


def holds(row: Model, values: Values) -> bool:
    """True if a row of the guide has all these values; lists count in any order."""
    now = snapshot(row)
    return all(name in now and _same(now[name], value) for name, value in values.items())


def _same(value: object, other: object) -> bool:
    if isinstance(value, list) and isinstance(other, list):
        return sorted(value) == sorted(other)
    return value == other
