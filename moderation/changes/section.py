"""What a change of a section means: its base, its merge with the guide, its publication."""

from entries.actions import sections as section_actions
from entries.actions.positions import FIRST
from entries.models import Section
from moderation.changes.merge import Merged, merge_fields
from moderation.changes.references import (
    FROM_DATABASE,
    Gone,
    Pending,
    References,
    is_restored,
)
from moderation.changes.versions import tag_slugs
from moderation.models import Change, Operation


def snapshot(section):
    """The fields of a section that a change keeps as base."""
    return {
        "title": section.title,
        "kind": section.kind,
        "tags": sorted(tag.slug for tag in section.tags.all()),
        "parent": section.parent_id,
    }


def snapshot_of(fields):
    """The same from the fields of a version."""
    return {
        "title": fields["title"],
        "kind": fields["kind"],
        "tags": tag_slugs(fields["tags"]),
        "parent": fields["parent_id"],
    }


def merged(change: Change, references: References) -> Merged:
    """The change merged into the guide as it stands now. Raises Gone."""
    if change.operation == Operation.ADD:
        _check_place(change, references)
        return Merged(values=dict(change.proposed))
    section = change.section
    if change.operation == Operation.RESTORE:
        above = section.parent
        if above and above.retired_at and not is_restored(above, change):
            raise Gone(f"The section above was retired: {section.parent.retired_because}")
        return Merged(values={})
    if section.retired_at:
        raise Gone(f"This section was retired meanwhile: {section.retired_because}")
    if change.operation == Operation.RETIRE:
        return Merged(values=dict(change.proposed))
    if "parent" in change.proposed:
        _check_place(change, references)
    wanted = {name: value for name, value in change.proposed.items() if name != "after"}
    result = merge_fields(change.base, snapshot(section), wanted, whole={"kind"})
    if "after" in change.proposed:
        result.values["after"] = change.proposed["after"]
    return result


def publish(change, values):
    """Write the merged `values` to the guide. The caller holds `history.revision()`."""
    if change.operation == Operation.ADD:
        parent, after = _place(change, FROM_DATABASE)
        text = {name: values[name] for name in ("kind", "tags") if name in values}
        change.section = section_actions.add_section(
            title=values["title"], parent=parent, after=after, **text
        )
        change.save(update_fields=["section"])
        return
    section = change.section
    section.refresh_from_db()
    if change.operation == Operation.RETIRE:
        section_actions.retire_section(section, because=values["retired_because"])
    elif change.operation == Operation.RESTORE:
        section_actions.restore_section(section)
    else:
        _edit(change, section, values)


def is_done(change, values):
    """True if the guide holds what the change proposes already: it needs no new version."""
    if change.operation == Operation.RESTORE:
        return change.section.retired_at is None
    if change.operation != Operation.EDIT:
        return False
    same = snapshot(change.section)
    return all(same.get(name) == value for name, value in values.items())


def _edit(change, section, values):
    now = snapshot(section)
    text = {
        name: values[name]
        for name in ("title", "kind", "tags")
        if name in values and values[name] != now[name]
    }
    if text:
        section_actions.edit_section(section, **text)
    if "parent" in values:
        parent, after = _place(change, FROM_DATABASE)
        section_actions.move_section(section, parent=parent, after=after)


def _check_place(change: Change, references: References) -> None:
    try:
        _place(change, references)
    except Pending:
        return  # what it points at is added by the same proposal


def _place(change: Change, references: References) -> tuple[Section | None, Section | str | None]:
    """(section above, sibling to follow or FIRST). Raises Gone and Pending."""
    parent = references.section(change.proposed.get("parent"))
    if parent is not None and parent.retired_at:
        raise Gone(f"The section above was retired meanwhile: {parent.retired_because}")
    if change.proposed.get("after") == FIRST:
        return parent, FIRST
    after = references.section(change.proposed.get("after"))
    if after and after.parent_id != (parent.pk if parent else None):
        after = None
    return parent, after
