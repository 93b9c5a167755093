"""Who must approve: one table, and the sentence that says what is missing.

A seat is taken by one person; nobody takes two. The author takes a seat only where the row
says so. With `GUIDE_REVIEW=single` one moderator is enough for everything.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.conf import settings

from guide_site.core.access import Permission, Role, can, roles_of
from guide_site.models import User
from moderation import owners
from moderation.models import Proposal, Review, ReviewClass, Verdict

MODERATOR, LEAD, OWNER = "an editor or a lead", "a lead", "a lead or an editor of this section"


@dataclass(frozen=True)
class Needed:
    """The seats to fill, strictest first, and whether the author may fill one."""

    seats: tuple[str, ...]
    author_may: bool = False


ONE = Needed((MODERATOR,), author_may=True)
TABLE = {
    ReviewClass.TRIVIAL: ONE,
    ReviewClass.NORMAL: Needed((LEAD, MODERATOR)),
    ReviewClass.SENSITIVE: Needed((LEAD, OWNER)),
}
FOR_AN_AFFILIATION = MODERATOR  # one more, if the author declared an interest


def needed(proposal: Proposal) -> Needed:
    """The Needed of a proposal, from its class and declared affiliation."""
    if settings.REVIEW == "single":
        return ONE
    row = TABLE[ReviewClass(proposal.review_class)]
    return Needed((*row.seats, FOR_AN_AFFILIATION)) if proposal.affiliation else row


@dataclass(frozen=True)
class Standing:
    """How far the approvals of the present version have got.

    approvers  users whose approval counts towards a seat
    advice     other users who approved, such as experts
    owned      primary keys of the editors of every section touched
    """

    proposal: Proposal
    approvers: list[User]
    advice: list[User]
    owned: frozenset[int]

    @property
    def free(self) -> tuple[str, ...]:
        """The seats that nobody has taken yet, strictest first."""
        return _unfilled(self._row.seats, [_fits(person, self.owned) for person in self.approvers])

    @property
    def missing(self) -> str | None:
        """What the proposal still waits for, as a sentence, or None."""
        if not (free := self.free):
            return None
        more = " more" if len(free) < len(self._row.seats) else ""
        plural = "approval" if len(free) == 1 else "approvals"
        # Where nobody is an editor of all that it touches, only leads can take that seat.
        open_to = tuple(LEAD if seat == OWNER and not self.owned else seat for seat in free)
        return f"Needs {len(free)}{more} {plural}: {_listed(open_to)}."

    def would_help(self, user: User) -> bool:
        """True if an approval of `user` would take a seat that is free."""
        if user in self.approvers or not (self._row.author_may or not self._is_author(user)):
            return False
        people = [_fits(person, self.owned) for person in self.approvers]
        with_user = _unfilled(self._row.seats, [*people, _fits(user, self.owned)])
        return len(with_user) < len(self.free)

    def would_merge(self, user: User) -> bool:
        """True if the approval of `user` is the last one that is needed."""
        return len(self.free) == 1 and self.would_help(user)

    @property
    def _row(self) -> Needed:
        return needed(self.proposal)

    def _is_author(self, user: User) -> bool:
        return user.pk == self.proposal.author_id


def standing(proposal: Proposal) -> Standing:
    """The Standing of one proposal."""
    return standings([proposal])[proposal.pk]


def standings(proposals: Collection[Proposal]) -> dict[int, Standing]:
    """{primary key: Standing} of many proposals, in a fixed number of queries."""
    given = (
        Review.objects.filter(
            proposal__in=proposals, verdict=Verdict.APPROVE, reviewer__is_active=True
        )
        .select_related("reviewer")
        .prefetch_related("reviewer__groups")
    )
    approved: dict[int, list[User]] = {proposal.pk: [] for proposal in proposals}
    versions = {proposal.pk: proposal.version for proposal in proposals}
    for review in given:
        if review.reviewer and review.version == versions[review.proposal_id]:
            approved[review.proposal_id].append(review.reviewer)
    owned = _owned([proposal for proposal in proposals if OWNER in needed(proposal).seats])
    return {p.pk: _standing(p, approved[p.pk], owned.get(p.pk, frozenset())) for p in proposals}


def _standing(proposal: Proposal, people: list[User], owned: frozenset[int]) -> Standing:
    may = needed(proposal).author_may
    counted = [
        person
        for person in people
        if can(person, Permission.DECIDE) and (may or person.pk != proposal.author_id)
    ]
    advice = [person for person in people if person not in counted]
    return Standing(proposal, counted, advice, owned)


def _owned(proposals: Collection[Proposal]) -> dict[int, frozenset[int]]:
    """{proposal: primary keys of those who are editors of every section it touches}."""
    places = owners.places_of(proposals)
    everywhere = owners.inherited("editors", set().union(*places.values()))
    owned = {}
    for pk, sections in places.items():
        editors = [frozenset(everywhere[section][1]) for section in sections]
        owned[pk] = frozenset.intersection(*editors) if editors else frozenset()
    return owned


def _fits(person: User, owned: frozenset[int]) -> frozenset[str]:
    """The seats that a person may take."""
    if not can(person, Permission.DECIDE):
        return frozenset()
    seats = {MODERATOR}
    if Role.LEAD in roles_of(person):
        seats |= {LEAD, OWNER}
    if person.pk in owned:
        seats.add(OWNER)
    return frozenset(seats)


def _unfilled(seats: Sequence[str], people: Sequence[frozenset[str]]) -> tuple[str, ...]:
    """What remains of `seats` when people (sets of seats they fit) sit down as well as can be."""
    if not seats or not people:
        return tuple(seats)
    first, rest = seats[0], seats[1:]
    ways = []
    for fits in {fits for fits in people if first in fits}:
        others = list(people)
        others.remove(fits)
        ways.append(_unfilled(rest, others))
    ways.append((first, *_unfilled(rest, people)))  # last: of equals, take the strict seat
    return min(ways, key=len)


def _listed(seats: tuple[str, ...]) -> str:
    """The seats in words."""
    match seats:
        case (one,):
            return one
        case (first, second) if first == second == LEAD:
            return "two leads"
        case (first, second) if {first, second} == {LEAD, MODERATOR}:
            return "an editor and a lead"
        case (first, second) if {first, second} == {LEAD, OWNER}:
            return "two leads, or a lead and an editor of this section"
    return f"{_listed(seats[:-1])}, and {seats[-1]}"
