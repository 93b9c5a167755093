"""What a change of an entry means: its base, its merge with the guide, its publication."""

from typing import Any

import entries.actions.entries
from entries.actions.positions import FIRST
from entries.models import Entry, Section
from moderation.changes.merge import Merged, merge_fields, unchanged_or_conflict
from moderation.changes.references import (
    FROM_DATABASE,
    Gone,
    Pending,
    References,
    is_restored,
)
from moderation.changes.versions import tag_slugs
from moderation.models import Change, Operation
from moderation.states import Status


def snapshot(entry):
    """The fields of an entry that a change keeps as base: its text and its tags."""
    return {"body": entry.body, "tags": sorted(tag.slug for tag in entry.tags.all())}


def snapshot_of(fields):
    """The same from the fields of a version."""
    return {"body": fields["body"], "tags": tag_slugs(fields["tags"])}


def nested(entry):
    """What is nested under an entry, as the base of a retirement: “number: text”, in order."""
    found = []
    for child in entry.children.filter(retired_at=None).order_by("position", "pk"):
        found += [f"{child.pk}: {child.body}", *nested(child)]
    return found


def place_of(entry):
    """Where an entry stands, as the base of a move."""
    return {"section": entry.section_id, "parent": entry.parent_id}


def merged(change: Change, references: References) -> Merged:
    """The change merged into the guide as it stands now. Raises Gone."""
    if change.operation == Operation.ADD:
        _check_place(change, references)
        return Merged(values=dict(change.proposed))
    entry = change.entry
    if change.operation == Operation.RESTORE:
        return _restoration(change)
    if not entry.is_live:
        raise Gone(f"This entry was retired meanwhile: {entry.retired_because}")
    current = snapshot(entry) | place_of(entry) | {"kind": entry.kind}
    if change.operation == Operation.RETIRE:
        if change.proposed["children"] == "none":
            _check_nothing_else_below(change)
        if "nested" in change.base and change.proposed["children"] == "along":
            current["nested"] = nested(entry)
        base = {name: value for name, value in change.base.items() if name in current}
        found = unchanged_or_conflict(base, current)
        return Merged(values=dict(change.proposed), conflicts=found.conflicts)
    if "section" in change.proposed:
        _check_place(change, references)
    wanted = {name: value for name, value in change.proposed.items() if name != "after"}
    result = _merge(change, current, wanted)
    if "after" in change.proposed:
        result.values["after"] = change.proposed["after"]
    return result


def _merge(change, current, wanted):
    """Three-way. The words of a proposal that this one builds on are a base too, once merged."""
    result = merge_fields(change.base, current, wanted)
    on = change.proposal.builds_on if result.conflicts and "built_on" in change.base else None
    if on is not None and on.status == Status.MERGED:
        again = merge_fields(change.base | change.base["built_on"], current, wanted)
        return result if again.conflicts else again
    return result


def publish(change, values):
    """Write the merged `values` to the guide. The caller holds `history.revision()`.

    Raises Gone if another change of the proposal has retired the entry.
    """
    if change.entry_id:
        change.entry.refresh_from_db()
        if change.operation == Operation.RESTORE:
            entries.actions.entries.restore_entry(change.entry)
        elif not change.entry.is_live:
            if change.operation == Operation.RETIRE:
                return  # it went along with what it is nested under
            raise Gone("The same proposal changes this entry and retires it.")
    if change.operation == Operation.ADD:
        section, parent, after = _place(change, values, FROM_DATABASE)
        change.entry = entries.actions.entries.add_entry(
            section=section,
            body=values["body"],
            kind=values["kind"],
            tags=values["tags"],
            parent=parent,
            after=after,
        )
        change.section = section
        change.save(update_fields=["entry", "section"])
    elif change.operation == Operation.RETIRE:
        entries.actions.entries.retire_entry(
            change.entry,
            because=values["retired_because"],
            lift_children=values["children"] == "lift",
        )
    else:
        _edit(change, values)


def is_done(change, values):
    """True if the guide holds what the change proposes already: it needs no new version."""
    if {"section", "kind"} & values.keys() or not (change.entry and change.entry.is_live):
        return False
    if change.operation not in (Operation.EDIT, Operation.RESTORE):
        return False
    now = snapshot(change.entry)
    return all(
        now[name] == (sorted(value) if name == "tags" else value) for name, value in values.items()
    )


def _edit(change, values):
    entry = change.entry
    if "body" in values:
        text = {name: values[name] for name in ("body", "tags", "kind") if name in values}
        entries.actions.entries.edit_entry(entry, **text)
    if "section" in values:
        section, parent, after = _place(change, values, FROM_DATABASE)
        entries.actions.entries.move_entry(entry, section=section, parent=parent, after=after)


def _restoration(change):
    """What was retired comes back, perhaps with another text; if it is back, only the text."""
    section = change.entry.section
    if section.retired_at and not is_restored(section, change):
        raise Gone(f"The section of this entry was retired: {section.retired_because}")
    return merge_fields(change.base, snapshot(change.entry), change.proposed)


def _check_nothing_else_below(change):
    """What was nested under it goes by changes of its own: has somebody put more there?"""
    own = change.proposal.changes.exclude(entry=None).values("entry")
    if other := change.entry.children.filter(retired_at=None).exclude(pk__in=own).first():
        raise Gone(f"“{other.opening_words}” was put under it meanwhile.")


def _check_place(change: Change, references: References) -> None:
    try:
        _place(change, change.proposed, references)
    except Pending:
        return  # what it points at is added by the same proposal


def _place(
    change: Change, values: dict[str, Any], references: References
) -> tuple[Section, Entry | None, Entry | str | None]:
    """(section, parent, sibling to follow or FIRST): the nearest that remains.

    Raises Gone, and Pending for what is not published yet.
    """
    section = references.section(values.get("section")) or change.section
    if section is None or section.retired_at:
        raise Gone("The section for this entry was retired meanwhile.")
    parent = references.entry(values.get("parent"))
    if parent is not None and not parent.is_live:
        raise Gone(f"The entry to put this under was retired meanwhile: {parent.retired_because}")
    if parent is not None:
        section = parent.section
    if values.get("after") == FIRST:
        return section, parent, FIRST
    after = references.entry(values.get("after"))
    if after and (after.section_id, after.parent_id) != (section.pk, parent and parent.pk):
        after = None
    return section, parent, after
