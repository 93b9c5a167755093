"""The step from an approved proposal to the guide."""

import reversion
from django.core.exceptions import ValidationError

from guide_site.core import history
from moderation.actions import reporting
from moderation.actions.base import log, move
from moderation.changes import conflicts, kinds, references
from moderation.changes.references import Gone, Pending
from moderation.models import Event, MergeNote
from moderation.states import Status


def publish(proposal, *, by):
    """Publish every change as one revision, or none of them and say which words conflict."""
    ready = []
    for change in proposal.changes.select_related("entry", "section"):
        try:
            result = kinds.merged(change)
        except references.Gone as gone:
            return str(gone)
        if result.conflicts:
            return conflicts.describe(result.conflicts)
        ready.append((change, result.values))
    try:
        with history.revision(by=proposal.author, comment=proposal.title):
            for change, values in ready:
                if not kinds.is_done(change, values):
                    kinds.publish(change, values)
            reversion.add_meta(MergeNote, proposal=proposal)
    except ValidationError as error:  # the revision is rolled back, the approval is not
        return " ".join(error.messages)
    except (Gone, Pending) as error:
        return str(error) or "It points at an addition that comes later in the same proposal."
    move(proposal, Status.MERGED, Event.What.MERGED, by=by)
    reporting.settle(proposal, by=by)
    for other, problem in conflicts.caused_by(proposal):
        note = f"Proposal {proposal.pk} was merged. {problem}"
        log(other, Event.What.CONFLICT, by=by, note=note)
    return None
