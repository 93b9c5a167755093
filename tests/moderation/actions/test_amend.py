"""Amending: the proposal gets a new version, and approvals of the old one lapse."""

import pytest

from moderation import actions
from moderation.changes import versions
from moderation.models import Event, Proposal
from moderation.states import AMENDABLE, CLOSED, Status
from tests import factories
from tests.moderation.helpers import approve, assert_not_merged, in_state, state_of, texts

pytestmark = pytest.mark.django_db


def amend(proposal, by=None, body="One, two, three, V.", **words):
    """Give the proposal another text, made from what the guide holds now."""
    change = proposal.changes.select_related("entry").get()
    base = versions.snapshot(change.entry)
    edit = actions.ChangeEdit(change, base, base | {"body": body})
    seen = Proposal.objects.get(pk=proposal.pk).version
    author = by or proposal.author
    actions.amend(proposal, by=author, version=seen, texts=texts(**words), edit=edit)


@pytest.mark.parametrize("status", AMENDABLE)
def test_it_changes_the_words_and_counts_a_version(status):
    proposal = in_state(status)
    amend(proposal, body="Other words.", title="Better", why="So.")
    proposal.refresh_from_db()
    assert (proposal.title, proposal.why, proposal.version) == ("Better", "So.", 2)
    assert proposal.changes.get().proposed["body"] == "Other words."
    assert proposal.status == status


def test_reviewers_see_it_in_the_log():
    proposal = factories.proposal()
    amend(proposal)
    event = proposal.events.get()
    assert (event.what, event.by) == (Event.What.AMENDED, proposal.author)


def test_nobody_is_told_about_a_draft():
    proposal = in_state(Status.DRAFT)
    amend(proposal)
    assert not proposal.events.exists()


def test_an_approval_of_the_old_version_no_longer_counts(editor, entry):
    proposal = factories.proposal(entry, "One, two, three, five.")
    factories.edit(entry, "One, two, three, six.")
    assert_not_merged(approve(proposal, editor))
    amend(proposal)
    assert max(review.version for review in proposal.reviews.all()) < proposal.version
    with pytest.raises(actions.Refused, match="while you were reading"):
        actions.approve(proposal, by=editor, version=1)


def test_it_brings_a_conflicting_proposal_up_to_date(editor, entry):
    proposal = factories.proposal(entry, "One, two, three, five.")
    factories.edit(entry, "One, two, three, six.")
    amend(proposal, body="One, two, three, five or six.")
    assert approve(proposal, editor).is_merged
    entry.refresh_from_db()
    assert entry.body == "One, two, three, five or six."


@pytest.mark.parametrize("status", CLOSED)
def test_a_closed_one_stays_as_it_is(status):
    proposal = in_state(status)
    before = state_of(proposal)
    with pytest.raises(actions.Refused, match="This proposal is closed"):
        amend(proposal)
    assert state_of(proposal) == before


def test_not_even_a_lead_amends_for_others(lead):
    proposal = factories.proposal()
    before = state_of(proposal)
    with pytest.raises(actions.Refused, match="Only its author"):
        amend(proposal, by=lead)
    assert state_of(proposal) == before


def test_what_another_window_saved_is_not_overwritten():
    proposal = factories.proposal()
    amend(proposal, title="First window")
    change = proposal.changes.get()
    edit = actions.ChangeEdit(change, change.base, change.proposed | {"body": "2nd."})
    with pytest.raises(actions.Refused, match="changed in another window"):
        actions.amend(proposal, by=proposal.author, version=1, edit=edit)
    change.refresh_from_db()
    assert change.proposed["body"] == "One, two, three, V."


def test_a_double_click_on_save_counts_one_version():
    proposal = factories.proposal()
    for _ in range(2):
        new = {"version": 1, "texts": texts(title="Better")}
        actions.amend(Proposal.objects.get(), by=proposal.author, **new)
    assert Proposal.objects.get().version == 2
    assert proposal.events.count() == 1


def test_a_change_that_another_window_removed_is_told(entry, contributor):
    made = factories.proposal(entry, author=contributor)
    change = made.changes.get()
    made.changes.all().delete()
    edit = actions.ChangeEdit(change, change.base, {"body": "Mine.", "tags": []})
    with pytest.raises(actions.Refused, match="removed in another window"):
        actions.amend(made, by=contributor, version=1, edit=edit)
