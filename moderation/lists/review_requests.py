"""Who was asked for a review of a proposal, and what they answered: for its page."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Subquery

from moderation import policies
from moderation.models import Comment, Review, Verdict


@dataclass
class Asked:
    """What the page shows: the requests, each with its `answer`, and why one may not ask."""

    requests: list
    why_not: str | None


def of(proposal, user):
    """The Asked of a proposal for its reader: one query for all requests."""
    mine = {"proposal": proposal, "reviewer": OuterRef("reviewer")}
    last = Review.objects.filter(**mine).order_by("-version", "-pk")
    said = Comment.objects.filter(proposal=proposal, author=OuterRef("reviewer"))
    requests = proposal.review_requests.select_related("reviewer", "asked_by").annotate(
        verdict=Subquery(last.values("verdict")[:1]),
        verdict_of=Subquery(last.values("version")[:1]),
        has_commented=Exists(said),
    )
    requests = list(requests)
    for request in requests:
        request.answer = _answer(request, proposal)
    return Asked(requests, policies.why_not_ask(user, proposal))


def _answer(request, proposal):
    """What somebody who was asked has done so far, in words; "" for nothing."""
    if request.verdict:
        earlier = " an earlier version" if request.verdict_of != proposal.version else ""
        return f"{Verdict(request.verdict).label.lower()}{earlier}"
    return "commented" if request.has_commented else ""
