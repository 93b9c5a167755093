"""Merging what is complete: by the last approval, or by itself when something else completes it.

A proposal is complete when no approval is missing. It may still wait: for a proposal that adds
the place it goes to, or because the guide changed in the same words. Three kinds of event end
that, and each calls `publish_completed`: another merge, other editors of a section, other roles
of an account. (Another class is set by `set_class`, which asks for its own proposal only; another
version of the proposal has no approvals.)
"""

from django.db.models import Exists, OuterRef

from guide_site.core import history
from guide_site.core.access import Permission, can
from guide_site.models import User
from moderation import policies
from moderation.actions.base import log
from moderation.actions.publishing import publish
from moderation.actions.values import Outcome
from moderation.changes import conflicts
from moderation.models import EventKind, Proposal, Review, Verdict

MOST_LOOKED_AT = 200  # approved open proposals, the oldest first
MOST_MERGED = 20  # that a single event completes


def publish_if_complete(proposal: Proposal, *, by: User) -> Outcome:
    """Publish the proposal if nothing is missing, and then what waited for it.

    Where the guide has all of it already, one approval closes it: nothing would be published.
    A problem is noted in the log, once for each version. Advice publishes nothing, also where
    all approvals are there and only a conflict was left. The caller holds the transaction.
    """
    if not can(by, Permission.DECIDE):
        return Outcome()
    if (
        policies.standing(proposal).missing
        and not conflicts.look_now([proposal.pk])[proposal.pk].is_there
    ):
        return Outcome()
    outcome = publish(proposal, by=by)
    if outcome.is_merged:
        publish_completed(f"proposal {proposal.pk} was merged")
    elif outcome.problem and not outcome.waits and not _is_noted(proposal, outcome.problem):
        log(proposal, EventKind.CONFLICT, by=by, note=outcome.problem)
    return outcome


def publish_completed(because: str) -> list[Proposal]:
    """Merge the open proposals that have all approvals and merge by now; returns them.

    because  what may have completed them, as the middle of a sentence for the log

    The merge is that of their last approver. At most MOST_MERGED are merged; the next event
    merges others. The caller need not hold the transaction.
    """
    merged: list[Proposal] = []
    failed = set[int]()
    with history.writing():
        while len(merged) < MOST_MERGED and (proposal := _next(failed)):
            note = f"By itself, because {because} and nothing else was missing."
            outcome = publish(proposal, by=_last_approver(proposal), note=note)
            if outcome.is_merged:
                merged.append(proposal)
                because = f"proposal {proposal.pk} was merged"
            elif outcome.problem:
                failed.add(proposal.pk)
    return merged


def _is_noted(proposal: Proposal, problem: str) -> bool:
    """True if the log has this problem of the present version already."""
    return any(note.endswith(problem) for note in conflicts.noted(proposal))


def _next(but: set[int]) -> Proposal | None:
    """The oldest complete proposal that merges now: a fixed number of queries.

    but  primary keys of those that do not, though it seemed so
    """
    complete = [proposal for proposal in _complete() if proposal.pk not in but]
    looks = conflicts.look_now([proposal.pk for proposal in complete])
    return next((proposal for proposal in complete if not looks[proposal.pk].problem), None)


def _complete() -> list[Proposal]:
    """Open proposals that miss no approval, the oldest first: a fixed number of queries."""
    approvals = Review.objects.filter(
        proposal=OuterRef("pk"), version=OuterRef("version"), verdict=Verdict.APPROVE
    )
    approved = Proposal.objects.open().filter(Exists(approvals))[:MOST_LOOKED_AT]
    standings = policies.standings(list(approved))
    return [standing.proposal for standing in standings.values() if not standing.missing]


def _last_approver(proposal: Proposal) -> User:
    """Who gave the last approval that counts."""
    counted = policies.standing(proposal).approvers
    given = proposal.reviews.filter(
        verdict=Verdict.APPROVE, version=proposal.version, reviewer__in=counted
    )
    last = given.order_by("at", "pk").values_list("reviewer", flat=True).last()
    return next(person for person in counted if person.pk == last)
