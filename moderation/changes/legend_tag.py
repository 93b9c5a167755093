"""Changes of a legend tag: how each operation merges with the legend and is published."""

from __future__ import annotations

from django.core.exceptions import ValidationError

from entries.actions import legend as legend_actions
from entries.actions.positions import FIRST, First
from entries.models import LegendTag
from moderation.changes.field_types import Values
from moderation.changes.handlers import Handler, as_proposed, merge_with, stays, with_place
from moderation.changes.merge import Merged
from moderation.changes.places import Place, merged_place
from moderation.changes.references import FROM_DATABASE, Reference, References
from moderation.changes.targets import (
    fresh_target,
    is_as_proposed,
    is_back,
    is_out,
    live_target,
    merged_retirement,
)
from moderation.changes.versions import snapshot
from moderation.models import Change, Operation


def _merged_edit(change: Change, references: References) -> Merged:
    tag = live_target(change, LegendTag)
    result = merge_with(change, snapshot(tag))
    if "after" not in change.proposed:
        return result
    after = _sibling(change.proposed["after"])
    return with_place(result, merged_place(change, tag, Place({}, after)))


def _publish_addition(change: Change, values: Values) -> None:
    content = {name: value for name, value in values.items() if name != "after"}
    after = _sibling(values.get("after"))
    change.legend_tag = legend_actions.add_legend_tag(**content, after=after)
    change.save(update_fields=["legend_tag"])


def _publish_edit(change: Change, values: Values) -> None:
    tag = fresh_target(change, LegendTag)
    # The sign itself never changes: it stands in texts.
    if content := {name: values[name] for name in ("label", "meaning") if name in values}:
        legend_actions.edit_legend_tag(tag, **content)
    if "after" in values:
        after = _sibling(values["after"])
        legend_actions.move_legend_tag(tag, after=after)


def _publish_retirement(change: Change, values: Values) -> None:
    tag = fresh_target(change, LegendTag)
    if names := list(tag.services.values_list("name", flat=True)[:3]):
        raise ValidationError(f"The legend tag is in use: {', '.join(names)} carry it.")
    legend_actions.retire_legend_tag(tag, because=values["retired_because"])


def _publish_restoration(change: Change, values: Values) -> None:
    legend_actions.restore_legend_tag(fresh_target(change, LegendTag))


HANDLERS = {
    Operation.ADD: Handler(as_proposed, _publish_addition),
    Operation.EDIT: Handler(_merged_edit, _publish_edit, is_as_proposed),
    Operation.MOVE: Handler(_merged_edit, _publish_edit, stays),
    Operation.RETIRE: Handler(merged_retirement, _publish_retirement, is_out),
    Operation.RESTORE: Handler(as_proposed, _publish_restoration, is_back),
}


def _sibling(after: Reference | First) -> LegendTag | First | None:
    """The legend tag to follow, or FIRST; None for the last place."""
    return FIRST if after == FIRST else FROM_DATABASE.legend_tag(after)
