"""Real questions about the guide that ships: written before anybody saw what search finds."""

import pytest

from guide_site.public.search import finding, upkeep
from tests.benchmarks.answers import OF_SHIPPED

pytestmark = pytest.mark.django_db


def test_every_question_is_answered_among_the_first_five(shipped):
    assert OF_SHIPPED.unanswered() == []


def test_a_question_in_everyday_words_finds_the_cost_of_glacier(shipped):
    hits = finding.find("what bites me with s3 and glacier costs").hits
    assert any("glacier" in hit.document.body.lower() for hit in hits[:5])


def test_the_index_is_right_after_the_load(shipped):
    assert upkeep.problems() == []
