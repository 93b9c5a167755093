"""Since which revision the guide has what a change proposes, when that is there already."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reversion.models import Version

from moderation.changes.field_types import Shown
from moderation.changes.fields import names
from moderation.changes.handlers import merge_with
from moderation.changes.targets import target
from moderation.changes.versions import snapshot_of
from moderation.models import Change, Operation, Proposal, Subject

MOST = 50  # versions of a row that are looked at, from the newest


def brought_by(proposal: Proposal) -> int | None:
    """The number of the revision that completed what the proposal proposes, or None."""
    rows = proposal.changes.select_related(*Subject.values)
    numbers = [number for change in rows if (number := _since(change))]
    return max(numbers, default=None)


def _since(change: Change) -> int | None:
    row, number = target(change), None
    if row is None:
        return None
    versions = Version.objects.get_for_object(row).order_by("-revision_id")
    for version in versions[:MOST]:
        if not _has(change, version.field_dict):
            break
        number = version.revision_id
    return number


def _moved(change: Change) -> tuple[str, ...]:
    """The columns of the place that a change sets."""
    moves = not set(names(change.subject, Shown.PLACE)).isdisjoint(change.proposed)
    return ("section_id", "parent_id", "position") if moves else ()


def _has(change: Change, fields: Mapping[str, Any]) -> bool:
    """True if a stored version of the row of a change has what the change proposes."""
    if change.operation == Operation.RETIRE and "retired_at" in fields:
        return fields["retired_at"] is not None
    if change.operation == Operation.RESTORE and fields["retired_at"] is not None:
        return False
    row = target(change)
    if row is None or any(
        fields[name] != getattr(row, name) for name in _moved(change) if name in fields
    ):
        return False
    now = snapshot_of(type(row), fields)
    merged = merge_with(change, now)
    return not merged.conflicts and all(
        merged.values[name] == now[name] for name in merged.values.keys() & now.keys()
    )
