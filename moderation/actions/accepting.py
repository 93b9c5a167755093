"""Accepting a part of a proposal: the rest stays open as a proposal of its own."""

import uuid

from guide_site.core import history
from moderation import policies
from moderation.actions.asking import ask_owners
from moderation.actions.base import changed, classify, log, refuse, reread
from moderation.actions.deciding import is_merged, take_approval
from moderation.models import Event, Proposal

_SHARED = ("author", "title", "why", "sources", "affiliation", "status", "opened_at")
_SHARED += ("builds_on", "reverts")  # their merges ask for these


def accept_some(proposal, *, by, version, accepted, note="", checklist=()):
    """Approve the changes with the primary keys `accepted`; the others become a new proposal.

    Returns (the new proposal, True if the accepted part was merged). Raises Conflicts as
    `approve` does: the parts stay apart then.
    """
    with history.writing():
        reread(proposal)
        refuse(policies.why_not_accept_some(by, proposal, version))
        accepted = set(accepted)
        rest = [change for change in proposal.changes.all() if change.pk not in accepted]
        refuse(_why_not_apart(proposal, accepted, rest))
        new = _split_off(proposal, rest)
        told = f"{len(rest)} of its changes went to proposal {new.pk}."
        changed(proposal, by=by, what=Event.What.SPLIT, note=told)
        ask_owners(new)
        log(new, Event.What.SPLIT, by=by, note=f"It came out of proposal {proposal.pk}.")
        problem = take_approval(proposal, by=by, note=note, checklist=checklist)
    return new, is_merged(proposal, problem)


def _why_not_apart(proposal, accepted, rest):
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


def _needs(change):
    """Primary keys of the changes whose additions this one points at."""
    return {value["change"] for value in change.proposed.values() if isinstance(value, dict)}


def _split_off(proposal, changes):
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
