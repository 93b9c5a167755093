"""What reviewers do: approve, edit, request changes, decline, say how much of a look it needs."""

from collections.abc import Collection, Iterable

from django.utils import timezone

from guide_site.core import history
from guide_site.models import User
from moderation import policies
from moderation.actions.asking import ask_owners
from moderation.actions.base import (
    Refused,
    changed,
    log,
    missing,
    move,
    refuse,
    refuse_text,
    reread,
)
from moderation.actions.completing import publish_if_complete
from moderation.actions.values import ChangeEdit, Outcome
from moderation.models import EventKind, Proposal, Review, ReviewClass, ReviewerEdit, Verdict
from moderation.states import Status


def approve(
    proposal: Proposal, *, by: User, version: int, note: str = "", checklist: Collection[str] = ()
) -> Outcome:
    """Approve the `version` that was seen; the last approval needed publishes the proposal.

    checklist: the questions of the contribution rules that the reviewer ticked
    The Outcome has a problem if the approval is kept, but the guide changed in a way that does
    not merge. Raises Refused.
    """
    with history.writing():
        reread(proposal)
        refuse(policies.why_not_approve(by, proposal, version))
        return approve_and_publish(proposal, by=by, note=note, checklist=checklist)


def approve_with_edits(
    proposal: Proposal, *, by: User, version: int, edits: Iterable[ChangeEdit], note: str = ""
) -> Outcome:
    """Approve what the reviewer made of it; the author stays its author. As `approve`.

    edits: other contents for changes of the proposal
    """
    with history.writing():
        reread(proposal)
        refuse(policies.why_not_decide(by, proposal, version))
        _edit(proposal, edits, by=by, note=note)
        return approve_and_publish(proposal, by=by, note=note)


def edit_as_reviewer(
    proposal: Proposal, *, by: User, version: int, edits: Iterable[ChangeEdit], note: str = ""
) -> None:
    """Change what a proposal proposes, as `approve_with_edits`, without approving it."""
    with history.writing():
        reread(proposal)
        refuse(policies.why_not_decide(by, proposal, version))
        _edit(proposal, edits, by=by, note=note)


def request_changes(
    proposal: Proposal, *, by: User, version: int, note: str, checklist: Collection[str] = ()
) -> None:
    """Give the proposal back to its author with what should be different."""
    with history.writing():
        reread(proposal)
        reason = policies.why_not_request_changes(by, proposal, version)
        refuse(reason or missing(note))
        _review(proposal, Verdict.REQUEST_CHANGES, by=by, note=note, checklist=checklist)
        what = EventKind.CHANGES_REQUESTED
        move(proposal, Status.CHANGES_REQUESTED, what, by=by, note=note)


def take_back_request(proposal: Proposal, *, by: User, version: int, note: str = "") -> None:
    """Take a request for changes back: the proposal is open again."""
    with history.writing():
        reread(proposal)
        refuse(policies.why_not_take_back(by, proposal, version))
        ask_owners(proposal)
        note = f"The request for changes is taken back. {note}"
        move(proposal, Status.OPEN, EventKind.REOPENED, by=by, note=note)


def decline(
    proposal: Proposal, *, by: User, version: int, note: str, checklist: Collection[str] = ()
) -> None:
    """Close the proposal without publishing it, with a reason for everyone to read."""
    with history.writing():
        reread(proposal)
        refuse(policies.why_not_decline(by, proposal, version) or missing(note))
        _review(proposal, Verdict.DECLINE, by=by, note=note, checklist=checklist)
        move(proposal, Status.DECLINED, EventKind.DECLINED, by=by, note=note)


def set_class(
    proposal: Proposal, *, by: User, version: int, review_class: ReviewClass, note: str
) -> Outcome:
    """Say how much of a look the `version` that was seen needs, and why: it may merge it.

    The Outcome is as that of `approve`. Raises Refused.
    """
    with history.writing():
        reread(proposal)
        refuse(policies.why_not_set_class(by, proposal, review_class, version) or missing(note))
        old = proposal.get_review_class_display()
        proposal.review_class, proposal.class_set_by = review_class, by
        proposal.class_note = note.strip()
        proposal.full_clean(validate_constraints=False)
        proposal.save()
        logged = f"{old} → {proposal.get_review_class_display()}: {proposal.class_note}"
        ask_owners(proposal)  # others may be needed now
        log(proposal, EventKind.CLASSED, by=by, note=logged)
        is_approved = policies.standing(proposal).approvers
        return publish_if_complete(proposal, by=by) if is_approved else Outcome()


def approve_and_publish(
    proposal: Proposal, *, by: User, note: str = "", checklist: Collection[str] = ()
) -> Outcome:
    """Note an approval, and publish the proposal if it is the last one needed.

    The caller holds the transaction and has asked the policy.
    """
    _review(proposal, Verdict.APPROVE, by=by, note=note, checklist=checklist)
    log(proposal, EventKind.APPROVED, by=by, note=note)
    return publish_if_complete(proposal, by=by)


def _edit(proposal: Proposal, edits: Iterable[ChangeEdit], *, by: User, note: str) -> None:
    """Give changes other contents; approvals of what stood there lapse."""
    current = {change.pk: change for change in proposal.changes.all()}
    for edit in edits:
        change = current.get(edit.change.pk)
        if change is None:
            raise Refused("One of the changes is no longer part of this proposal: look again.")
        before = change.proposed
        change.base, change.proposed = edit.base, dict(edit.proposed)
        refuse_text(change)
        change.save()
        if change.proposed != before:
            ReviewerEdit.objects.create(
                change=change, editor=by, before=before, after=change.proposed
            )
    changed(proposal, by=by, what=EventKind.EDITED, note=note)


def _review(
    proposal: Proposal, verdict: Verdict, *, by: User, note: str, checklist: Collection[str]
) -> None:
    fields = {
        "verdict": verdict,
        "note": note.strip(),
        "checklist": list(checklist),
        "at": timezone.now(),
    }
    Review.objects.update_or_create(
        proposal=proposal, reviewer=by, version=proposal.version, defaults=fields
    )
