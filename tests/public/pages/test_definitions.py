"""Link definitions and footnotes on pages, in forms and in files."""

import pytest
from django.urls import reverse

from entries.models import Entry, EntryKind, Section
from moderation.models import Proposal
from tests.entries.guides import imported
from tests.moderation.helpers import fields, words

pytestmark = pytest.mark.django_db

GUIDE = """# Guide

## Tools

- see [docs][d] now[^1]
- other

## Notes

[^1]: A note.

[d]: https://d.example
[e]: /e
"""


@pytest.fixture
def guide(db):
    imported(GUIDE)


@pytest.fixture
def member(as_user, contributor, guide):
    return as_user(contributor)


def page(client, name, *args):
    return client.get(reverse(name, args=args)).content.decode()


def the(kind):
    return Entry.objects.filter(kind=kind).first()


def test_a_page_shows_footnotes_and_folds_link_definitions(client, guide):
    html = page(client, "section", "notes")
    assert "<p>1. A note.</p>" in html
    assert html.count('<details class="definitions">') == 1
    assert "<summary>2 link definitions</summary>" in html
    assert '<code>d</code>: <a href="https://d.example"' in html


def test_each_has_a_page_to_edit_it_from(client, guide):
    for kind in (EntryKind.FOOTNOTE, EntryKind.DEFINITION):
        html = page(client, "entry", the(kind).pk)
        assert reverse("entry-edit", args=[the(kind).pk]) in html


def test_the_editor_of_an_entry_shows_its_text_alone(member):
    url = reverse("entry-edit", args=[Entry.objects.get(body__contains="now").pk])
    assert fields(member.get(url))["body"] == "see [docs][d] now[^1]"


@pytest.mark.parametrize(
    ("kind", "typed"), [(EntryKind.FOOTNOTE, "A note."), (EntryKind.DEFINITION, "d.example")]
)
def test_an_edit_may_not_make_a_definition_something_else(member, kind, typed):
    url = reverse("entry-edit", args=[the(kind).pk])
    shown = member.post(url, fields(member.get(url)) | {"body": typed, "title": "Edit"})
    assert "[^name]:" in words(shown) or "[name]: address" in words(shown)
    assert fields(shown)["body"] == typed
    assert not Proposal.objects.exists()


def test_a_definition_can_be_added(member):
    url = reverse("entry-add", args=["tools"])
    typed = {"kind": "definition", "body": "[n]: /n", "title": "Add"}
    member.post(url, fields(member.get(url)) | typed)
    assert Proposal.objects.get().changes.get().proposed["body"] == "[n]: /n"


def test_the_section_editor_has_them_as_lines(member):
    url = reverse("section-edit", args=["notes"])
    form = fields(member.get(url))
    assert form["text"] == "[^1]: A note.\n\n[d]: https://d.example\n[e]: /e\n"
    text = form["text"].replace("A note", "A better note").replace("/e", "/f")
    member.post(url, form | {"text": text, "title": "Better"})
    made = Proposal.objects.get().changes.order_by("pk")
    assert [(change.operation, change.proposed["body"]) for change in made] == [
        ("edit", "[^1]: A better note."),
        ("edit", "[e]: /f"),
    ]


def test_search_finds_footnotes_but_no_link_definitions(client, guide):
    assert "1. A note." in words(client.get(reverse("search"), {"q": "note"}))
    assert "https://d.example" not in words(client.get(reverse("search"), {"q": "d.example"}))


def test_a_part_as_markdown_brings_what_it_uses(client, guide):
    text = page(client, "section-markdown", "tools")
    assert text.endswith("- other\n\n[^1]: A note.\n[d]: <https://d.example>\n")
    text = page(client, "section-markdown", "notes")
    assert text == GUIDE[GUIDE.index("## Notes") :]


def test_the_book_leads_from_a_mark_to_its_footnote(client, guide):
    html = page(client, "guide-html")
    note = the(EntryKind.FOOTNOTE).pk
    assert f'<sup><a href="#e{note}" title="A note."' in html
    assert "link definition" not in html


def test_the_titles_of_entries_have_words_only(guide):
    assert Entry.objects.get(body__contains="now").opening_words == "see docs now"
    assert Section.objects.count() == 3
