"""Who was asked for a review of a proposal, and what they have done since: for its page."""

from typing import TYPE_CHECKING, TypedDict

from django.db.models import Exists, OuterRef, Subquery

from moderation.models import Comment, Proposal, Review, ReviewRequest, Verdict

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    class _Reaction(TypedDict):
        """The last verdict of the reviewer, the version that it was on, any comment."""

        verdict: str | None
        verdict_version: int | None
        has_commented: bool

    _Answered = WithAnnotations[ReviewRequest, _Reaction]


def answers(proposal: Proposal) -> list[tuple[ReviewRequest, str]]:
    """The review requests of a proposal, in one query; each with what the reviewer did, or ""."""
    mine = {"proposal": proposal, "reviewer": OuterRef("reviewer")}
    last = Review.objects.filter(**mine).order_by("-version", "-pk")
    said = Comment.objects.filter(proposal=proposal, author=OuterRef("reviewer"))
    requests = proposal.review_requests.select_related("reviewer", "asked_by").annotate(
        verdict=Subquery(last.values("verdict")[:1]),
        verdict_version=Subquery(last.values("version")[:1]),
        has_commented=Exists(said),
    )
    return [(request, _done(request, proposal)) for request in requests]


def _done(request: "_Answered", proposal: Proposal) -> str:
    if request.verdict:
        earlier = "" if request.verdict_version == proposal.version else " an earlier version"
        return f"{Verdict(request.verdict).label.lower()}{earlier}"
    return "commented" if request.has_commented else ""
