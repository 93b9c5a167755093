"""The steps that every action takes: reread the row, ask the policy, move on, log."""

from django.db.models import Model
from django.utils import timezone

from entries.models import LegendTag
from guide_site.core import history
from guide_site.models import User
from moderation import policies
from moderation.changes import elsewhere
from moderation.changes.elsewhere import Elsewhere
from moderation.models import Change, Event, EventKind, Proposal
from moderation.notifications import notifying
from moderation.states import CLOSED, TRANSITIONS, Status


class Refused(Exception):
    """The rules say no; the message is meant for the person who asked.

    instead  where it is done, if it is done elsewhere
    """

    def __init__(self, message: object, instead: Elsewhere | None = None) -> None:
        super().__init__(message)
        self.instead = instead


def reread(row: Model) -> None:
    """Read a row again, as the last writer left it: nobody writes until the transaction ends.

    Raises history.OutsideWriting without `history.writing()`, where this would not be true.
    """
    history.require_writing(f"Reading {row} again")
    row.refresh_from_db()


def refuse(reason: str | None) -> None:
    """Raise Refused with the sentence of a policy, if it has one."""
    if reason:
        raise Refused(reason)


def refuse_text(change: Change) -> None:
    """Raise Refused for a change of a text that follows facts: those are changed elsewhere."""
    if found := elsewhere.instead_of(change):
        raise Refused(found.sentence, instead=found)


def classify(proposal: Proposal) -> None:
    """Set the class that follows from the changes; what a reviewer said of other ones lapses.

    The caller saves the proposal.
    """
    risks = [tag.slug for tag in LegendTag.objects.all() if tag.key == policies.RISK]
    proposal.review_class = policies.class_of(proposal.changes.all(), risks)
    proposal.class_set_by, proposal.class_note = None, ""


def missing(note: str) -> str | None:
    """The sentence that asks for a reason, or None if there is one."""
    return None if note.strip() else "Say why: the author and everyone after will read it."


def move(proposal: Proposal, new: Status, what: EventKind, *, by: User, note: str = "") -> None:
    """Take the proposal to the state `new`, and log it.

    Raises Refused if the table of states has no such step.
    """
    old = Status(proposal.status)
    if new not in TRANSITIONS[old]:
        raise Refused(f"A proposal cannot go from “{old.label}” to “{new.label}”.")
    proposal.status = new
    if new == Status.OPEN and proposal.opened_at is None:
        proposal.opened_at = timezone.now()
    if new in CLOSED:
        proposal.closed_at, proposal.closed_by = timezone.now(), by
    else:
        proposal.closed_at = proposal.closed_by = None
    proposal.save()
    log(proposal, what, by=by, note=note, old=old)


def changed(
    proposal: Proposal, *, by: User, what: EventKind = EventKind.AMENDED, note: str = ""
) -> None:
    """Save a proposal whose texts or changes differ: everything that alters one ends here.

    It is a new version, so that approvals of the old one lapse, and its class is computed again.
    """
    proposal.version += 1
    classify(proposal)
    proposal.save()
    if not proposal.is_draft:
        log(proposal, what, by=by, note=note)


def log(
    proposal: Proposal,
    what: EventKind,
    *,
    by: User | None,
    note: str = "",
    old: Status | None = None,
) -> Event:
    """Write a line of the public log, tell whom it concerns, and return it.

    old: the state before this step, if it changed

    Every step of a proposal passes here. Raises history.OutsideWriting without
    `history.writing()`: a line of the log belongs to the transaction of its step.
    """
    history.require_writing(f"Logging “{what}”")
    event = Event.objects.create(
        proposal=proposal,
        what=what,
        old=old or proposal.status,
        new=proposal.status,
        by=by,
        note=note.strip(),
    )
    notifying.notify(event)
    return event
