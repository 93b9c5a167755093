"""What takes a revision back: the changes from what it left to what was before it.

They are merged into the guide as it stands then, like all changes, so that later edits of
others survive or show as conflicts. An order among siblings is not taken back.
"""

from reversion.models import Version

from entries.models import Entry
from moderation.changes import versions
from moderation.models import Operation, Subject
from services.models import Offering

MOST = 300  # changes of one proposal
_ORDER = [Operation.RESTORE, Operation.ADD, Operation.EDIT, Operation.RETIRE]
_SUBJECTS = list(Subject)


def changes_back(revision):
    """Fields of the Changes that undo `revision`, in the order in which they can be published.

    More than MOST come unfinished: they are too many for a proposal.
    """
    found = []
    for version in revision.version_set.order_by("pk"):
        model = version.content_type.model_class()
        row = version.object if model in versions.SUBJECTS else None
        if row is not None and (change := _back(row, version, revision)):
            found.append(change)
        if len(found) > MOST:  # whoever asks refuses that: an import has thousands
            return found
    found += _emptied(revision)
    return sorted(found, key=_place)


def _place(change):
    """What comes back does so from the top down; what goes, from the bottom up."""
    subject, depth = _SUBJECTS.index(change["subject"]), _depth(change)
    if change["operation"] == Operation.RESTORE:
        subject = -subject
    if change["operation"] == Operation.RETIRE:
        depth = -depth
    return _ORDER.index(change["operation"]), subject, depth


def _depth(change):
    row, depth = change.get(change["subject"].value), 0
    while row := getattr(row, "parent", None):
        depth += 1
    return depth


def _back(row, version, revision):
    model, after = type(row), version.field_dict
    earlier = Version.objects.get_for_object(row).filter(revision__lt=revision.pk)
    earlier = earlier.order_by("-revision_id").first()
    before = earlier and earlier.field_dict
    change = {"subject": versions.SUBJECTS[model], versions.SUBJECTS[model].value: row}
    if model is Entry:
        change["section"] = row.section
    base = versions.snapshot_of(model, after)
    was, is_ = (bool(fields and fields.get("retired_at")) for fields in (before, after))
    if before is None or (was and not is_):
        because = (before or {}).get("retired_because") or f"Undoes revision {revision.pk}."
        proposed = {} if model is Offering else {"retired_because": because}
        if model is Entry:
            proposed["children"] = "lift"  # what others have nested under it stays
        return change | {"operation": Operation.RETIRE, "base": base, "proposed": proposed}
    old = versions.snapshot_of(model, before)
    differs = {name: value for name, value in old.items() if base[name] != value}
    if model is Entry and differs:
        differs = old
    if is_ and not was:
        return change | {"operation": Operation.RESTORE, "base": base, "proposed": differs}
    if model is Entry and (stood := _moved(before, after)):
        base |= {"section": after["section_id"], "parent": after["parent_id"]}
        differs |= stood
    elif "parent" in differs:
        differs["after"] = None
    return differs and change | {"operation": Operation.EDIT, "base": base, "proposed": differs}


def _moved(before, after):
    """The place of an entry before it went elsewhere, or {}."""
    if all(before[name] == after[name] for name in ("section_id", "parent_id")):
        return {}
    return {"section": before["section_id"], "parent": before["parent_id"], "after": None}


def _emptied(revision):
    """What refills the cells that the proposal of the revision emptied: they left no version."""
    note = getattr(revision, "merge_note", None)
    cells = note.proposal.changes.filter(subject=Subject.OFFERING) if note else ()
    return [
        {
            "subject": Subject.OFFERING,
            "operation": Operation.ADD,
            "base": {},
            "proposed": dict(change.base),
        }
        for change in cells
        if change.operation == Operation.RETIRE and change.offering_id is None
    ]
