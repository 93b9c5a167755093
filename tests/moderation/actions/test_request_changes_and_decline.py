"""The two decisions against a proposal: both need a reason that everyone can read."""

import pytest

from guide_site.core import history
from moderation import actions
from moderation.models import Event, Proposal
from moderation.states import Status
from tests import factories
from tests.moderation.helpers import in_state, state_of

pytestmark = pytest.mark.django_db
BOTH = [actions.request_changes, actions.decline]


def refuse(decide, proposal, by, *, note="No source.", version=None):
    decide(proposal, by=by, version=version or proposal.version, note=note)


@pytest.mark.parametrize(
    ("decide", "status", "what"),
    [
        (actions.request_changes, Status.CHANGES_REQUESTED, Event.What.CHANGES_REQUESTED),
        (actions.decline, Status.DECLINED, Event.What.DECLINED),
    ],
)
def test_it_is_logged_with_who_and_why(editor, decide, status, what):
    proposal = factories.proposal()
    refuse(decide, proposal, editor, note="  No source.  ")
    event, review = proposal.events.get(), proposal.reviews.get()
    assert (event.what, event.old, event.new) == (what, Status.OPEN, status)
    assert (event.by, event.note) == (editor, "No source.")
    assert (review.reviewer, review.note, review.version) == (editor, "No source.", 1)


def test_a_declined_one_is_closed_by_the_reviewer(editor):
    proposal = factories.proposal()
    refuse(actions.decline, proposal, editor)
    assert (proposal.closed_by, bool(proposal.closed_at)) == (editor, True)


def test_one_with_requests_goes_on(editor):
    proposal = factories.proposal()
    refuse(actions.request_changes, proposal, editor)
    assert (proposal.closed_by, proposal.closed_at) == (None, None)
    assert proposal not in Proposal.objects.open()


@pytest.mark.parametrize("decide", BOTH)
def test_nothing_is_published(editor, entry, decide):
    before = history.generation()
    refuse(decide, factories.proposal(entry), editor)
    entry.refresh_from_db()
    assert (history.generation(), entry.body) == (before, "One, two, three, four.")


@pytest.mark.parametrize("decide", BOTH)
@pytest.mark.parametrize("note", ["", "   ", "\n\t\r\n"])
def test_without_a_reason_it_is_refused(editor, decide, note):
    proposal = factories.proposal()
    before = state_of(proposal)
    with pytest.raises(actions.Refused, match="Say why"):
        refuse(decide, proposal, editor, note=note)
    assert state_of(proposal) == before


@pytest.mark.parametrize(
    ("decide", "status"),
    [
        (decide, status)
        for decide in BOTH
        for status in Status
        if status != Status.OPEN and (decide, status) != (actions.decline, "changes")
    ],
)
def test_only_open_ones_are_decided_on(editor, decide, status):
    proposal = in_state(status)
    before = state_of(proposal)
    said = r"Only open proposals|waits for its author|^Already (merged|declined|w|closed)"
    with pytest.raises(actions.Refused, match=said):
        refuse(decide, proposal, editor)
    assert state_of(proposal) == before


@pytest.mark.parametrize("decide", BOTH)
def test_nobody_decides_on_their_own(editor, decide):
    with pytest.raises(actions.Refused, match="ask another editor"):
        refuse(decide, factories.proposal(author=editor), editor)


@pytest.mark.parametrize("decide", BOTH)
def test_an_expert_may_not(expert, decide):
    with pytest.raises(actions.Refused, match="Only editors and leads"):
        refuse(decide, factories.proposal(), expert)


@pytest.mark.parametrize("decide", BOTH)
def test_the_version_must_be_the_one_that_was_seen(editor, decide):
    proposal = factories.proposal(version=2)
    before = state_of(proposal)
    with pytest.raises(actions.Refused, match="while you were reading"):
        refuse(decide, proposal, editor, version=1)
    assert state_of(proposal) == before


def test_a_reviewer_may_come_to_another_verdict_on_the_same_version(editor):
    proposal = factories.proposal()
    refuse(actions.request_changes, proposal, editor)
    actions.send(proposal, by=proposal.author)
    assert not actions.approve(proposal, by=editor, version=1).is_merged
    assert proposal.reviews.get().verdict == "approve"


def test_the_log_keeps_every_step_in_order(editor):
    proposal = in_state(Status.DRAFT)
    actions.send(proposal, by=proposal.author)
    refuse(actions.request_changes, proposal, editor)
    actions.send(proposal, by=proposal.author)
    refuse(actions.decline, proposal, editor)
    steps = [(event.old, event.new) for event in proposal.events.all()]
    assert steps == [
        ("draft", "open"),
        ("open", "changes"),
        ("changes", "open"),
        ("open", "declined"),
    ]
