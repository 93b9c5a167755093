"""Who was asked for a review of a proposal, and what they have done since: for its page."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Subquery

from guide_site.models import User
from moderation import policies
from moderation.models import Comment, Proposal, Review, ReviewRequest, Verdict

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    class _Reaction(TypedDict):
        """The last verdict of the reviewer, the version that it was on, any comment."""

        verdict: str | None
        verdict_version: int | None
        has_commented: bool

    _Answered = WithAnnotations[ReviewRequest, _Reaction]


@dataclass(frozen=True)
class AskedReviewer:
    """Somebody who was asked for a review. done: what they did so far, in words, or ""."""

    request: ReviewRequest
    done: str


@dataclass(frozen=True)
class ReviewRequests:
    """Who was asked for a review of a proposal.

    why_not_ask   why the reader cannot ask somebody else, as a sentence; None if they can
    """

    reviewers: list[AskedReviewer]
    why_not_ask: str | None


def requests_of(proposal: Proposal, reader: User | AnonymousUser) -> ReviewRequests:
    """The review requests of a proposal for a reader of its page: one query for all of them."""
    mine = {"proposal": proposal, "reviewer": OuterRef("reviewer")}
    last = Review.objects.filter(**mine).order_by("-version", "-pk")
    said = Comment.objects.filter(proposal=proposal, author=OuterRef("reviewer"))
    requests = proposal.review_requests.select_related("reviewer", "asked_by").annotate(
        verdict=Subquery(last.values("verdict")[:1]),
        verdict_version=Subquery(last.values("version")[:1]),
        has_commented=Exists(said),
    )
    return ReviewRequests(
        reviewers=[AskedReviewer(request, _done(request, proposal)) for request in requests],
        why_not_ask=policies.why_not_ask(reader, proposal),
    )


def _done(request: "_Answered", proposal: Proposal) -> str:
    if request.verdict:
        earlier = "" if request.verdict_version == proposal.version else " an earlier version"
        return f"{Verdict(request.verdict).label.lower()}{earlier}"
    return "commented" if request.has_commented else ""
