"""Numbered lists count as they do in their file."""

import re

import pytest

from entries.actions import entries as entry_actions
from entries.models import Entry
from guide_site.core import history
from tests import factories
from tests.entries.guides import imported

pytestmark = pytest.mark.django_db


def lists(client, address="/sections/a/"):
    """The opening tags of the numbered lists of entries of a page."""
    tags = re.findall(r'<ol class="entries"[^>]*>', client.get(address).text)
    return [tag.replace(' class="entries"', "") for tag in tags]


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("1. a\n2. b\n", ["<ol>"]),
        ("1. a\n\nbetween\n\n2. b\n", ["<ol>", '<ol start="2">']),
        ("7) a\n\n   more\n8) b\n", ['<ol start="7">']),
        ("0. a\n", ['<ol start="0">']),
        ("1. a\n2. b\n\n3) c\n", ["<ol>", '<ol start="3">']),
        ("- x\n\n  4. a\n\n  - y\n  1. b\n", ['<ol start="4">', "<ol>"]),
        ("1. a\n1. b\n1. c\n", ["<ol>"]),
    ],
)
def test_a_list_begins_with_the_number_of_its_source(client, text, tags):
    imported(f"# A\n\n{text}")
    assert lists(client) == tags


def test_the_page_of_one_entry_counts_the_same(client):
    imported("# A\n\n- x\n\n  4. a\n")
    parent = Entry.objects.get(body="x")
    assert lists(client, parent.get_absolute_url()) == ['<ol start="4">']


def test_books_count_the_same(client):
    imported("# A\n\n4. a\n")
    assert '<ol class="entries" start="4">' in client.get("/guide.html").text


def test_a_step_added_or_edited_on_the_site_keeps_the_count(client):
    imported("# A\n\nwords\n\n4. a\n5. b\n")
    first = Entry.objects.get(body="a")
    with history.revision(by=None, comment="more"):
        entry_actions.edit_entry(first, body="changed")
        entry_actions.add_entry(section=first.section, body="c", kind="step", after=first)
    assert lists(client) == ['<ol start="4">']


def test_a_list_that_never_stood_in_a_file_begins_with_one(client):
    factories.entry("a", section=factories.section("A"), kind="step")
    assert lists(client) == ["<ol>"]
