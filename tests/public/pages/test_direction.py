"""Text runs in the direction of its own letters."""

import re

import pytest

from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def storage():
    return factories.section("Storage")


def test_a_bullet_takes_the_direction_of_its_words_with_its_marker(client, storage):
    """Browsers look past what has a direction of its own: only the bullet itself may say “auto”."""
    entry = factories.entry("מחסן `ls` שלום", section=storage)
    page = client.get("/guide/").text
    assert re.search(
        rf'<ul class="entries">\s*<li class="entry" id="e{entry.pk}" dir="auto">', page
    )
    assert '<div class="entry__body">' in page
    assert '<div class="entry__body" dir="auto">' in client.get(f"/entries/{entry.pk}/").text


def test_a_paragraph_takes_the_direction_of_its_words(client, storage):
    factories.entry("מחסן", section=storage, kind="paragraph")
    assert '<div class="entry__body" dir="auto">' in client.get("/guide/").text


def test_the_file_for_reading_offline_says_so_as_well(client, storage):
    factories.entry("مخزن", section=storage)
    assert '<li class="entry" dir="auto"' in client.get("/guide.html").text
