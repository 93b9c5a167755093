"""What a change of an entry means: its base, its merge with the guide, its publication."""

from reversion.models import Version

import entries.actions
from entries.actions import FIRST
from entries.models import LegendTag
from moderation import references
from moderation.merge import Merged, merge_fields, unchanged_or_conflict
from moderation.models import Operation
from moderation.references import Gone, Pending


def snapshot(entry):
    """The fields of an entry that a change keeps as base: its text and its tags."""
    return {
        "body": entry.body,
        "tags": sorted(entry.tags.values_list("slug", flat=True)),
    }


def snapshot_at(entry, generation):
    """The same as the guide held it at revision `generation` (a number)."""
    version = (
        Version.objects.get_for_object(entry)
        .filter(revision__lte=generation)
        .order_by("-revision_id")
        .first()
    )
    if version is None:
        return snapshot(entry)
    fields = version.field_dict
    tags = LegendTag.objects.filter(pk__in=fields["tags"]).values_list("slug", flat=True)
    return {"body": fields["body"], "tags": sorted(tags)}


def nested(entry):
    """What is nested under an entry, as the base of a retirement: “number: text”, in order."""
    found = []
    for child in entry.children.filter(retired_at=None).order_by("position", "pk"):
        found += [f"{child.pk}: {child.body}", *nested(child)]
    return found


def place_of(entry):
    """Where an entry stands, as the base of a move."""
    return {"section": entry.section_id, "parent": entry.parent_id}


def merged(change):
    """The change merged into the guide as it stands now. Raises Gone."""
    if change.operation == Operation.ADD:
        _check_place(change, change.proposed)
        return Merged(values=dict(change.proposed))
    entry = change.entry
    if not entry.is_live:
        raise Gone(f"This entry was retired meanwhile: {entry.retired_because}")
    current = snapshot(entry) | place_of(entry) | {"kind": entry.kind}
    if change.operation == Operation.RETIRE:
        if "nested" in change.base and change.proposed["children"] == "along":
            current["nested"] = nested(entry)
        base = {name: value for name, value in change.base.items() if name in current}
        found = unchanged_or_conflict(base, current)
        return Merged(values=dict(change.proposed), conflicts=found.conflicts)
    if "section" in change.proposed:
        _check_place(change, change.proposed)
    wanted = {name: value for name, value in change.proposed.items() if name != "after"}
    result = merge_fields(change.base, current, wanted)
    if "after" in change.proposed:
        result.values["after"] = change.proposed["after"]
    return result


def publish(change, values):
    """Write the merged `values` to the guide. The caller holds `history.revision()`.

    Raises Gone if another change of the proposal has retired the entry.
    """
    if change.entry_id:
        change.entry.refresh_from_db()
        if not change.entry.is_live:
            if change.operation == Operation.RETIRE:
                return  # it went along with what it is nested under
            raise Gone("The same proposal changes this entry and retires it.")
    if change.operation == Operation.ADD:
        section, parent, after = _place(change, values)
        change.entry = entries.actions.add_entry(
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
        entries.actions.retire_entry(
            change.entry,
            because=values["retired_because"],
            lift_children=values["children"] == "lift",
        )
    else:
        _edit(change, values)


def is_done(change, values):
    """True if the guide holds what the change proposes already: it needs no new version."""
    if change.operation != Operation.EDIT or {"section", "kind"} & values.keys():
        return False
    return snapshot(change.entry) == {"body": values["body"], "tags": sorted(values["tags"])}


def _edit(change, values):
    entry = change.entry
    if "body" in values:
        text = {name: values[name] for name in ("body", "tags", "kind") if name in values}
        entries.actions.edit_entry(entry, **text)
    if "section" in values:
        section, parent, after = _place(change, values)
        entries.actions.move_entry(entry, section=section, parent=parent, after=after)


def _check_place(change, values):
    try:
        _place(change, values)
    except Pending:
        return  # what it points at is added by the same proposal


def _place(change, values):
    """(section, parent, sibling to follow): the nearest that remains. Raises Gone."""
    section = references.section(values.get("section"), change) or change.section
    if section is None or section.retired_at:
        raise Gone("The section for this entry was retired meanwhile.")
    parent = references.entry(values.get("parent"), change)
    if parent is not None and not parent.is_live:
        raise Gone(f"The entry to put this under was retired meanwhile: {parent.retired_because}")
    if parent is not None:
        section = parent.section
    after = references.entry(values.get("after"), change)
    if (
        after
        and after != FIRST
        and (after.section_id, after.parent_id) != (section.pk, parent and parent.pk)
    ):
        after = None
    return section, parent, after
