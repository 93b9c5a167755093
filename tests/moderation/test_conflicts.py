"""Which open proposals no longer merge."""

import pytest
from django.core.cache import cache

from moderation import conflicts
from moderation.states import Status
from tests import factories
from tests.moderation.helpers import in_state

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
