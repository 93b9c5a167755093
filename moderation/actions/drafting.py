"""What authors do: draft, amend, send, withdraw, pick up again."""

import uuid
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from guide_site.core import history
from guide_site.models import User
from moderation import policies
from moderation.actions.asking import ask_owners
from moderation.actions.base import (
    Refused,
    changed,
    classify,
    log,
    move,
    refuse,
    refuse_text,
    reread,
)
from moderation.actions.collecting import (
    ChangeFields,
    collect_changes,
    points_at,
    remove_change_row,
)
from moderation.actions.deciding import approve_and_publish
from moderation.actions.reporting import set_fixes
from moderation.actions.values import ChangeEdit, Fixes, Outcome
from moderation.models import (
    MAX_AFFILIATION,
    MAX_WHY,
    Change,
    EventKind,
    Operation,
    Proposal,
)
from moderation.states import CLOSED, Status

Texts = Mapping[str, Any]  # fields of a Proposal: title, why, sources, affiliation …

# Notes of the log
FIXES = "Which reports it fixes."
CONTENT_AND_FIXES = "Also which reports it fixes."


def save_draft(
    *,
    by: User,
    form_key: UUID,
    texts: Texts,
    changes: Iterable[ChangeFields],
    into: Proposal | None = None,
    builds_on: Proposal | None = None,
    fixes: Fixes | None = None,
) -> Proposal:
    """Save what was typed, as a draft of `by` or in their proposal `into`; return the proposal.

    texts      title, why, sources, affiliation; `into` has a title of its own
    changes    fields of each Change. One may hold a “key”, and a later one {"new": key} as
               section, parent or after: a place that the first adds
    builds_on  another proposal whose words the author started from
    fixes      the reports that a merge closes; those of `into` stay

    The same `form_key` again is the same proposal, never a second one: a double click finds
    it, and a form that was sent again with other words amends it, or makes a new one if it is
    closed. Raises Refused, and then nothing is saved.
    """
    typed = [dict(fields) for fields in changes]
    with history.writing():
        while True:
            made = into or Proposal.objects.filter(form_key=form_key).first()
            if made and not into and made.author_id != by.pk:
                made, form_key = None, uuid.uuid4()  # somebody else used this browser before
            if made is None:
                refuse(policies.why_not_propose(by))
                made = _new(by, form_key, texts, builds_on)
            try:
                with transaction.atomic():
                    _fill(made, typed, by, form_key, texts, fixes, adds=into is not None)
                return made
            except _Closed:  # the next form of this chain, also for a double click
                form_key = uuid.uuid5(form_key, "next")


class _Closed(Exception):
    """What was typed differs from the proposal of the form, which is closed."""


def _new(by: User, form_key: UUID, texts: Texts, builds_on: Proposal | None) -> Proposal:
    made = Proposal(author=by, form_key=form_key, builds_on=builds_on, version=0, **texts)
    made.full_clean(validate_constraints=False)
    made.save()
    return made


def _fill(
    made: Proposal,
    changes: Iterable[ChangeFields],
    by: User,
    form_key: UUID,
    texts: Texts,
    fixes: Fixes | None,
    *,
    adds: bool,
) -> None:
    """Write what was typed into a proposal, if it differs.

    adds   True if it joins what the proposal has; else the proposal is that of the form

    Raises Refused, and _Closed where the form has to make another proposal.
    """
    differs = made.version == 0
    if not differs:
        reread(made)
        differs = _add_texts(made, texts) if adds else _set_texts(made, texts)
    collected = collect_changes(made, changes, form_key=form_key)
    fixes_differ = set_fixes(made, fixes, adds=adds)
    if differs or collected.differs or fixes_differ:
        if made.status in CLOSED and not adds:
            raise _Closed
        refuse(policies.why_not_amend(by, made))
        _refuse_impossible(collected.written, by)
    _log_amended(made, by=by, content=differs or collected.differs, fixes=fixes_differ)


def amend(
    proposal: Proposal,
    *,
    by: User,
    version: int,
    texts: Texts | None = None,
    edit: ChangeEdit | None = None,
    fixes: Fixes | None = None,
) -> bool:
    """Change the texts of a proposal, what one of its changes proposes, or which reports it fixes.

    version  the one that the author saw

    Returns True if anything differs. Other texts or contents are a new version, and approvals
    of the old one lapse; with other reports alone they stay. Raises Refused.
    """
    with history.writing():
        reread(proposal)
        differs = _set_texts(proposal, texts or {})
        edited = _edited(proposal, edit) if edit else None
        fixes_differ = set_fixes(proposal, fixes)
        if differs or edited or fixes_differ:
            refuse(policies.why_not_amend(by, proposal, version))
            proposal.full_clean(validate_constraints=False)
        if edited:
            edited.save()
        content_differs = differs or edited is not None
        _log_amended(proposal, by=by, content=content_differs, fixes=fixes_differ)
    return content_differs or fixes_differ


def remove_change(change: Change, *, by: User, version: int) -> None:
    """Take one of several changes out of a proposal."""
    proposal = change.proposal
    with history.writing():
        reread(proposal)
        refuse(policies.why_not_amend(by, proposal, version))
        others = proposal.changes.exclude(pk=change.pk)
        if not others:
            raise Refused("It is the only change of this proposal: withdraw the proposal instead.")
        if any(points_at(other, change) for other in others):
            raise Refused("Another change goes to a place that this one adds: remove that first.")
        remove_change_row(change)
        _changed(proposal, by=by)


def send(proposal: Proposal, *, by: User) -> Outcome:
    """Open a draft, or one that came back with requests, for review.

    A moderator's own trivial edit is approved by sending it. The Outcome has a problem if that
    did not merge it, because the guide changed meanwhile: it stays open. Raises Refused.
    """
    with history.writing():
        reread(proposal)
        refuse(policies.why_not_send(by, proposal))
        if proposal.class_set_by is None:
            classify(proposal)
        at_once = policies.publishes_at_once(by, proposal)
        if not at_once:
            ask_owners(proposal)
        move(proposal, Status.OPEN, EventKind.OPENED, by=by)
        outcome = approve_and_publish(proposal, by=by) if at_once else Outcome()
        if outcome.problem:
            ask_owners(proposal)
    return outcome


def withdraw(proposal: Proposal, *, by: User) -> None:
    """Take a proposal back; its text stays readable."""
    with history.writing():
        reread(proposal)
        refuse(policies.why_not_withdraw(by, proposal))
        move(proposal, Status.WITHDRAWN, EventKind.WITHDRAWN, by=by)


def reopen(proposal: Proposal, *, by: User) -> None:
    """Pick a withdrawn proposal up again: a draft as a draft, what was sent as open."""
    with history.writing():
        reread(proposal)
        refuse(policies.why_not_reopen(by, proposal))
        state = Status.OPEN if proposal.opened_at else Status.DRAFT
        move(proposal, state, EventKind.REOPENED, by=by)


def _changed(proposal: Proposal, *, by: User, note: str = "") -> None:
    """`changed`; the people who are needed for an open one by now are asked, and told with it."""
    if proposal.is_open:
        classify(proposal)
        ask_owners(proposal)
    changed(proposal, by=by, note=note)


def _log_amended(proposal: Proposal, *, by: User, content: bool, fixes: bool) -> None:
    """End what amended a proposal, with one line of the log.

    content  True if its texts or changes differ: it is a new version
    fixes    True if it fixes other reports: approvals stay, because no text differs
    """
    if content:
        _changed(proposal, by=by, note=CONTENT_AND_FIXES if fixes else "")
    elif fixes and not proposal.is_draft:
        log(proposal, EventKind.AMENDED, by=by, note=FIXES)


def _edited(proposal: Proposal, edit: ChangeEdit) -> Change | None:
    """The change with its other contents, not saved yet; None if it has them already."""
    change = proposal.changes.filter(pk=edit.change.pk).first()
    if change is None:
        raise Refused("This change was removed in another window: your text is kept here.")
    if (change.base, change.proposed) == (edit.base, edit.proposed):
        return None
    change.base, change.proposed = edit.base, edit.proposed
    refuse_text(change)
    return change


def _set_texts(proposal: Proposal, texts: Texts) -> bool:
    """Give a proposal other texts; True if one differs."""
    differs = {name for name, text in texts.items() if getattr(proposal, name) != text}
    for name in differs:
        setattr(proposal, name, texts[name])
    return bool(differs)


def _add_texts(proposal: Proposal, texts: Texts) -> bool:
    """Add what was typed with one more change to a proposal that has texts; True if it differs."""
    title, why = texts.get("title", ""), texts.get("why", "")
    new = [line for line in (title, why) if line not in f"{proposal.title}\n{proposal.why}"]
    sources = [line for line in texts.get("sources", []) if line not in proposal.sources]
    known, declared = proposal.affiliation, texts.get("affiliation", "")
    added = {
        "why": "\n\n".join(filter(None, [proposal.why, *new])),
        "sources": [*proposal.sources, *sources],
        "affiliation": known if declared in known else f"{known}; {declared}".removeprefix("; "),
    }
    for name, limit in (("why", MAX_WHY), ("affiliation", MAX_AFFILIATION)):
        if len(added[name]) > limit:
            raise Refused(f"Together with what is there, “{name}” is over {limit} characters.")
    return _set_texts(proposal, added)


def _refuse_impossible(changes: Iterable[Change], by: User) -> None:
    """Raise Refused if one of the changes is about a retired entry, except to restore it.

    Also if it writes a text that follows facts.
    """
    for change in changes:
        refuse_text(change)
        if change.entry and change.operation != Operation.RESTORE:
            reread(change.entry)
            refuse(policies.why_not_change(by, change.entry))
