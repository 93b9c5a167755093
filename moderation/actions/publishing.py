"""The step from an approved proposal to the guide."""

import datetime
from typing import Any

import reversion
from django.core.exceptions import ValidationError

from guide_site.core import history
from guide_site.models import User
from moderation.actions.base import log, move
from moderation.actions.pictures import publish_pictures
from moderation.actions.reporting import settle_reports
from moderation.actions.values import Outcome
from moderation.changes import conflicts, credits, elsewhere, kinds
from moderation.changes.origin import brought_by
from moderation.changes.references import Gone, Pending, Waits
from moderation.models import Change, EventKind, MergeNote, Proposal
from moderation.states import Status


class _DoesNotMerge(Exception):
    """The guide has changed since; the message says what is in the way."""


def publish(proposal: Proposal, *, by: User, note: str = "") -> Outcome:
    """Publish every change as one revision, or none of them and say what is in the way.

    note  what the log says of the merge

    If the guide has all of it already there is nothing to publish: the proposal is closed as
    such. The caller holds the transaction and has asked the policy.
    """
    try:
        ready = _merged(proposal)
        if all(kinds.is_done(change, values) for change, values in ready):
            return _close_as_there(proposal, by=by, note=note)
        written = _write(proposal, ready)
    except _DoesNotMerge as reason:
        return Outcome(problem=str(reason), waits=isinstance(reason.__cause__, Waits))
    if written is None:
        return _close_as_there(proposal, by=by, note=note)
    written.editors.set(credits.editors([change for change, _ in ready]))
    move(proposal, Status.MERGED, EventKind.MERGED, by=by, note=note)
    settle_reports(proposal, by=by)
    for other, problem in conflicts.caused_by(proposal):
        found = f"Proposal {proposal.pk} was merged. {problem}"
        log(other, EventKind.CONFLICT, by=by, note=found)
    return Outcome(is_merged=True)


def _close_as_there(proposal: Proposal, *, by: User, note: str) -> Outcome:
    proposal.found_in_id = brought_by(proposal)
    same = f"Revision {proposal.found_in_id} brought the same." if proposal.found_in_id else ""
    said = " ".join(filter(None, [note, same]))
    move(proposal, Status.ALREADY, EventKind.ALREADY, by=by, note=said)
    settle_reports(proposal, by=by)
    return Outcome(is_there=True)


def _merged(proposal: Proposal) -> list[tuple[Change, dict[str, Any]]]:
    """[(change, its values merged with the guide as it stands now)]. Raises _DoesNotMerge."""
    ready = []
    for change in proposal.changes.select_related("entry", "section"):
        if found := elsewhere.instead_of(change):
            raise _DoesNotMerge(found.sentence)
        try:
            result = kinds.merged(change)
        except Gone as gone:
            raise _DoesNotMerge(gone) from gone
        if result.conflicts:
            raise _DoesNotMerge(conflicts.describe(change, result.conflicts))
        ready.append((change, result.values))
    return ready


def _write(proposal: Proposal, ready: list[tuple[Change, dict[str, Any]]]) -> MergeNote | None:
    """Write merged changes as one revision; returns its note, or None if nothing differed.

    Raises _DoesNotMerge, and nothing is written.
    """
    try:
        with history.revision(by=proposal.author, comment=proposal.title):
            for change, values in ready:
                if not kinds.is_done(change, values):
                    kinds.publish(change, values)
            texts = (values for _, values in ready)
            publish_pictures(texts, _authors(proposal, ready), _written(proposal))
            reversion.add_meta(MergeNote, proposal=proposal)
    except ValidationError as error:
        raise _DoesNotMerge(" ".join(error.messages)) from error
    except (Gone, Pending) as error:
        late = "It points at an addition that comes later in the same proposal."
        raise _DoesNotMerge(str(error) or late) from error
    return MergeNote.objects.filter(proposal=proposal).first()


def _written(proposal: Proposal) -> datetime.datetime | None:
    """When the text got the form that reviewers see; None if the log does not say it."""
    forms = (EventKind.OPENED, EventKind.AMENDED, EventKind.EDITED, EventKind.SPLIT)
    events = proposal.events.filter(what__in=forms)
    return events.order_by("-pk").values_list("at", flat=True).first()


def _authors(proposal: Proposal, ready: list[tuple[Change, dict[str, Any]]]) -> set[int]:
    """Those who wrote words of a proposal: their pictures come with it."""
    editors = {editor.pk for editor in credits.editors([change for change, _ in ready])}
    on = proposal.builds_on.author_id if proposal.builds_on else None
    return {pk for pk in (proposal.author_id, on, *editors) if pk}
