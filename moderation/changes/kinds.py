"""What one change means, whatever it is about: merge it with the guide, publish it."""

from __future__ import annotations

from moderation.changes import entry, guide, legend_tag, offering, section, service
from moderation.changes.field_types import UnknownOperation, Values
from moderation.changes.handlers import Handler, SubjectChanges
from moderation.changes.merge import Merged
from moderation.changes.references import FROM_DATABASE, References, Waits
from moderation.changes.targets import target
from moderation.models import Change, Operation, Proposal, Subject

BY_SUBJECT: dict[Subject, SubjectChanges] = {
    Subject.ENTRY: entry,
    Subject.SECTION: section,
    Subject.SERVICE: service,
    Subject.OFFERING: offering,
    Subject.LEGEND_TAG: legend_tag,
    Subject.GUIDE: guide,
}


def merged(change: Change, references: References = FROM_DATABASE) -> Merged:
    """The change merged into the guide as it stands now. Raises Gone.

    references   finds the places that the change names
    """
    if other := awaited(change, references):
        raise Waits(other)
    return handler(change).merged(change, references)


def awaited(change: Change, references: References = FROM_DATABASE) -> Proposal | None:
    """The other proposal that adds the place where a change goes, until that is there.

    A part of a proposal that was accepted took the addition along.
    """
    for value in change.proposed.values():
        adding = references.change(value) if isinstance(value, dict) else None
        if adding and adding.proposal_id != change.proposal_id and target(adding) is None:
            return adding.proposal
    return None


def publish(change: Change, values: Values) -> None:
    """Write the merged `values` to the guide. The caller holds `history.revision()`.

    Raises Gone, Pending, or ValidationError if the guide cannot hold them.
    """
    handler(change).publish(change, values)


def is_done(change: Change, values: Values) -> bool:
    """True if the guide holds what the change proposes already: it needs no new version."""
    return handler(change).is_done(change, values)


def handler(change: Change) -> Handler:
    """Who knows the operation of this change. Raises UnknownOperation."""
    try:
        return BY_SUBJECT[Subject(change.subject)].HANDLERS[Operation(change.operation)]
    except (KeyError, ValueError):
        raise UnknownOperation(
            f"Nothing publishes the operation “{change.operation}” of “{change.subject}”."
        ) from None
