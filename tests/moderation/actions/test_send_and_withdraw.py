"""What the author does with a proposal: send it, take it back."""

import pytest

from moderation import actions
from moderation.models import Event, Proposal
from moderation.states import AMENDABLE, CLOSED, Status
from tests import factories
from tests.moderation.helpers import in_state, state_of

pytestmark = pytest.mark.django_db
STEPS = [actions.send, actions.withdraw]


def log(proposal):
    """The events of a proposal as (what, from, to, by)."""
    return [(e.what, e.old, e.new, e.by) for e in proposal.events.all()]


def test_a_draft_that_is_sent_waits_for_review():
    proposal = in_state(Status.DRAFT)
    actions.send(proposal, by=proposal.author)
    assert list(Proposal.objects.open()) == [proposal]
    assert proposal.opened_at
    assert log(proposal) == [(Event.What.OPENED, "draft", "open", proposal.author)]


def test_one_that_came_back_is_sent_again_and_keeps_its_age(editor):
    proposal = factories.proposal()
    opened = proposal.opened_at
    actions.request_changes(proposal, by=editor, version=1, note="Shorter.")
    actions.send(proposal, by=proposal.author)
    assert (proposal.status, proposal.opened_at) == (Status.OPEN, opened)
    assert log(proposal)[-1] == (Event.What.OPENED, "changes", "open", proposal.author)


def test_sending_twice_is_refused_and_changes_nothing():
    proposal = factories.proposal()
    before = state_of(proposal)
    with pytest.raises(actions.Refused, match="sent already: it waits for review"):
        actions.send(proposal, by=proposal.author)
    assert state_of(proposal) == before


def test_one_with_a_stale_copy_in_hand_cannot_send_twice():
    proposal = in_state(Status.DRAFT)
    stale = Proposal.objects.get(pk=proposal.pk)
    actions.send(proposal, by=proposal.author)
    with pytest.raises(actions.Refused, match="sent already"):
        actions.send(stale, by=proposal.author)


@pytest.mark.parametrize("status", AMENDABLE)
def test_a_proposal_is_withdrawn_and_its_text_stays(status):
    proposal = in_state(status)
    actions.withdraw(proposal, by=proposal.author)
    assert proposal.status == Status.WITHDRAWN
    assert (proposal.closed_by, bool(proposal.closed_at)) == (proposal.author, True)
    assert proposal.changes.get().proposed["body"] == "Use roles, never keys."
    assert log(proposal) == [(Event.What.WITHDRAWN, status, "withdrawn", proposal.author)]


@pytest.mark.parametrize("status", CLOSED)
@pytest.mark.parametrize("step", STEPS)
def test_what_is_closed_is_refused_and_stays(status, step):
    proposal = in_state(status)
    before = state_of(proposal)
    with pytest.raises(actions.Refused, match="This proposal is closed"):
        step(proposal, by=proposal.author)
    assert state_of(proposal) == before


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("status", [Status.DRAFT, Status.OPEN])
def test_nobody_else_may(lead, step, status):
    proposal = in_state(status)
    before = state_of(proposal)
    with pytest.raises(actions.Refused, match="Only its author"):
        step(proposal, by=lead)
    assert state_of(proposal) == before
