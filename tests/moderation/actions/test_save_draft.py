"""Keeping what was typed as a draft: once per opened form."""

import uuid

import pytest

from guide_site.core import history
from moderation import actions
from moderation.models import Proposal
from moderation.states import Status
from tests import factories
from tests.moderation.helpers import approve, draft, state_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def key():
    return uuid.uuid4()


def test_it_is_a_draft_of_the_author_with_everything_that_was_typed(contributor, entry):
    about = {"why": "Since 2023.", "sources": ["https://a.example/"], "affiliation": "ACME"}
    made = draft(contributor, entry, "One, two, three, 4.", title="Digits", **about)
    assert (made.author, made.status, made.title) == (contributor, Status.DRAFT, "Digits")
    assert {name: getattr(made, name) for name in about} == about
    assert made.changes.get().proposed["body"] == "One, two, three, 4."


def test_it_is_not_in_the_public_log_and_publishes_nothing(contributor, entry):
    before = history.generation()
    made = draft(contributor, entry)
    assert history.generation() == before
    assert not made.events.exists()
    assert made not in Proposal.objects.public()


def test_the_same_form_again_is_the_same_proposal(contributor, entry, key):
    first = draft(contributor, entry, form_key=key)
    before = state_of(first)
    again = draft(contributor, entry, form_key=key)
    assert again == first
    assert state_of(first) == before
    assert Proposal.objects.count() == 1


def test_the_same_form_with_another_text_amends_it(contributor, entry, key):
    draft(contributor, entry, "One, two, three, 4.", form_key=key)
    again = draft(contributor, entry, "One, two, three, vier.", form_key=key)
    assert Proposal.objects.get() == again
    assert again.changes.get().proposed["body"] == "One, two, three, vier."
    assert again.version == 2


def test_the_same_form_with_another_summary_amends_it(contributor, entry, key):
    draft(contributor, entry, form_key=key, title="Digits")
    draft(contributor, entry, form_key=key, title="Digits, as everywhere")
    assert Proposal.objects.get().title == "Digits, as everywhere"


def test_the_same_form_after_it_was_sent_amends_what_reviewers_see(contributor, entry, key):
    first = draft(contributor, entry, form_key=key)
    actions.send(first, by=contributor)
    again = draft(contributor, entry, "One, two, three, vier.", form_key=key)
    assert (again.status, again.version) == (Status.OPEN, 2)


def test_a_late_double_click_after_the_merge_is_harmless(contributor, entry, key):
    first = draft(contributor, entry, form_key=key)
    actions.send(first, by=contributor)
    approve(first)
    assert draft(contributor, entry, form_key=key) == first


def test_other_words_after_the_merge_are_a_new_proposal(contributor, editor, entry, key):
    first = draft(contributor, entry, form_key=key)
    actions.send(first, by=contributor)
    approve(first, editor)
    before = state_of(first)
    again = draft(contributor, entry, "One, two, three, vier.", form_key=key)
    assert (again != first, state_of(first) == before) == (True, True)
    assert draft(contributor, entry, "One, two, three, vier.", form_key=key) == again


def test_another_form_is_another_proposal(contributor, entry):
    assert draft(contributor, entry) != draft(contributor, entry)


def test_a_reader_may_not(reader, entry):
    with pytest.raises(actions.Refused, match="may read but not propose"):
        draft(reader, entry)
    assert not Proposal.objects.exists()


def test_nobody_proposes_to_change_what_is_retired(contributor, entry):
    factories.retire(entry, "It was wrong.")
    with pytest.raises(actions.Refused, match=r"retired: It was wrong\."):
        draft(contributor, entry)
    assert not Proposal.objects.exists()
