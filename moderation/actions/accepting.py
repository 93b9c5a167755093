"""Accepting a part of a proposal: the rest stays open as a proposal of its own."""

import uuid
from collections.abc import Collection

from guide_site.core import history
from guide_site.models import User
from moderation import policies
from moderation.actions.asking import ask_owners
from moderation.actions.base import changed, classify, log, refuse, reread
from moderation.actions.deciding import approve_and_publish
from moderation.actions.values import Outcome
from moderation.models import Change, EventKind, Proposal

_SHARED = [
    *("author", "title", "why", "sources", "affiliation", "status", "opened_at"),
    *("builds_on", "reverts"),  # their merges ask for these
]


def accept_some(
    proposal: Proposal,
    *,
    by: User,
    version: int,
    accepted: Collection[int],
    note: str = "",
    checklist: Collection[str] = (),
) -> tuple[Proposal, Outcome]:
    """Approve the `accepted` changes; the others become a new proposal.

    accepted  primary keys of changes: some, but not all

    Returns (the new proposal, what became of the accepted part). They stay apart if that has a
    problem. Raises Refused.
    """
    with history.writing():
        reread(proposal)
        refuse(policies.why_not_accept_some(by, proposal, version))
        chosen = set(accepted)
        rest = [change for change in proposal.changes.all() if change.pk not in chosen]
        refuse(_why_not_apart(proposal, chosen, rest))
        new = _split_off(proposal, rest)
        logged = f"{len(rest)} of its changes went to proposal {new.pk}."
        changed(proposal, by=by, what=EventKind.SPLIT, note=logged)
        ask_owners(new)
        log(new, EventKind.SPLIT, by=by, note=f"It came out of proposal {proposal.pk}.")
        outcome = approve_and_publish(proposal, by=by, note=note, checklist=checklist)
    return new, outcome


def _why_not_apart(
    proposal: Proposal, accepted: Collection[int], rest: Collection[Change]
) -> str | None:
    """Why the `accepted` changes (primary keys) cannot go without the rest, or None."""
    if not accepted or not rest:
        return "Choose some of the changes: at least one to accept, and at least one to leave."
    if len(rest) + len(accepted) != proposal.changes.count():
        return "One of the changes is no longer part of this proposal: look again."
    left = {change.pk for change in rest}
    for change in proposal.changes.filter(pk__in=accepted):
        if left & _needs(change):
            return (
                "One of the accepted changes goes to a place that a change which you left out "
                "would add: accept both, or neither."
            )
    return None


def _needs(change: Change) -> set[int]:
    """Primary keys of the changes whose additions this one points at."""
    return {value["change"] for value in change.proposed.values() if isinstance(value, dict)}


def _split_off(proposal: Proposal, changes: Collection[Change]) -> Proposal:
    """A new proposal of the same author that takes over these changes."""
    fields = {name: getattr(proposal, name) for name in _SHARED}
    new = Proposal(split_from=proposal, form_key=uuid.uuid4(), **fields)
    new.full_clean(validate_constraints=False)
    new.save()
    for change in changes:
        change.proposal = new
        change.save()
    classify(new)
    new.save()
    new.fixes.set(proposal.fixes.filter(entry__changes__in=changes))
    return new
