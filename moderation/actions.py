"""What people do to proposals: each function is one transaction with one writer.

A refused action changes nothing and raises Refused with a sentence for the person who asked.
"""

import datetime
import uuid

import reversion
from django.core.exceptions import ValidationError
from django.utils import timezone

from guide_site.core import history, markdown
from moderation import changes, policies
from moderation.models import Change, Comment, Event, MergeNote, Proposal, Review, Verdict
from moderation.references import Gone, Pending
from moderation.states import CLOSED, TRANSITIONS, Status

SAME_COMMENT = datetime.timedelta(seconds=30)


class Refused(Exception):
    """The rules say no; the message is meant for the person who asked."""


class Conflicts(Refused):
    """The approval stands, but the guide has changed: nothing was published."""


def save_draft(*, by, form_key, texts, change):
    """Keep what was typed as a draft of `by` and return its proposal.

    texts   title, why, sources, affiliation
    change  the fields of its one Change

    The same `form_key` again is the same proposal, never a second one: a double click finds
    it, and a form that was sent again with other words amends it.
    """
    with history.writing():
        made = Proposal.objects.filter(form_key=form_key).first()
        if made and made.author_id != by.pk:  # somebody else used this browser before
            made, form_key = None, uuid.uuid4()
        if made:
            same = made.changes.get().proposed == change["proposed"]
            if not same or any(getattr(made, name) != text for name, text in texts.items()):
                base, proposed = change["base"], change["proposed"]
                amend(made, by=by, texts=texts, base=base, proposed=proposed)
            return made
        _refuse(policies.why_not_propose(by))
        if change.get("entry"):
            change["entry"].refresh_from_db()
            _refuse(policies.why_not_change(by, change["entry"]))
        proposal = Proposal(author=by, form_key=form_key, **texts)
        proposal.full_clean(validate_constraints=False)
        proposal.save()
        Change.objects.create(proposal=proposal, **change)
    return proposal


def amend(proposal, *, by, texts, base=None, proposed=None):
    """Change the texts of a proposal, and what its one change proposes if that is given.

    base: what the guide held when the author saw it. Approvals of the old version lapse.
    """
    with history.writing():
        _lock(proposal)
        _refuse(policies.why_not_amend(by, proposal))
        for name, value in texts.items():
            setattr(proposal, name, value)
        proposal.version += 1
        proposal.full_clean(validate_constraints=False)
        proposal.save()
        if proposed is not None:
            change = proposal.changes.get()
            change.base, change.proposed = base, proposed
            change.save()
        if not proposal.is_draft:
            _log(proposal, Event.What.AMENDED, by=by)


def send(proposal, *, by):
    """Open a draft, or one that came back with requests, for review."""
    with history.writing():
        _lock(proposal)
        _refuse(policies.why_not_send(by, proposal))
        _move(proposal, Status.OPEN, Event.What.OPENED, by=by)


def withdraw(proposal, *, by):
    """Take a proposal back; its text stays readable."""
    with history.writing():
        _lock(proposal)
        _refuse(policies.why_not_withdraw(by, proposal))
        _move(proposal, Status.WITHDRAWN, Event.What.WITHDRAWN, by=by)


def approve(proposal, *, by, version, note=""):
    """Approve the `version` that was seen; the last approval needed publishes the proposal.

    Returns True if it was merged, False if approvals are missing. Raises Conflicts after
    keeping the approval if the guide changed in a way that does not merge.
    """
    with history.writing():
        _lock(proposal)
        _refuse(policies.why_not_decide(by, proposal, version))
        _review(proposal, Verdict.APPROVE, by=by, note=note)
        _log(proposal, Event.What.APPROVED, by=by, note=note)
        if policies.missing_approvals(proposal):
            return False
        problem = _publish(proposal, by=by)
        if problem:
            _log(proposal, Event.What.CONFLICT, by=by, note=problem)
    if problem:
        raise Conflicts(problem)
    return True


def request_changes(proposal, *, by, version, note):
    """Give the proposal back to its author with what should be different."""
    with history.writing():
        _lock(proposal)
        _refuse(policies.why_not_decide(by, proposal, version) or _missing(note))
        _review(proposal, Verdict.REQUEST_CHANGES, by=by, note=note)
        what = Event.What.CHANGES_REQUESTED
        _move(proposal, Status.CHANGES_REQUESTED, what, by=by, note=note)


def decline(proposal, *, by, version, note):
    """Close the proposal without publishing it, with a reason for everyone to read."""
    with history.writing():
        _lock(proposal)
        _refuse(policies.why_not_decide(by, proposal, version) or _missing(note))
        _review(proposal, Verdict.DECLINE, by=by, note=note)
        _move(proposal, Status.DECLINED, Event.What.DECLINED, by=by, note=note)


def comment(proposal, *, by, body):
    """Add a remark (Markdown) to the discussion of a proposal."""
    with history.writing():
        _lock(proposal)
        _refuse(policies.why_not_comment(by, proposal))
        if again := proposal.comments.filter(author=by).last():
            just_now = timezone.now() - again.at < SAME_COMMENT
            if just_now and again.body == body.strip():
                return again  # a double click
        made = Comment(proposal=proposal, author=by, body=body.strip())
        made.body_html = markdown.render(made.body)
        made.full_clean(validate_constraints=False)
        made.save()
        _log(proposal, Event.What.COMMENTED, by=by)
    return made


def _publish(proposal, *, by):
    """Publish every change as one revision, or none of them and say which words conflict."""
    ready = []
    for change in proposal.changes.select_related("entry", "section"):
        try:
            result = changes.merged(change)
        except changes.Gone as gone:
            return str(gone)
        if result.conflicts:
            return _describe(result.conflicts)
        ready.append((change, result.values))
    try:
        with history.revision(by=proposal.author, comment=proposal.title):
            for change, values in ready:
                if not changes.is_done(change, values):
                    changes.publish(change, values)
            reversion.add_meta(MergeNote, proposal=proposal)
    except ValidationError as error:  # the revision is rolled back, the approval is not
        return " ".join(error.messages)
    except (Gone, Pending) as error:
        return str(error) or "It points at an addition that comes later in the same proposal."
    _move(proposal, Status.MERGED, Event.What.MERGED, by=by)
    return None


def _describe(conflicts):
    clash = next(iter(conflicts.values()))[0]
    return (
        "The guide has changed since. Somebody made "
        f"“{clash.base.strip()}” into “{clash.current.strip()}”, the proposal makes it "
        f"“{clash.proposed.strip()}”."
    )


def _lock(proposal):
    """Read the row again: nobody else writes until the transaction ends."""
    proposal.refresh_from_db()


def _refuse(reason):
    if reason:
        raise Refused(reason)


def _missing(note):
    return None if note.strip() else "Say why: the author and everyone after will read it."


def _review(proposal, verdict, *, by, note):
    fields = {"verdict": verdict, "note": note.strip(), "at": timezone.now()}
    Review.objects.update_or_create(
        proposal=proposal, reviewer=by, version=proposal.version, defaults=fields
    )


def _move(proposal, new, what, *, by, note=""):
    old = Status(proposal.status)
    if new not in TRANSITIONS[old]:
        raise Refused(f"A proposal cannot go from “{old.label}” to “{new.label}”.")
    proposal.status = new
    if new == Status.OPEN and proposal.opened_at is None:
        proposal.opened_at = timezone.now()
    if new in CLOSED:
        proposal.closed_at, proposal.closed_by = timezone.now(), by
    proposal.save()
    _log(proposal, what, by=by, note=note, old=old)


def _log(proposal, what, *, by, note="", old=None):
    Event.objects.create(
        proposal=proposal,
        what=what,
        old=old or proposal.status,
        new=proposal.status,
        by=by,
        note=note.strip(),
    )
