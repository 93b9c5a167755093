"""Why something may not be done to a proposal: a sentence for the reader, or None.

One function serves the action (which refuses), the button (disabled, with the reason) and
the test. Who may at all is asked of `core/access.py`; here it is asked whether now.
"""

from collections.abc import Collection
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from django.utils.timesince import timesince

from entries.models import Retirable
from guide_site.core import access
from guide_site.core.access import Permission, can
from guide_site.models import User
from moderation.models import Proposal, ReviewClass
from moderation.policies import approvals
from moderation.states import AMENDABLE, CLOSED, Status

Anybody = User | AnonymousUser


def may_see(user: Anybody, proposal: Proposal) -> bool:
    """A draft is seen by its author only; everything that was sent is public for good."""
    return proposal.opened_at is not None or (
        user.is_authenticated and proposal.author_id == user.pk
    )


def why_not_propose(user: Anybody) -> str | None:
    """Why `user` may not propose anything."""
    return access.why_not(user, Permission.PROPOSE)


def why_not_change(user: Anybody, row: Retirable) -> str | None:
    """Why `user` may not propose to change, move or retire a row, or to add something to it."""
    if not row.is_live:
        return f"This {row._meta.verbose_name} was retired: {_sentence(row.retired_because)}"
    return why_not_propose(user)


def why_not_restore(user: Anybody, row: Retirable) -> str | None:
    """Why `user` may not propose to bring a row back."""
    if row.is_live:
        return f"This {row._meta.verbose_name} is in the guide: there is nothing to bring back."
    return why_not_propose(user)


def why_not_amend(user: Anybody, proposal: Proposal, version: int | None = None) -> str | None:
    """Why `user` may not change their proposal; `version`: the one they saw."""
    if not _is_author(user, proposal):
        return "Only its author amends a proposal."
    if proposal.status not in AMENDABLE:
        return f"This proposal is closed: {_state(proposal)}."
    if version is not None and version != proposal.version:
        return "This proposal changed in another window since you opened this page."
    return why_not_propose(user)


def why_not_send(user: Anybody, proposal: Proposal) -> str | None:
    """Why `user` may not open their proposal for review."""
    if not _is_author(user, proposal):
        return "Only its author sends a proposal."
    if proposal.status == Status.OPEN:
        return "This proposal has been sent already: it waits for review."
    return why_not_amend(user, proposal)


def why_not_withdraw(user: Anybody, proposal: Proposal) -> str | None:
    """Why `user` may not take their proposal back."""
    if not _is_author(user, proposal):
        return "Only its author withdraws a proposal."
    if proposal.status not in AMENDABLE:
        return f"This proposal is closed already: {_state(proposal)}."
    return None


def why_not_reopen(user: Anybody, proposal: Proposal) -> str | None:
    """Why `user` may not pick a withdrawn proposal up again."""
    if not _is_author(user, proposal):
        return "Only its author picks a proposal up again."
    if proposal.status != Status.WITHDRAWN:
        return f"Only a withdrawn proposal is picked up again; {_state(proposal)}."
    return why_not_propose(user)


def why_not_decide(user: Anybody, proposal: Proposal, version: int | None = None) -> str | None:
    """Why `user` may not edit it as a reviewer; `version`: the one they saw."""
    if reason := access.why_not(user, Permission.DECIDE):
        return reason
    return _why_not_review(proposal, version) or _why_not_ones_own(user, proposal)


def why_not_request_changes(
    user: Anybody, proposal: Proposal, version: int | None = None
) -> str | None:
    """Why `user` may not give the proposal back to its author; `version`: the one they saw."""
    if reason := why_not_decide(user, proposal, version):
        return reason
    if _is_abandoned(proposal):
        return "Its author has no account any more: edit it yourself, or decline it."
    return None


def why_not_decline(user: Anybody, proposal: Proposal, version: int | None = None) -> str | None:
    """Why `user` may not decline, also what waits for its author; `version`: the one they saw."""
    if reason := access.why_not(user, Permission.DECIDE):
        return reason
    waiting = (Status.OPEN, Status.CHANGES_REQUESTED)
    return _why_not_review(proposal, version, waiting) or _why_not_ones_own(user, proposal)


def why_not_take_back(user: Anybody, proposal: Proposal, version: int | None = None) -> str | None:
    """Why `user` may not take a request for changes back, so that the proposal is open again."""
    if reason := access.why_not(user, Permission.DECIDE):
        return reason
    if proposal.status == Status.OPEN:
        return "Nobody waits for changes of this proposal: it is open."
    waiting = (Status.CHANGES_REQUESTED,)
    return _why_not_review(proposal, version, waiting) or (
        "Send it again instead: it is your own proposal." if _is_author(user, proposal) else None
    )


def why_not_approve(user: Anybody, proposal: Proposal, version: int | None = None) -> str | None:
    """Why `user` may not approve; `version`: the one they saw. Experts may: it is advice."""
    if reason := access.why_not(user, Permission.REVIEW):
        return reason
    if reason := _why_not_review(proposal, version):
        return reason
    if _is_author(user, proposal) and not approvals.needed(proposal).author_may:
        return "Nobody approves their own proposal: ask another editor."
    now = approvals.standing(proposal)
    if user in (*now.approvers, *now.advice) and now.missing:
        return f"You have approved this version. {now.missing}"
    return None


def _why_not_ones_own(user: Anybody, proposal: Proposal) -> str | None:
    if _is_author(user, proposal):
        return "Nobody decides on their own proposal: ask another editor."
    return None


def _why_not_review(
    proposal: Proposal, version: int | None, states: Collection[Status] = (Status.OPEN,)
) -> str | None:
    """Why nobody decides on the proposal now.

    version   the one that was seen
    states    those in which it can be done
    """
    if proposal.status in CLOSED:
        return f"Already {_closed(proposal)}."
    if proposal.status not in states:
        if proposal.status == Status.CHANGES_REQUESTED and _is_abandoned(proposal):
            return "Its author has no account any more: take the request back, or decline it."
        if proposal.status == Status.CHANGES_REQUESTED:
            return "It waits for its author to make the requested changes."
        return f"Only open proposals are decided on; {_state(proposal)}."
    if version is not None and version != proposal.version:
        return "This proposal changed while you were reading: look again, then decide."
    return None


def why_not_set_class(
    user: Anybody, proposal: Proposal, wanted: str, version: int | None = None
) -> str | None:
    """Why `user` may not put the proposal into the ReviewClass `wanted`."""
    if reason := why_not_decide(user, proposal, version):
        return reason
    if wanted == proposal.review_class:
        return f"It is {ReviewClass(wanted).label.lower()} already."
    order = ReviewClass.values
    is_lower = order.index(wanted) < order.index(proposal.review_class)
    return access.why_not(user, Permission.LOWER_CLASS) if is_lower else None


def why_not_accept_some(
    user: Anybody, proposal: Proposal, version: int | None = None
) -> str | None:
    """Why `user` may not accept a part of the changes."""
    if reason := why_not_decide(user, proposal, version):
        return reason
    if proposal.changes.count() < 2:
        return "It has one change only: there is nothing to take apart."
    return None


def why_not_comment(user: Anybody, proposal: Proposal) -> str | None:
    """Why `user` may not take part in the discussion of the proposal."""
    if proposal.opened_at is None:
        return "Send the proposal first: nobody else can see a draft."
    return access.why_not(user, Permission.COMMENT)


def publishes_at_once(user: User, proposal: Proposal) -> bool:
    """True for the trivial edit of a moderator: sending it is all that it takes."""
    return (
        proposal.review_class == ReviewClass.TRIVIAL
        and can(user, Permission.DECIDE)
        and approvals.standing(proposal).would_merge(user)
    )


def waits_for(proposal: Proposal, standing: approvals.Standing | None = None) -> str | None:
    """What has to happen before an open proposal is merged, as a sentence, or None.

    standing: its Standing, if that is known already
    """
    if proposal.status != Status.OPEN:
        return None
    approved = "Approved, but it cannot be merged yet. Once it can, it merges by itself."
    return (standing or approvals.standing(proposal)).missing or approved


def _is_author(user: Anybody, proposal: Proposal) -> bool:
    return proposal.author_id is not None and proposal.author_id == user.pk


def _is_abandoned(proposal: Proposal) -> bool:
    return proposal.author is None or not proposal.author.is_active


def _state(proposal: Proposal) -> str:
    if proposal.status in CLOSED:
        return f"this one was {_closed(proposal)}"
    return f"this one is “{proposal.get_status_display().lower()}”"


def _closed(proposal: Proposal) -> str:
    """“merged by ada, 4 seconds ago”: who was first, for those who come second."""
    by = f" by {proposal.closed_by.username}" if proposal.closed_by else ""
    ago = f", {_ago(proposal.closed_at)}" if proposal.closed_at else ""
    if proposal.status == Status.ALREADY:
        return f"closed{by}{ago}: the guide had it already"
    return f"{proposal.get_status_display().lower()}{by}{ago}"


def _ago(at: datetime, now: datetime | None = None) -> str:
    passed = ((now or timezone.now()) - at).total_seconds()
    if passed < 60:
        return "just now"
    return f"{timesince(at, now)} ago"


def _sentence(text: str) -> str:
    text = text.strip()
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."
