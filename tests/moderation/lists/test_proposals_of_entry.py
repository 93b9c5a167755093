"""Who is changing an entry already."""

import pytest

from moderation.lists.proposals_of_entry import touching
from moderation.models import Operation
from moderation.states import CLOSED
from tests import factories
from tests.moderation.helpers import in_state

pytestmark = pytest.mark.django_db


def proposals(entry, user=None):
    return [each.proposal for each in touching(entry, user or factories.user())]


def test_an_edit_that_waits_is_named(entry):
    proposal = factories.proposal(entry)
    (touched,) = touching(entry, factories.user())
    assert (touched.proposal, touched.has_words, touched.own_change) == (proposal, True, None)


@pytest.mark.parametrize("status", CLOSED)
def test_what_is_closed_is_not(entry, status):
    in_state(status, entry=entry)
    assert proposals(entry) == []


def test_a_draft_is_named_to_its_author_alone(entry, contributor):
    draft = factories.proposal(entry, author=contributor, status="draft")
    assert proposals(entry, contributor) == [draft]
    assert proposals(entry) == []


def test_a_join_is_named_on_both_bullets(entry):
    second = factories.entry("Second.", section=entry.section)
    join = factories.changing(entry, Operation.JOIN, body="Both.", tags=[], other=second.pk)
    assert proposals(entry) == proposals(second) == [join]
