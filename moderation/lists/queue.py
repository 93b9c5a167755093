"""The review queue as one reviewer sees it: what waits for them first, oldest first."""

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from moderation import owners, policies
from moderation.changes import conflicts
from moderation.models import Change, Comment, Proposal, Review, ReviewClass, ReviewRequest, Verdict

FOR_YOU, FOR_OTHERS, DONE = range(3)  # ranks: waits for this reviewer, for others, not for them
MOST_NEAR = 200  # proposals whose approvals are looked at to see whether one more merges them
_SECTIONS = ("section", "entry__section", "service__section", "offering__service__section")


def of(user, proposals=None):
    """Open proposals (or others) in the order in which `user` should look at them.

    Each gets `rank`, `asked`, `looked_after`, `completes`, `approved` and `remarks`.
    """
    proposals = Proposal.objects.open() if proposals is None else proposals
    mine = Q(author=user)
    found = proposals.annotate(
        asked=Exists(ReviewRequest.objects.filter(proposal=OuterRef("pk"), reviewer=user)),
        approved=Exists(_approvals().filter(reviewer=user)),
        looked_after=Exists(_changes_in(owners.looked_after_by(user))),
        completes=Q(pk__in=completed_by(user)),
        remarks=Coalesce(Subquery(_number_of_remarks()), 0),
    )
    return found.annotate(
        rank=Case(
            When(mine | Q(approved=True), then=Value(DONE)),
            When(Q(asked=True) | Q(looked_after=True) | Q(completes=True), then=Value(FOR_YOU)),
            default=Value(FOR_OTHERS),
            output_field=IntegerField(),
        )
    ).order_by("rank", "opened_at", "pk")


def completed_by(user):
    """Primary keys of open proposals that an approval of `user` would merge.

    Only those are looked at that one approval may complete, and of them the oldest.
    """
    is_near = Q(review_class=ReviewClass.TRIVIAL) | Exists(_approvals())
    open_ones = Proposal.objects.open().exclude(author=user).filter(is_near)
    near = list(open_ones.exclude(Exists(_approvals().filter(reviewer=user)))[:MOST_NEAR])
    standings = policies.standings(near)
    return [pk for pk, standing in standings.items() if standing.would_merge(user)]


def with_standings(proposals):
    """The proposals of a page as a list, each with its standing, as sentences where it waits.

    `waits_for` says for whom, `problem` why it does not merge (None if it does).
    """
    proposals = list(proposals)
    problems = conflicts.problems(proposals)
    standings = policies.standings(proposals)
    for proposal in proposals:
        proposal.standing = standings[proposal.pk]
        proposal.problem = problems.get(proposal.pk)
        proposal.waits_for = policies.waits_for(proposal, proposal.standing)
    return proposals


def _approvals():
    """Approvals of the present version of the proposal that the query is about."""
    return Review.objects.filter(
        proposal=OuterRef("pk"), version=OuterRef("version"), verdict=Verdict.APPROVE
    )


def _changes_in(sections):
    place = Q()
    for name in _SECTIONS:
        place |= Q(**{f"{name}__in": sections})
    return Change.objects.filter(place, proposal=OuterRef("pk"))


def _number_of_remarks():
    remarks = Comment.objects.filter(proposal=OuterRef("pk")).order_by().values("proposal")
    return remarks.annotate(number=Count("pk")).values("number")
