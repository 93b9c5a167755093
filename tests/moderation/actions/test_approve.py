"""The approval that completes the policy publishes the proposal."""

import pytest
from reversion.models import Revision

from guide_site.core import history
from guide_site.core.access import Role
from moderation import actions
from moderation.models import Event
from moderation.states import Status
from tests import factories
from tests.moderation.helpers import assert_not_merged

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_is_enough")]


@pytest.fixture
def entry():
    return factories.entry("One, two, three, four.")


def approve(proposal, by):
    return actions.approve(proposal, by=by, version=proposal.version)


def test_it_publishes_the_text(editor, entry):
    proposal = factories.proposal(entry, "One, two, three, five.")
    assert approve(proposal, editor).is_merged
    entry.refresh_from_db()
    assert entry.body == "One, two, three, five."
    assert "five" in entry.body_html
    assert proposal.status == Status.MERGED


def test_it_leaves_one_revision_of_the_author_with_the_proposal(editor, entry):
    proposal = factories.proposal(entry, "One, two, three, five.")
    before = Revision.objects.count()
    approve(proposal, editor)
    revision = Revision.objects.latest("pk")
    assert Revision.objects.count() == before + 1
    assert revision.user == proposal.author
    assert revision.comment == proposal.title
    assert revision.merge_note.proposal == proposal


def test_it_logs_who_approved_and_merged(editor, entry):
    proposal = factories.proposal(entry)
    approve(proposal, editor)
    events = [(event.what, event.by) for event in proposal.events.all()]
    assert events == [(Event.What.APPROVED, editor), (Event.What.MERGED, editor)]


def test_edits_of_different_words_both_end_up_in_the_text(editor, entry):
    first = factories.proposal(entry, "1, two, three, four.")
    second = factories.proposal(entry, "One, two, three, 4.")
    approve(first, editor)
    approve(second, editor)
    entry.refresh_from_db()
    assert entry.body == "1, two, three, 4."


def test_a_conflict_changes_nothing_and_keeps_the_approval(editor, entry):
    proposal = factories.proposal(entry, "One, two, three, five.")
    factories.edit(entry, "One, two, three, six.")
    before = history.generation()
    assert_not_merged(approve(proposal, editor), match=r"“four” into “six”.*“five”")
    assert history.generation() == before
    proposal.refresh_from_db()
    assert proposal.status == Status.OPEN
    assert proposal.reviews.get().reviewer == editor
    assert proposal.changes.get().proposed["body"] == "One, two, three, five."


def test_a_contributor_may_not(contributor, entry):
    with pytest.raises(actions.Refused, match="Only experts, editors and leads"):
        approve(factories.proposal(entry), contributor)


def test_the_second_of_two_editors_learns_who_was_first(editor, entry):
    proposal = factories.proposal(entry)
    approve(proposal, editor)
    with pytest.raises(actions.Refused, match="merged by editor"):
        approve(proposal, factories.user(Role.LEAD))


def test_an_approval_of_an_older_version_is_refused(editor, entry):
    proposal = factories.proposal(entry)
    with pytest.raises(actions.Refused, match="changed while you were reading"):
        actions.approve(proposal, by=editor, version=proposal.version + 1)


@pytest.mark.usefixtures("one_is_enough")
def test_advice_does_not_merge_what_was_approved_while_it_did_not_fit(editor, expert, entry):
    proposal = factories.proposal(entry, "One, two, three, five.")
    factories.edit(entry, "One, two, three, six.")
    assert_not_merged(actions.approve(proposal, by=editor, version=1))
    factories.edit(entry, "One, two, three, four.")
    assert not actions.approve(proposal, by=expert, version=1).is_merged
    assert actions.approve(proposal, by=editor, version=1).is_merged
