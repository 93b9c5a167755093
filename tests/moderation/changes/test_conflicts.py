"""Which open proposals no longer merge."""

import pytest
from django.core.cache import cache

from moderation import actions
from moderation.changes import conflicts
from moderation.models import Event, Notification, Reason
from moderation.states import Status
from tests import factories
from tests.moderation.helpers import approve, in_state

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposal(entry):
    return factories.proposal(entry, "One, two, three, five.")


def test_one_that_merges_has_no_problem(proposal):
    assert conflicts.problems() == {}


def test_words_that_clash_are_named(entry, proposal):
    factories.edit(entry, "One, two, three, six.")
    sentence = conflicts.problems()[proposal.pk]
    assert "Somebody made “four” into “six”, the proposal makes it “five”." in sentence


def test_edits_that_fit_together_are_no_problem(entry, proposal):
    factories.edit(entry, "1, two, three, four.")
    assert conflicts.problems() == {}


def test_a_retired_entry_is_a_problem(entry, proposal):
    factories.retire(entry, because="Gone.")
    assert "was retired meanwhile: Gone." in conflicts.problems()[proposal.pk]


@pytest.mark.parametrize("status", [status for status in Status if status != Status.OPEN])
def test_only_open_ones_are_looked_at(entry, status):
    in_state(status, entry=entry, body="One, two, three, five.")
    factories.edit(entry, "One, two, three, six.")
    assert conflicts.problems() == {}


def test_what_it_waits_for_is_said_as_it_is_now(proposal, lead):
    section = proposal.changes.get().section
    above = factories.addition(section, "Above.")
    below = factories.addition(section, "Below.")
    change = below.changes.get()
    change.proposed |= {"parent": {"change": above.changes.get().pk}}
    change.save()
    assert "which is open: that comes first" in conflicts.problems()[below.pk]
    actions.decline(above, by=lead, version=above.version, note="No.")
    assert "which is declined: choose another place" in conflicts.problems()[below.pk]


def test_it_follows_the_guide(entry, proposal):
    factories.edit(entry, "One, two, three, six.")
    assert conflicts.problems()
    factories.edit(entry, "One, two, three, four.")
    assert conflicts.problems() == {}


def test_the_same_state_is_looked_at_once(entry, proposal, django_assert_num_queries):
    conflicts.problems([proposal])
    with django_assert_num_queries(1):
        conflicts.problems([proposal])
    cache.clear()
    assert conflicts.problems() == {}


def test_a_new_version_is_looked_at_anew(entry, proposal):
    factories.edit(entry, "One, two, three, six.")
    assert conflicts.problems()
    proposal.changes.update(proposed={"body": "One, two, three, six.", "tags": []})
    proposal.version += 1
    proposal.save()
    assert conflicts.problems() == {}


def test_only_those_that_are_asked_for_are_looked_at(entry, proposal):
    other = factories.proposal(entry, "One, two, three, seven.")
    factories.edit(entry, "One, two, three, six.")
    assert list(conflicts.problems([other])) == [other.pk]
    assert set(conflicts.problems()) == {other.pk, proposal.pk}


@pytest.fixture
def merged(entry, proposal, one_is_enough):
    """Another proposal that changed the same word was merged."""
    other = factories.proposal(entry, "One, two, three, six.")
    approve(other)
    return other


def test_a_merge_tells_whose_proposal_no_longer_fits(merged, proposal):
    event = proposal.events.get()
    assert event.what == Event.What.CONFLICT
    assert event.note.startswith(f"Proposal {merged.pk} was merged. The guide has changed since.")
    told = Notification.objects.get(recipient=proposal.author)
    assert (told.event, told.reason) == (event, Reason.WAITS)


def test_it_tells_once_until_the_author_has_mended_it(merged, entry, proposal):
    rewrite(entry, "seven")
    assert proposal.events.count() == 1
    entry.refresh_from_db()
    base = {"body": entry.body, "tags": []}
    typed = {"body": "One, two, three, eight.", "tags": []}
    edit = actions.ChangeEdit(proposal.changes.get(), base, typed)
    actions.amend(proposal, by=proposal.author, version=1, edit=edit)
    rewrite(entry, "nine")
    assert [event.what for event in proposal.events.all()] == ["conflict", "amended", "conflict"]


def rewrite(entry, word):
    """Merge an edit of the last word of an entry."""
    entry.refresh_from_db()
    assert approve(factories.proposal(entry, f"One, two, three, {word}.")).is_merged


def test_a_merge_that_fits_tells_nobody(entry, proposal, one_is_enough):
    approve(factories.proposal(entry, "1, two, three, four."))
    assert not proposal.events.exists()


def test_an_approval_that_came_first_is_kept_through_it(entry, proposal, lead, settings):
    actions.approve(proposal, by=lead, version=1)
    settings.REVIEW = "single"
    approve(factories.proposal(entry, "One, two, three, six."))
    assert proposal.reviews.get().reviewer == lead


@pytest.mark.parametrize("make", [factories.service, factories.offering])
@pytest.mark.usefixtures("one_is_enough")
def test_a_merge_tells_whose_change_of_the_same_facts_no_longer_fits(make):
    row = make(note="As it was.")
    other = factories.changing(row, note="As I see it.")
    approve(factories.changing(row, note="As they see it."))
    assert other.events.get().what == Event.What.CONFLICT
