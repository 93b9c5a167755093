"""What authors do: draft, amend, send, withdraw."""

import uuid

from guide_site.core import history
from moderation import policies
from moderation.actions.asking import ask_owners
from moderation.actions.steps import lock, log, move, refuse
from moderation.models import Change, Event, Proposal
from moderation.states import Status


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
        refuse(policies.why_not_propose(by))
        if change.get("entry"):
            change["entry"].refresh_from_db()
            refuse(policies.why_not_change(by, change["entry"]))
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
        lock(proposal)
        refuse(policies.why_not_amend(by, proposal))
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
            log(proposal, Event.What.AMENDED, by=by)


def send(proposal, *, by):
    """Open a draft, or one that came back with requests, for review."""
    with history.writing():
        lock(proposal)
        refuse(policies.why_not_send(by, proposal))
        ask_owners(proposal)
        move(proposal, Status.OPEN, Event.What.OPENED, by=by)


def withdraw(proposal, *, by):
    """Take a proposal back; its text stays readable."""
    with history.writing():
        lock(proposal)
        refuse(policies.why_not_withdraw(by, proposal))
        move(proposal, Status.WITHDRAWN, Event.What.WITHDRAWN, by=by)
