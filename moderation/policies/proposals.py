"""Why something may not be done to a proposal: a sentence for the reader, or None.

One function serves the action (which refuses), the button (disabled, with the reason) and
the test. Who may at all is asked of `core/access.py`; here it is asked whether now.
"""

from django.utils import timezone
from django.utils.timesince import timesince

from guide_site.core import access
from guide_site.core.access import Permission, can
from moderation.models import Proposal, ReviewClass
from moderation.policies import approvals
from moderation.states import AMENDABLE, CLOSED, Status


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
    """Whether `user` may request changes, decline or edit; `version`: the one they saw."""
    if reason := access.why_not(user, Permission.DECIDE):
        return reason
    return _why_not_review(user, proposal, version) or (
        "Nobody decides on their own proposal: ask another editor."
        if _is_author(user, proposal)
        else None
    )


def why_not_approve(user, proposal, version=None):
    """Whether `user` may approve; `version`: the one they saw. Experts may: it is advice."""
    if reason := access.why_not(user, Permission.REVIEW):
        return reason
    if reason := _why_not_review(user, proposal, version):
        return reason
    if _is_author(user, proposal) and not approvals.needed(proposal).author_may:
        return "Nobody approves their own proposal: ask another editor."
    now = approvals.standing(proposal)
    if user in (*now.approvers, *now.advice) and now.missing:
        return f"You have approved this version. {now.missing}"
    return None


def _why_not_review(user, proposal, version):
    if proposal.status in CLOSED:
        return f"Already {_closed(proposal)}."
    if proposal.status != Status.OPEN:
        return f"Only open proposals are decided on; {_state(proposal)}."
    if version is not None and version != proposal.version:
        return "This proposal changed while you were reading: look again, then decide."
    return None


def why_not_set_class(user, proposal, wanted, version=None):
    """Whether `user` may put the proposal into the ReviewClass `wanted`."""
    if reason := why_not_decide(user, proposal, version):
        return reason
    if wanted == proposal.review_class:
        return f"It is {ReviewClass(wanted).label.lower()} already."
    order = ReviewClass.values
    is_lower = order.index(wanted) < order.index(proposal.review_class)
    return access.why_not(user, Permission.LOWER_CLASS) if is_lower else None


def why_not_accept_some(user, proposal, version=None):
    """Whether `user` may accept a part of the changes."""
    if reason := why_not_decide(user, proposal, version):
        return reason
    if proposal.changes.count() < 2:
        return "It has one change only: there is nothing to take apart."
    return None


def why_not_comment(user, proposal):
    if proposal.opened_at is None:
        return "Send the proposal first: nobody else can see a draft."
    return access.why_not(user, Permission.COMMENT)


def publishes_at_once(user, proposal):
    """True for the trivial edit of a moderator: sending it is all that it takes."""
    return (
        proposal.review_class == ReviewClass.TRIVIAL
        and can(user, Permission.DECIDE)
        and approvals.standing(proposal).would_merge(user)
    )


def waits_for(proposal, standing=None):
    """What has to happen before an open proposal is merged, as a sentence, or None.

    standing: its Standing, if that is known already
    """
    if proposal.status != Status.OPEN:
        return None
    approved = "It is approved, but did not merge: once it fits, approve it again to merge it."
    return (standing or approvals.standing(proposal)).missing or approved


def _is_author(user, proposal: Proposal):
    return proposal.author_id is not None and proposal.author_id == user.pk


def _state(proposal):
    if proposal.status in CLOSED:
        return f"this one was {_closed(proposal)}"
    return f"this one is “{proposal.get_status_display().lower()}”"


def _closed(proposal):
    """“merged by ada, 4 seconds ago”: who was first, for those who come second."""
    by = f" by {proposal.closed_by.username}" if proposal.closed_by else ""
    return f"{proposal.get_status_display().lower()}{by}, {_ago(proposal.closed_at)}"


def _ago(at, now=None):
    passed = ((now or timezone.now()) - at).total_seconds()
    if passed < 60:
        return f"{int(passed)} s ago"
    return f"{timesince(at, now)} ago"


def _sentence(text):
    text = text.strip()
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."
