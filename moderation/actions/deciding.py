"""What reviewers do: approve, edit, request changes, decline, say how much of a look it needs."""

from django.utils import timezone

from guide_site.core import history
from guide_site.core.access import Permission, can
from moderation import policies
from moderation.actions.asking import ask_owners
from moderation.actions.base import Conflicts, Refused, changed, log, missing, move, refuse, reread
from moderation.actions.publishing import publish
from moderation.models import Event, Review, Verdict
from moderation.states import Status


def approve(proposal, *, by, version, note="", checklist=()):
    """Approve the `version` that was seen; the last approval needed publishes the proposal.

    checklist: the questions of the contribution rules that the reviewer ticked
    Returns True if it was merged, False if approvals are missing. Raises Conflicts after
    keeping the approval if the guide changed in a way that does not merge.
    """
    with history.writing():
        reread(proposal)
        refuse(policies.why_not_approve(by, proposal, version))
        problem = take_approval(proposal, by=by, note=note, checklist=checklist)
    return is_merged(proposal, problem)


def approve_with_edits(proposal, *, by, version, edits, note="", checklist=()):
    """Approve what the reviewer made of it; the author stays its author. As `approve`.

    edits: other contents for changes of the proposal
    """
    with history.writing():
        reread(proposal)
        refuse(policies.why_not_decide(by, proposal, version))
        _edit(proposal, edits, by=by, note=note)
        problem = take_approval(proposal, by=by, note=note, checklist=checklist)
    return is_merged(proposal, problem)


def edit_as_reviewer(proposal, *, by, version, edits, note=""):
    """Change what a proposal proposes, as `approve_with_edits`, without approving it."""
    with history.writing():
        reread(proposal)
        refuse(policies.why_not_decide(by, proposal, version))
        _edit(proposal, edits, by=by, note=note)


def request_changes(proposal, *, by, version, note, checklist=()):
    """Give the proposal back to its author with what should be different."""
    with history.writing():
        reread(proposal)
        refuse(policies.why_not_decide(by, proposal, version) or missing(note))
        _review(proposal, Verdict.REQUEST_CHANGES, by=by, note=note, checklist=checklist)
        what = Event.What.CHANGES_REQUESTED
        move(proposal, Status.CHANGES_REQUESTED, what, by=by, note=note)


def decline(proposal, *, by, version, note, checklist=()):
    """Close the proposal without publishing it, with a reason for everyone to read."""
    with history.writing():
        reread(proposal)
        refuse(policies.why_not_decide(by, proposal, version) or missing(note))
        _review(proposal, Verdict.DECLINE, by=by, note=note, checklist=checklist)
        move(proposal, Status.DECLINED, Event.What.DECLINED, by=by, note=note)


def set_class(proposal, *, by, version, review_class, note):
    """Say how much of a look the `version` that was seen needs, and why: it may merge it.

    Returns True if that merged it. Raises Conflicts as `approve` does.
    """
    with history.writing():
        reread(proposal)
        refuse(policies.why_not_set_class(by, proposal, review_class, version) or missing(note))
        old = proposal.get_review_class_display()
        proposal.review_class, proposal.class_set_by = review_class, by
        proposal.class_note = note.strip()
        proposal.full_clean(validate_constraints=False)
        proposal.save()
        told = f"{old} → {proposal.get_review_class_display()}: {proposal.class_note}"
        ask_owners(proposal)  # others may be needed now
        log(proposal, Event.What.CLASSED, by=by, note=told)
        is_approved = policies.standing(proposal).approvers
        problem = _settle(proposal, by=by) if is_approved else None
    return is_merged(proposal, problem)


def take_approval(proposal, *, by, note="", checklist=()):
    """Note an approval and publish if it is the last one needed; returns what is in the way.

    The caller holds the transaction and has asked the policy.
    """
    _review(proposal, Verdict.APPROVE, by=by, note=note, checklist=checklist)
    log(proposal, Event.What.APPROVED, by=by, note=note)
    return _settle(proposal, by=by)


def _settle(proposal, *, by):
    """Publish the proposal if nothing is missing; returns why that is not possible, or None.

    Advice publishes nothing, also where all approvals are there and only a conflict was left.
    """
    if policies.standing(proposal).missing or not can(by, Permission.DECIDE):
        return None
    problem = publish(proposal, by=by)
    if problem:
        log(proposal, Event.What.CONFLICT, by=by, note=problem)
    return problem


def is_merged(proposal, problem):
    """True if the proposal was merged. Raises Conflicts with the problem, if there is one.

    To be called outside the transaction, so that the approval stays.
    """
    if problem:
        raise Conflicts(problem)
    return proposal.status == Status.MERGED


def _edit(proposal, edits, *, by, note):
    """Give changes other contents; approvals of what stood there lapse."""
    found = {change.pk: change for change in proposal.changes.all()}
    for edit in edits:
        change = found.get(edit.change.pk)
        if change is None:
            raise Refused("One of the changes is no longer part of this proposal: look again.")
        change.base, change.proposed = edit.base, edit.proposed
        change.save()
    changed(proposal, by=by, what=Event.What.EDITED, note=note)


def _review(proposal, verdict, *, by, note, checklist):
    fields = {
        "verdict": verdict,
        "note": note.strip(),
        "checklist": list(checklist),
        "at": timezone.now(),
    }
    Review.objects.update_or_create(
        proposal=proposal, reviewer=by, version=proposal.version, defaults=fields
    )
