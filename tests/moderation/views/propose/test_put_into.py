"""The editors ask which of the member's proposals a change goes into."""

import pytest
from django.urls import reverse

from moderation.models import Proposal
from moderation.states import Status
from tests import factories
from tests.moderation.helpers import draft, fields, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine(contributor):
    return draft(contributor, factories.entry("Five, six."), "Five, 6.", title="Digits")


@pytest.fixture
def url(entry):
    return reverse("entry-edit", args=[entry.pk])


def test_without_a_proposal_of_ones_own_it_does_not_ask(member, url):
    factories.proposal()
    assert "into" not in fields(member.get(url))


def test_it_offers_ones_own_that_can_still_change(member, contributor, mine, url):
    factories.proposal(author=contributor, title="Sent")
    factories.proposal(
        author=contributor, title="Gone", status=Status.DECLINED, closed_at="2026-01-01T00:00Z"
    )
    page = words(member.get(url))
    assert "A new proposal My open proposal “Sent” My draft “Digits”" in page
    assert "Gone" not in page


@pytest.mark.parametrize("page", ["edit", "add", "retire"])
def test_every_editor_of_entries_puts_its_change_there(member, mine, entry, page):
    at = entry.section.slug if page == "add" else entry.pk
    url = reverse(f"entry-{page}", args=[at])
    form = fields(member.get(f"{url}?into={mine.pk}"))
    assert form["into"] == str(mine.pk)
    typed = {"title": "", "body": "One.", "retired_because": "Wrong."}
    answer = member.post(url, form | typed)
    assert answer.url == mine.get_absolute_url()
    assert Proposal.objects.get().changes.count() == 2


def test_a_new_proposal_wants_a_summary(member, mine, url):
    form = fields(member.get(url)) | {"body": "One."}
    assert form["into"] == ""
    assert "Say in one line" in words(member.post(url, form))


def test_an_entry_that_is_in_it_already_is_edited_there(member, mine):
    change = mine.changes.get()
    url = reverse("entry-edit", args=[change.entry_id])
    there = member.get(f"{url}?into={mine.pk}")
    assert there.url == reverse("proposal-change", args=[mine.pk, change.pk])


def test_words_that_clash_with_it_come_back_with_a_sentence(member, mine):
    url = reverse("entry-edit", args=[mine.changes.get().entry_id])
    form = fields(member.get(url)) | {"into": mine.pk, "body": "Five, sechs."}
    shown = member.post(url, form)
    assert "“Digits” changes the same words already" in words(shown)
    assert fields(shown)["body"] == "Five, sechs."


@pytest.mark.parametrize("into", ["x", "0", "9" * 30, "²"])
def test_a_number_that_is_none_is_no_error(member, mine, url, into):
    assert member.get(f"{url}?into={into}").status_code == 200


def test_that_of_somebody_else_cannot_be_chosen(member, mine, url):
    other = factories.proposal()
    form = fields(member.get(url)) | {"into": other.pk, "body": "One.", "title": "T"}
    assert "Select a valid choice" in words(member.post(url, form))
    assert other.changes.count() == 1


def test_the_page_of_the_proposal_says_how_to_add_more(member, mine):
    page = member.get(mine.get_absolute_url())
    assert "Add another change" in words(page)
    assert f"?into={mine.pk}" in page.content.decode()
