"""The row of the guide that a change is about, and what changes of all such rows have in common."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Model

from entries.models import Retirable
from moderation.changes.field_types import Values
from moderation.changes.handlers import as_proposed, holds
from moderation.changes.merge import Merged
from moderation.changes.references import Gone, References
from moderation.models import Change, Subject

_Row = TypeVar("_Row", bound=Model)


def target(change: Change) -> Model | None:
    """The row of the guide that a change is about; None for an addition or an emptied cell."""
    row: Model | None = getattr(change, change.subject)
    return row


def known_target(change: Change, model: type[_Row]) -> _Row:
    """The row of `model` that a change is about. Raises Gone if there is none."""
    row = target(change)
    if not isinstance(row, model):
        raise Gone(f"The {_name(change)} of this change is not in the guide.")
    return row


def live_target(change: Change, model: type[_Row]) -> _Row:
    """The same, unless it is retired: raises Gone with the reason."""
    row = known_target(change, model)
    if isinstance(row, Retirable) and not row.is_live:
        raise Gone(f"This {_name(change)} was retired meanwhile: {row.retired_because}")
    return row


def fresh_target(change: Change, model: type[_Row]) -> _Row:
    """The row as the earlier changes of the same proposal left it. Raises Gone."""
    row = known_target(change, model)
    row.refresh_from_db()
    return row


def merged_retirement(change: Change, references: References) -> Merged:
    """A retirement, as proposed; of what is retired already there is nothing to do. Raises Gone."""
    known_target(change, Model)
    return as_proposed(change, references)


def is_as_proposed(change: Change, values: Values) -> bool:
    """True if the row of an edit has the merged values already."""
    return holds(known_target(change, Model), values)


def is_out(change: Change, values: Values) -> bool:
    """True if the row of a retirement is retired already."""
    row = known_target(change, Model)
    return isinstance(row, Retirable) and not row.is_live


def is_back(change: Change, values: Values) -> bool:
    """True if the row of a restoration is not retired."""
    row = known_target(change, Model)
    return isinstance(row, Retirable) and row.is_live


def _name(change: Change) -> str:
    return Subject(change.subject).label.lower()
