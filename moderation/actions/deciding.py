"""What reviewers do: approve, request changes, decline."""

from django.utils import timezone

from guide_site.core import history
from moderation import policies
from moderation.actions.publishing import publish
from moderation.actions.steps import Conflicts, lock, log, missing, move, refuse
from moderation.models import Event, Review, Verdict
from moderation.states import Status


def approve(proposal, *, by, version, note=""):
    """Approve the `version` that was seen; the last approval needed publishes the proposal.

    Returns True if it was merged, False if approvals are missing. Raises Conflicts after
    keeping the approval if the guide changed in a way that does not merge.
    """
    with history.writing():
        lock(proposal)
        refuse(policies.why_not_decide(by, proposal, version))
        _review(proposal, Verdict.APPROVE, by=by, note=note)
        log(proposal, Event.What.APPROVED, by=by, note=note)
        if policies.missing_approvals(proposal):
            return False
        problem = publish(proposal, by=by)
        if problem:
            log(proposal, Event.What.CONFLICT, by=by, note=problem)
    if problem:
        raise Conflicts(problem)
    return True


def request_changes(proposal, *, by, version, note):
    """Give the proposal back to its author with what should be different."""
    with history.writing():
        lock(proposal)
        refuse(policies.why_not_decide(by, proposal, version) or missing(note))
        _review(proposal, Verdict.REQUEST_CHANGES, by=by, note=note)
        what = Event.What.CHANGES_REQUESTED
        move(proposal, Status.CHANGES_REQUESTED, what, by=by, note=note)


def decline(proposal, *, by, version, note):
    """Close the proposal without publishing it, with a reason for everyone to read."""
    with history.writing():
        lock(proposal)
        refuse(policies.why_not_decide(by, proposal, version) or missing(note))
        _review(proposal, Verdict.DECLINE, by=by, note=note)
        move(proposal, Status.DECLINED, Event.What.DECLINED, by=by, note=note)


def _review(proposal, verdict, *, by, note):
    fields = {"verdict": verdict, "note": note.strip(), "at": timezone.now()}
    Review.objects.update_or_create(
        proposal=proposal, reviewer=by, version=proposal.version, defaults=fields
    )
