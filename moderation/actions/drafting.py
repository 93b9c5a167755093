"""What authors do: draft, amend, send, withdraw, pick up again."""

import uuid

from guide_site.core import history
from moderation import policies
from moderation.actions.asking import ask_owners
from moderation.actions.base import Refused, changed, classify, move, refuse, reread
from moderation.actions.collecting import collect_changes, points_at, remove_change_row
from moderation.actions.deciding import is_merged, take_approval
from moderation.models import Change, Event, Operation, Proposal
from moderation.states import Status


def save_draft(*, by, form_key, texts, changes, into=None, builds_on=None):
    """Keep what was typed, as a draft of `by` or in their proposal `into`; return the proposal.

    texts      title, why, sources, affiliation; `into` has a title of its own
    changes    fields of each Change. One may hold a “key”, and a later one {"new": key} as
               section, parent or after: a place that the first adds
    builds_on  another proposal whose words the author started from

    The same `form_key` again is the same proposal, never a second one: a double click finds
    it, and a form that was sent again with other words amends it.
    """
    with history.writing():
        made = into or Proposal.objects.filter(form_key=form_key).first()
        if made and not into and made.author_id != by.pk:
            made, form_key = None, uuid.uuid4()  # somebody else used this browser before
        if made is None:
            refuse(policies.why_not_propose(by))
            made = Proposal(author=by, form_key=form_key, builds_on=builds_on, version=0, **texts)
            made.full_clean(validate_constraints=False)
            made.save()
            differs = True
        else:
            reread(made)
            differs = _add_texts(made, texts) if into else _set_texts(made, texts)
        collected = collect_changes(made, changes, form_key=form_key)
        if differs or collected.differs:
            refuse(policies.why_not_amend(by, made))
            for change in collected.written:
                _refuse_retired(change, by)
            _changed(made, by=by)
    return made


def amend(proposal, *, by, version, texts=None, change=None, base=None, proposed=None):
    """Change the texts of a proposal, or what `change` proposes, or both.

    version  the one that the author saw
    base     what the guide held when they saw it

    True if anything differs: then it is a new version, and approvals of the old one lapse.
    """
    with history.writing():
        reread(proposal)
        differs = _set_texts(proposal, texts or {})
        if change:
            change = proposal.changes.filter(pk=change.pk).first()
            if change is None:
                raise Refused("This change was removed in another window: your text is kept here.")
            if (change.base, change.proposed) != (base, proposed):
                change.base, change.proposed, differs = base, proposed, True
        if differs:
            refuse(policies.why_not_amend(by, proposal, version))
            proposal.full_clean(validate_constraints=False)
            if change:
                change.save()
            _changed(proposal, by=by)
    return differs


def remove_change(change, *, by, version):
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


def send(proposal, *, by):
    """Open a draft, or one that came back with requests, for review.

    A moderator's own trivial edit is approved by sending it. Returns True if that merged it.
    Raises Conflicts if it stays open because the guide changed meanwhile.
    """
    with history.writing():
        reread(proposal)
        refuse(policies.why_not_send(by, proposal))
        if proposal.class_set_by is None:
            classify(proposal)
        at_once = policies.publishes_at_once(by, proposal)
        if not at_once:
            ask_owners(proposal)
        move(proposal, Status.OPEN, Event.What.OPENED, by=by)
        problem = take_approval(proposal, by=by) if at_once else None
        if problem:
            ask_owners(proposal)
    return is_merged(proposal, problem)


def withdraw(proposal, *, by):
    """Take a proposal back; its text stays readable."""
    with history.writing():
        reread(proposal)
        refuse(policies.why_not_withdraw(by, proposal))
        move(proposal, Status.WITHDRAWN, Event.What.WITHDRAWN, by=by)


def reopen(proposal, *, by):
    """Pick a withdrawn proposal up again: a draft as a draft, what was sent as open."""
    with history.writing():
        reread(proposal)
        refuse(policies.why_not_reopen(by, proposal))
        state = Status.OPEN if proposal.opened_at else Status.DRAFT
        move(proposal, state, Event.What.REOPENED, by=by)


def _changed(proposal, *, by):
    """`changed`; who is needed for an open one by now is asked, and told with it."""
    if proposal.is_open:
        classify(proposal)
        ask_owners(proposal)
    changed(proposal, by=by)


def _set_texts(proposal, texts):
    """Give a proposal other texts; True if one differs."""
    differs = {name for name, text in texts.items() if getattr(proposal, name) != text}
    for name in differs:
        setattr(proposal, name, texts[name])
    return bool(differs)


def _add_texts(proposal, texts):
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
    for name in ("why", "affiliation"):
        limit = Proposal._meta.get_field(name).max_length
        if len(added[name]) > limit:
            raise Refused(f"Together with what is there, “{name}” is over {limit} characters.")
    return _set_texts(proposal, added)


def _refuse_retired(change: Change, by):
    """Nobody changes what is retired, except to restore it."""
    if change.entry and change.operation != Operation.RESTORE:
        reread(change.entry)
        refuse(policies.why_not_change(by, change.entry))
