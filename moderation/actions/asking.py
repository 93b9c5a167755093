"""Asking for a review: the right people by itself, anybody by name."""

from guide_site.core import history
from guide_site.core.access import Role
from guide_site.models import User
from moderation import owners, policies
from moderation.actions.base import Refused, log, refuse, reread
from moderation.models import EventKind, Proposal, ReviewRequest


def ask_owners(proposal: Proposal) -> None:
    """Ask who looks after the sections that a proposal touches; it is about to be sent.

    The leads are asked where no editor looks after it, and whenever one of them is needed. The
    caller holds the transaction, and logs the event that tells them.
    """
    places = owners.places(proposal)
    editors = owners.editors(places)
    asked = editors | owners.experts(places)
    if not editors or policies.LEAD in policies.needed(proposal).seats:
        leads = User.objects.filter(groups__name=Role.LEAD.value, is_active=True)
        asked |= set(leads.values_list("pk", flat=True))
    asked -= {proposal.author_id, *proposal.review_requests.values_list("reviewer", flat=True)}
    ReviewRequest.objects.bulk_create(
        ReviewRequest(proposal=proposal, reviewer_id=pk) for pk in sorted(asked)
    )


def ask(proposal: Proposal, *, by: User, name: str) -> ReviewRequest:
    """Ask the member called `name` for a review of an open proposal. Raises Refused."""
    with history.writing():
        reread(proposal)
        refuse(policies.why_not_ask(by, proposal))
        reviewer = User.objects.filter(username__iexact=name.strip().removeprefix("@")).first()
        if reviewer is None:
            raise Refused(f"Nobody here is called “{name.strip()[:40]}”.")
        refuse(policies.why_not_be_asked(reviewer, proposal))
        made = ReviewRequest.objects.create(proposal=proposal, reviewer=reviewer, asked_by=by)
        log(proposal, EventKind.ASKED, by=by, note=f"To {reviewer.username}")
    return made
