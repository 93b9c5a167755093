"""Why something may not be done to a proposal: a sentence for the reader, or None.

One function serves the action (which refuses), the button (disabled, with the reason) and
the test. Who may at all is asked of `core/access.py`; here it is asked whether now.
"""

from guide_site.core import access
from guide_site.core.access import Permission
from moderation.models import Proposal, Review, Verdict
from moderation.states import AMENDABLE, Status

APPROVALS_NEEDED = 1


def may_see(user, proposal):
    """A draft is seen by its author only; everything that was sent is public for good."""
    return proposal.opened_at is not None or (
        user.is_authenticated and proposal.author_id == user.pk
    )


def why_not_propose(user):
    return access.why_not(user, Permission.PROPOSE)


def why_not_change(user, entry):
    """Whether `user` may propose an edit or the retirement of the entry."""
    if not entry.is_live:
        return f"This entry was retired: {_sentence(entry.retired_because)}"
    return why_not_propose(user)


def why_not_amend(user, proposal, version=None):
    """Whether `user` may change their proposal; `version`: the one they saw."""
    if not _is_author(user, proposal):
        return "Only its author amends a proposal."
    if proposal.status not in AMENDABLE:
        return f"This proposal is closed: {_state(proposal)}."
    if version is not None and version != proposal.version:
        return "This proposal changed in another window since you opened this page."
    return why_not_propose(user)


def why_not_send(user, proposal):
    if not _is_author(user, proposal):
        return "Only its author sends a proposal."
    if proposal.status == Status.OPEN:
        return "This proposal has been sent already: it waits for review."
    return why_not_amend(user, proposal)


def why_not_withdraw(user, proposal):
    if not _is_author(user, proposal):
        return "Only its author withdraws a proposal."
    if proposal.status not in AMENDABLE:
        return f"This proposal is closed already: {_state(proposal)}."
    return None


def why_not_reopen(user, proposal):
    if not _is_author(user, proposal):
        return "Only its author picks a proposal up again."
    if proposal.status != Status.WITHDRAWN:
        return f"Only a withdrawn proposal is picked up again; {_state(proposal)}."
    return why_not_propose(user)


def why_not_decide(user, proposal, version=None):
    """Whether `user` may approve, request changes or decline; `version`: the one they saw."""
    if reason := access.why_not(user, Permission.DECIDE):
        return reason
    if proposal.status != Status.OPEN:
        return f"Only open proposals are decided on; {_state(proposal)}."
    if _is_author(user, proposal):
        return "Nobody decides on their own proposal: ask another editor."
    if version is not None and version != proposal.version:
        return "This proposal changed while you were reading: look again, then decide."
    return None


def why_not_comment(user, proposal):
    if proposal.opened_at is None:
        return "Send the proposal first: nobody else can see a draft."
    return access.why_not(user, Permission.COMMENT)


def missing_approvals(proposal):
    """What an open proposal still waits for, as a sentence, or None."""
    given = Review.objects.filter(
        proposal=proposal, version=proposal.version, verdict=Verdict.APPROVE
    ).count()
    if given >= APPROVALS_NEEDED:
        return None
    return "Needs 1 approval: an editor or a lead."


def waits_for(proposal):
    """What has to happen before an open proposal is merged, as a sentence, or None."""
    if proposal.status != Status.OPEN:
        return None
    approved = "It is approved, but did not merge: once it fits, approve it again to merge it."
    return missing_approvals(proposal) or approved


def _is_author(user, proposal: Proposal):
    return proposal.author_id is not None and proposal.author_id == user.pk


def _state(proposal):
    if proposal.status in (Status.MERGED, Status.DECLINED, Status.WITHDRAWN):
        by = f" by {proposal.closed_by.username}" if proposal.closed_by else ""
        return f"this one was {proposal.get_status_display().lower()}{by}"
    return f"this one is “{proposal.get_status_display().lower()}”"


def _sentence(text):
    text = text.strip()
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."
