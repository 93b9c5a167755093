"""The step from an approved proposal to the guide."""

from typing import Any

import reversion
from django.core.exceptions import ValidationError

from guide_site.core import history
from guide_site.models import User
from moderation.actions.base import log, move
from moderation.actions.reporting import settle_reports
from moderation.actions.values import Outcome
from moderation.changes import conflicts, kinds
from moderation.changes.references import Gone, Pending
from moderation.models import Change, EventKind, MergeNote, Proposal
from moderation.states import Status


class _DoesNotMerge(Exception):
    """The guide has changed since; the message says what is in the way."""


def publish(proposal: Proposal, *, by: User) -> Outcome:
    """Publish every change as one revision, or none of them and say what is in the way.

    The caller holds the transaction and has asked the policy.
    """
    try:
        _write(proposal, _merged(proposal))
    except _DoesNotMerge as reason:
        return Outcome(problem=str(reason))
    move(proposal, Status.MERGED, EventKind.MERGED, by=by)
    settle_reports(proposal, by=by)
    for other, problem in conflicts.caused_by(proposal):
        note = f"Proposal {proposal.pk} was merged. {problem}"
        log(other, EventKind.CONFLICT, by=by, note=note)
    return Outcome(is_merged=True)


def _merged(proposal: Proposal) -> list[tuple[Change, dict[str, Any]]]:
    """[(change, its values merged with the guide as it stands now)]. Raises _DoesNotMerge."""
    ready = []
    for change in proposal.changes.select_related("entry", "section"):
        try:
            result = kinds.merged(change)
        except Gone as gone:
            raise _DoesNotMerge(gone) from gone
        if result.conflicts:
            raise _DoesNotMerge(conflicts.describe(result.conflicts))
        ready.append((change, result.values))
    return ready


def _write(proposal: Proposal, ready: list[tuple[Change, dict[str, Any]]]) -> None:
    """Write merged changes as one revision. Raises _DoesNotMerge, and nothing is written."""
    try:
        with history.revision(by=proposal.author, comment=proposal.title):
            for change, values in ready:
                if not kinds.is_done(change, values):
                    kinds.publish(change, values)
            reversion.add_meta(MergeNote, proposal=proposal)
    except ValidationError as error:
        raise _DoesNotMerge(" ".join(error.messages)) from error
    except (Gone, Pending) as error:
        late = "It points at an addition that comes later in the same proposal."
        raise _DoesNotMerge(str(error) or late) from error
