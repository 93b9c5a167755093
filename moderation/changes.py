"""What one change means: what the guide holds now, what would be published, how to publish it."""

from reversion.models import Version

import entries.actions
from entries.models import Entry, LegendTag
from moderation.merge import Merged, merge_fields, unchanged_or_conflict
from moderation.models import Operation


class Gone(Exception):
    """The place or the target of a change is no longer there; the message says what happened."""


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


def merged(change):
    """The change merged into the guide as it stands now. Raises Gone."""
    if change.operation == Operation.ADD:
        _place(change)
        return Merged(values=dict(change.proposed))
    entry = change.entry
    if not entry.is_live:
        raise Gone(f"This entry was retired meanwhile: {entry.retired_because}")
    current = snapshot(entry)
    if change.operation == Operation.RETIRE:
        found = unchanged_or_conflict(change.base, current)
        return Merged(values=dict(change.proposed), conflicts=found.conflicts)
    return merge_fields(change.base, current, change.proposed)


def publish(change, values):
    """Write the merged `values` to the guide. The caller holds `history.revision()`."""
    if change.operation == Operation.ADD:
        parent, after = _place(change)
        change.entry = entries.actions.add_entry(
            section=change.section,
            body=values["body"],
            kind=values["kind"],
            tags=values["tags"],
            parent=parent,
            after=after,
        )
        change.save(update_fields=["entry"])
    elif change.operation == Operation.RETIRE:
        entries.actions.retire_entry(
            change.entry,
            because=values["retired_because"],
            lift_children=values["children"] == "lift",
        )
    else:
        entries.actions.edit_entry(change.entry, body=values["body"], tags=values["tags"])


def is_done(change, values):
    """True if the guide holds what the change proposes already: it needs no new version."""
    return change.operation == Operation.EDIT and snapshot(change.entry) == {
        "body": values["body"],
        "tags": sorted(values["tags"]),
    }


def _place(change):
    """Where an addition goes: (parent, sibling to follow), the nearest that remains."""
    parent = _entry(change.proposed.get("parent"))
    if parent is not None and not parent.is_live:
        raise Gone(f"The entry to add this under was retired meanwhile: {parent.retired_because}")
    after = _entry(change.proposed.get("after"))
    if after is not None and (after.section_id, after.parent_id) != (
        change.section_id,
        parent.pk if parent else None,
    ):
        after = None
    return parent, after


def _entry(pk):
    return Entry.objects.filter(pk=pk).first() if pk else None
