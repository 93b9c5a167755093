"""Text runs in the direction of its own letters."""

import re

import pytest

from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def storage():
    return factories.section("Storage")


def test_each_entry_and_its_list_take_the_direction_of_their_words(client, storage):
    entry = factories.entry("מחסן `ls` שלום", section=storage)
    page = client.get("/guide/").text
    assert re.search(
        rf'<ul class="entries" dir="auto">\s*<li class="entry" id="e{entry.pk}" dir="auto">', page
    )
    assert '<div class="entry__body" dir="auto">' in client.get(f"/entries/{entry.pk}/").text


def test_the_file_for_reading_offline_says_so_as_well(client, storage):
    factories.entry("مخزن", section=storage)
    assert '<li class="entry" dir="auto"' in client.get("/guide.html").text
