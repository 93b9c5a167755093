"""Real questions about the guide that ships: written before anybody saw what search finds."""

import pytest

from guide_site.public.search import finding, upkeep
from tests.benchmarks import typos
from tests.benchmarks.answers import OF_SHIPPED

pytestmark = pytest.mark.django_db


def test_nearly_every_question_is_answered_among_the_first_three(shipped):
    assert len(OF_SHIPPED.unanswered()) <= len(OF_SHIPPED.rows) - OF_SHIPPED.aim


def test_a_question_in_everyday_words_finds_the_cost_of_glacier(shipped):
    hits = finding.find("what bites me with s3 and glacier costs").hits
    assert any("glacier" in hit.document.body.lower() for hit in hits[:5])


def test_the_index_is_right_after_the_load(shipped):
    assert upkeep.problems() == []


def test_errors_in_words_of_single_bullets_are_forgiven(shipped):
    drawn = typos.drawn(60)
    assert len(drawn) == 60
    assert len(typos.missed(drawn)) <= 3
    assert len(typos.missed(drawn, spelled_right=True)) <= 1


def test_a_missing_space_does_not_matter(shipped):
    results = finding.find("bucketlimit")
    assert results.corrected == "bucket limit"
    assert results.hits[0].document.body == finding.find("bucket limit ").hits[0].document.body


def test_an_abbreviation_and_words_of_one_sentence_find_it(shipped):
    hits = finding.find("nlb static address").hits
    assert "only an NLB keeps to one static address" in hits[0].document.body
