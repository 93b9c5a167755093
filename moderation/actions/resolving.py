"""Ways out of a conflict that is about more than words: a thing was retired or moved meanwhile."""

from entries.models import Section
from guide_site.core import history
from guide_site.models import User
from moderation import policies
from moderation.actions.base import Refused, changed, refuse, reread
from moderation.actions.collecting import remove_change_row
from moderation.actions.deciding import decline
from moderation.actions.drafting import withdraw
from moderation.changes import places, targets, versions
from moderation.changes.fields import content
from moderation.changes.merge import merge_fields
from moderation.changes.taking_back import first_seen
from moderation.models import Change, EventKind, Operation, Subject

_STAYS = "It stays where it was moved meanwhile."  # a note of the log


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


def settle_place(change: Change, *, by: User, version: int, keep: bool) -> None:
    """End a conflict about the place of a row that somebody else moved meanwhile.

    keep  True: it stays where it is now, False: it moves as proposed

    If nothing is left to propose, the proposal ends: its author withdraws it, a reviewer declines
    it. By the author, or by a reviewer. Raises Refused.
    """
    with history.writing():
        what = _open(change, by, version)
        reread(change)
        row = targets.target(change)
        if row is None or not places.is_moved(row, change.base):
            raise Refused("Nobody has moved it meanwhile: look at the change again.")
        base = places.without_place(change.base, change.subject)
        if not keep:
            change.base = base | places.place_of(row)
            change.save()
            changed(change.proposal, by=by, what=what, note="Moved as proposed after all.")
            return
        change.base = base
        change.proposed = places.without_place(change.proposed, change.subject)
        if change.proposed.items() <= base.items():
            _drop(change, by=by, version=version, what=what)
            return
        change.save()
        changed(change.proposal, by=by, what=what, note=_STAYS)


def _drop(change: Change, *, by: User, version: int, what: EventKind) -> None:
    """Take a change that proposes nothing any more out of its proposal, or end the proposal."""
    proposal = change.proposal
    others = proposal.changes.exclude(pk=change.pk)
    if others:
        remove_change_row(change)
        changed(proposal, by=by, what=what, note=_STAYS)
    elif by.pk == proposal.author_id:
        withdraw(proposal, by=by)
    else:
        decline(proposal, by=by, version=version, note=_STAYS)


def _open(change: Change, by: User, version: int) -> EventKind:
    """Reread the proposal and ask the policy; returns how the log calls the step."""
    reread(change.proposal)
    if by.pk == change.proposal.author_id:
        refuse(policies.why_not_amend(by, change.proposal, version))
        return EventKind.AMENDED
    refuse(policies.why_not_decide(by, change.proposal, version))
    return EventKind.EDITED
