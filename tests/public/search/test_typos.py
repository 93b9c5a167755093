"""Errors in words of a whole guide, drawn by lot: their bullets are among the first five."""

import pytest

from tests.benchmarks import imports, typos


@pytest.mark.corpus
@pytest.mark.django_db
def test_five_hundred_errors_in_the_guide_of_2022_are_forgiven():
    imports.fill_this_database()
    drawn = typos.drawn(500)
    assert len(drawn) == 500
    assert len(typos.missed(drawn)) <= 25
    assert len(typos.missed(drawn, spelled_right=True)) <= 10
