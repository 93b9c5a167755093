"""Changes of a section: how each operation merges with the guide and is published."""

from __future__ import annotations

from entries.actions import sections as section_actions
from entries.actions.positions import FIRST, First
from entries.models import Section
from moderation.changes.field_types import Values
from moderation.changes.handlers import Handler, as_proposed, merge_with, stays, with_place
from moderation.changes.merge import Merged
from moderation.changes.places import Place, merged_place, without_place
from moderation.changes.references import FROM_DATABASE, Gone, Pending, References, is_restored
from moderation.changes.targets import (
    fresh_target,
    is_as_proposed,
    is_back,
    is_out,
    known_target,
    live_target,
    merged_retirement,
)
from moderation.changes.versions import snapshot
from moderation.models import Change, Operation, Subject


def _merged_addition(change: Change, references: References) -> Merged:
    _checked_place(change, references)
    return as_proposed(change, references)


def _merged_edit(change: Change, references: References) -> Merged:
    section = live_target(change, Section)
    result = merge_with(change, snapshot(section))
    if "parent" not in change.proposed:
        return result
    place = merged_place(change, section, _checked_place(change, references))
    return with_place(result, place)


def _merged_restoration(change: Change, references: References) -> Merged:
    above = known_target(change, Section).parent
    if above and above.retired_at and not is_restored(above, change):
        raise Gone(f"The section above was retired: {above.retired_because}")
    return Merged(values={})


def _publish_addition(change: Change, values: Values) -> None:
    parent, after = _place(change, FROM_DATABASE)
    content = without_place(values, Subject.SECTION)
    change.section = section_actions.add_section(**content, parent=parent, after=after)
    change.save(update_fields=["section"])


def _publish_edit(change: Change, values: Values) -> None:
    section = fresh_target(change, Section)
    now = snapshot(section)
    content = {
        name: value
        for name, value in without_place(values, Subject.SECTION).items()
        if value != now[name]
    }
    if content:
        section_actions.edit_section(section, **content)
    if "parent" in values:
        parent, after = _place(change, FROM_DATABASE)
        section_actions.move_section(section, parent=parent, after=after)


def _publish_retirement(change: Change, values: Values) -> None:
    section_actions.retire_section(fresh_target(change, Section), because=values["retired_because"])


def _publish_restoration(change: Change, values: Values) -> None:
    section_actions.restore_section(fresh_target(change, Section))


HANDLERS = {
    Operation.ADD: Handler(_merged_addition, _publish_addition),
    Operation.EDIT: Handler(_merged_edit, _publish_edit, is_as_proposed),
    Operation.MOVE: Handler(_merged_edit, _publish_edit, stays),
    Operation.RETIRE: Handler(merged_retirement, _publish_retirement, is_out),
    Operation.RESTORE: Handler(_merged_restoration, _publish_restoration, is_back),
}


def _checked_place(change: Change, references: References) -> Place | None:
    """The proposed place; None if what it points at is added by the same proposal."""
    try:
        parent, after = _place(change, references)
    except Pending:
        return None
    return Place({"parent": parent and parent.pk}, after, parent)


def _place(change: Change, references: References) -> tuple[Section | None, Section | First | None]:
    """(parent, sibling to follow or FIRST): the nearest that remains. Raises Gone, Pending."""
    parent = references.section(change.proposed.get("parent"))
    if parent is not None and parent.retired_at:
        raise Gone(f"The section above was retired meanwhile: {parent.retired_because}")
    if change.proposed.get("after") == FIRST:
        return parent, FIRST
    after = references.section(change.proposed.get("after"))
    if after and after.parent_id != (parent.pk if parent else None):
        after = None
    return parent, after
