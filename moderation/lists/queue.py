"""The review queue as one reviewer sees it: what waits for them first, oldest first."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypedDict

from django.db.models import (
    Case,
    Count,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from guide_site.models import User
from moderation import owners, policies
from moderation.changes import conflicts
from moderation.models import Change, Comment, Proposal, Review, ReviewClass, ReviewRequest, Verdict

FOR_YOU, FOR_OTHERS, DONE = range(3)  # ranks: waits for this reviewer, for others, not for them
MOST_NEAR = 200  # proposals whose approvals are looked at to see whether one more merges them
_SECTIONS = ("section", "entry__section", "service__section", "offering__service__section")


class Ranking(TypedDict):
    """What one reviewer has to do with a proposal: `in_order_for` asks the database for it.

    rank            FOR_YOU, FOR_OTHERS or DONE
    is_asked        the reviewer was asked for a review
    looks_after_it  they look after a section that it changes
    would_merge     their approval is the last one that it needs
    has_approved    they approved its present version
    comment_count   how many comments it has, of anybody
    """

    rank: int
    is_asked: bool
    looks_after_it: bool
    would_merge: bool
    has_approved: bool
    comment_count: int


if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    Ranked = QuerySet[WithAnnotations[Proposal, Ranking]]


@dataclass(frozen=True)
class QueuedProposal:
    """A proposal of the review queue, as one reviewer sees it.

    waits_for   what has to happen before it is merged, as a sentence; None if it is not open
    problem     why it does not merge, as a sentence; "" if it does
    is_there    True if the guide has all of it already
    """

    proposal: Proposal
    ranking: Ranking
    waits_for: str | None
    problem: str
    is_there: bool


def in_order_for(user: User, proposals: QuerySet[Proposal] | None = None) -> "Ranked":
    """Open proposals (or others) in the order in which `user` should look at them.

    `queued` makes QueuedProposals of the rows of a page.
    """
    proposals = Proposal.objects.open() if proposals is None else proposals
    marked = proposals.annotate(
        is_asked=Exists(ReviewRequest.objects.filter(proposal=OuterRef("pk"), reviewer=user)),
        has_approved=Exists(_approvals().filter(reviewer=user)),
        looks_after_it=Exists(_changes_in(owners.looked_after_by(user))),
        would_merge=Q(pk__in=completed_by(user)),
        comment_count=Coalesce(Subquery(_number_of_comments()), 0),
    )
    is_done = Q(author=user) | Q(has_approved=True)
    waits_for_user = Q(is_asked=True) | Q(looks_after_it=True) | Q(would_merge=True)
    return marked.annotate(
        rank=Case(
            When(is_done, then=Value(DONE)),
            When(waits_for_user, then=Value(FOR_YOU)),
            default=Value(FOR_OTHERS),
            output_field=IntegerField(),
        )
    ).order_by("rank", "opened_at", "pk")


def queued(proposals: "Ranked") -> list[QueuedProposal]:
    """The QueuedProposals of a page of `in_order_for`, in a fixed number of queries."""
    rows = list(proposals)
    looks, standings = conflicts.looks(rows), policies.standings(rows)
    unseen = conflicts.Look()  # of what is not open
    return [
        QueuedProposal(
            proposal=row,
            ranking=Ranking(
                rank=row.rank,
                is_asked=row.is_asked,
                looks_after_it=row.looks_after_it,
                would_merge=row.would_merge,
                has_approved=row.has_approved,
                comment_count=row.comment_count,
            ),
            waits_for=policies.waits_for(row, standings[row.pk]),
            problem=looks.get(row.pk, unseen).problem,
            is_there=looks.get(row.pk, unseen).is_there,
        )
        for row in rows
    ]


def completed_by(user: User) -> list[int]:
    """Primary keys of open proposals that an approval of `user` would merge.

    Only those are looked at that one approval may complete, and of them the oldest.
    """
    is_near = Q(review_class=ReviewClass.TRIVIAL) | Exists(_approvals())
    open_ones = Proposal.objects.open().exclude(author=user).filter(is_near)
    near = list(open_ones.exclude(Exists(_approvals().filter(reviewer=user)))[:MOST_NEAR])
    standings = policies.standings(near)
    return [pk for pk, standing in standings.items() if standing.would_merge(user)]


def _approvals() -> QuerySet[Review]:
    """Approvals of the present version of the proposal that the query is about."""
    return Review.objects.filter(
        proposal=OuterRef("pk"), version=OuterRef("version"), verdict=Verdict.APPROVE
    )


def _changes_in(sections: Iterable[int]) -> QuerySet[Change]:
    place = Q()
    for name in _SECTIONS:
        place |= Q(**{f"{name}__in": sections})
    return Change.objects.filter(place, proposal=OuterRef("pk"))


def _number_of_comments() -> QuerySet[Comment, Any]:
    comments = Comment.objects.filter(proposal=OuterRef("pk")).order_by().values("proposal")
    return comments.annotate(number=Count("pk")).values("number")
