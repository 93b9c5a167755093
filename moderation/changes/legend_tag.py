"""What a change of a legend tag means: its base, its merge with the guide, its publication."""

from typing import Any

from django.core.exceptions import ValidationError

from entries.actions import legend as legend_actions
from entries.actions.positions import FIRST
from entries.models import LegendTag
from moderation.changes.merge import Merged, merge_fields
from moderation.changes.references import FROM_DATABASE, Gone, References
from moderation.models import Change, Operation


def snapshot(tag):
    """The fields of a legend tag that a change keeps as base."""
    return {name: getattr(tag, name) for name in ("sign", "label", "meaning")}


def snapshot_of(fields):
    """The same from the fields of a version."""
    return {name: fields[name] for name in ("sign", "label", "meaning")}


def merged(change: Change, references: References) -> Merged:
    """The change merged into the legend as it stands now. Raises Gone."""
    wanted, tag = dict(change.proposed), change.legend_tag
    if change.operation in (Operation.ADD, Operation.RESTORE):
        return Merged(values=wanted)
    if tag.retired_at:
        raise Gone(f"This legend tag was retired meanwhile: {tag.retired_because}")
    if change.operation == Operation.RETIRE:
        return Merged(values=wanted)
    place = {"after": wanted.pop("after")} if "after" in wanted else {}
    result = merge_fields(change.base, snapshot(tag), wanted)
    result.values |= place
    return result


def publish(change, values):
    """Write the merged `values` to the legend. The caller holds `history.revision()`."""
    tag = change.legend_tag
    if tag:
        tag.refresh_from_db()
    match change.operation:
        case Operation.ADD:
            after = _sibling(values.get("after"))
            text = {name: values[name] for name in ("sign", "label", "meaning")}
            change.legend_tag = legend_actions.add_legend_tag(**text, after=after)
            change.save(update_fields=["legend_tag"])
        case Operation.RETIRE:
            _refuse_if_services_carry(tag)
            legend_actions.retire_legend_tag(tag, because=values["retired_because"])
        case Operation.RESTORE:
            legend_actions.restore_legend_tag(tag)
        case _:
            text = {name: values[name] for name in ("label", "meaning") if name in values}
            if text:
                legend_actions.edit_legend_tag(tag, **text)
            if "after" in values:
                after = _sibling(values["after"])
                legend_actions.move_legend_tag(tag, after=after)


def is_done(change, values):
    """True if the legend holds what the change proposes already: it needs no new version."""
    if change.operation == Operation.RESTORE:
        return change.legend_tag.retired_at is None
    same = snapshot(change.legend_tag) if change.legend_tag else {}
    return change.operation == Operation.EDIT and all(
        same.get(name) == value for name, value in values.items()
    )


def _sibling(after: Any) -> LegendTag | str | None:
    """The legend tag to follow, or FIRST; None for the last place."""
    return FIRST if after == FIRST else FROM_DATABASE.legend_tag(after)


def _refuse_if_services_carry(tag):
    if names := list(tag.services.values_list("name", flat=True)[:3]):
        raise ValidationError(f"The legend tag is in use: {', '.join(names)} carry it.")
