"""Ways out of a conflict that is about more than words: something was retired meanwhile."""

from entries.models import Section
from guide_site.core import history
from guide_site.models import User
from moderation import policies
from moderation.actions.base import Refused, changed, refuse, reread
from moderation.changes import versions
from moderation.changes.fields import content
from moderation.changes.merge import merge_fields
from moderation.changes.taking_back import first_seen
from moderation.models import Change, EventKind, Operation, Subject


def restore_with_text(change: Change, *, by: User, version: int) -> None:
    """Make the edit of an entry that was retired meanwhile a proposal to bring it back, so edited.

    By the author, or by a reviewer. Raises Refused.
    """
    with history.writing():
        what = _open(change, by, version)
        reread(change)
        entry = change.entry
        if entry is None or change.operation != Operation.EDIT or "body" not in change.proposed:
            raise Refused("Only an edit of its text brings an entry back.")
        if entry.is_live:
            raise Refused("This entry is back already.")
        now, wanted = versions.snapshot(entry), content(change.proposed)
        merged = merge_fields(change.base, now, wanted)  # it may have been edited before it went
        change.base = now | first_seen(change, now)
        change.proposed = wanted | merged.values | merged.opening
        change.operation = Operation.RESTORE
        change.save()
        changed(change.proposal, by=by, what=what, note="It was retired: bring it back.")


def move_to_section(change: Change, section: Section, *, by: User, version: int) -> None:
    """Give an entry that is added or moved, and whose place is gone, the end of `section`.

    By the author, or by a reviewer. Raises Refused.
    """
    with history.writing():
        what = _open(change, by, version)
        reread(change)
        is_placed = change.operation in (Operation.ADD, Operation.MOVE, Operation.EDIT)
        if change.subject != Subject.ENTRY or not is_placed:
            raise Refused("This change has no place to choose.")
        if section.retired_at:
            raise Refused("That section was retired as well: choose another.")
        place = {"section": section.pk, "parent": None, "after": None}
        change.proposed = change.proposed | place
        if change.operation == Operation.ADD:
            change.section = section
        change.save()
        changed(change.proposal, by=by, what=what, note=f"Put at the end of {section.title}.")


def _open(change: Change, by: User, version: int) -> EventKind:
    """Reread the proposal and ask the policy; returns how the log calls the step."""
    reread(change.proposal)
    if by.pk == change.proposal.author_id:
        refuse(policies.why_not_amend(by, change.proposal, version))
        return EventKind.AMENDED
    refuse(policies.why_not_decide(by, change.proposal, version))
    return EventKind.EDITED
