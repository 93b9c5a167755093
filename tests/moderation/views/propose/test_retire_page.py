"""Proposing to take an entry out of the guide."""

import pytest
from django.urls import reverse

from moderation.models import Proposal
from tests import factories
from tests.moderation.helpers import fields, words

pytestmark = pytest.mark.django_db
REASON = {"retired_because": "Gone since 2020."}


@pytest.fixture
def url(entry):
    return reverse("entry-retire", args=[entry.pk])


@pytest.fixture
def member(as_user, contributor):
    return as_user(contributor)


def test_it_shows_the_entry_and_suggests_a_summary(member, url):
    response = member.get(url)
    assert "<p>One, two, three, four.</p>" in response.content.decode()
    assert fields(response)["title"] == "Retire “One, two, three, four.”"


def test_the_summary_of_a_long_entry_fits(member, contributor):
    long = factories.entry("Word " * 100)
    url = reverse("entry-retire", args=[long.pk])
    member.post(url, fields(member.get(url)) | REASON)
    assert len(Proposal.objects.get().title) <= 120


def test_it_becomes_a_draft_with_the_reason(member, contributor, entry, url):
    response = member.post(url, fields(member.get(url)) | REASON)
    proposal = Proposal.objects.get()
    change = proposal.changes.get()
    assert response.url == proposal.get_absolute_url()
    assert (proposal.author, proposal.status) == (contributor, "draft")
    assert (change.operation, change.entry) == ("retire", entry)
    assert change.proposed == {"retired_because": "Gone since 2020.", "children": "along"}
    assert change.base["body"] == entry.body


def test_nested_entries_may_be_kept(member, url):
    member.post(url, fields(member.get(url)) | REASON | {"children": "lift"})
    assert Proposal.objects.get().changes.get().proposed["children"] == "lift"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"retired_because": ""}, "Say why the guide should no longer have this entry."),
        ({"retired_because": "  "}, "Say why the guide should no longer have this entry."),
        ({"retired_because": "x" * 301}, "at most 300 characters"),
        ({"title": ""}, "Say in one line"),
        ({"sources": "nowhere"}, "“nowhere” is no web address"),
    ],
)
def test_it_is_refused_with_a_sentence_and_keeps_what_was_typed(member, url, typed, sentence):
    form = fields(member.get(url)) | REASON | {"why": "My reasons."} | typed
    response = member.post(url, form)
    assert sentence in words(response)
    kept = fields(response)
    assert (kept["why"], kept["retired_because"]) == ("My reasons.", form["retired_because"])
    assert not Proposal.objects.exists()


def test_an_unknown_fate_of_nested_entries_makes_no_proposal(member, url):
    member.post(url, fields(member.get(url)) | REASON | {"children": "sell"})
    assert not Proposal.objects.exists()


def test_the_base_is_what_the_author_saw(member, entry, url):
    form = fields(member.get(url)) | REASON
    factories.edit(entry, "Rewritten meanwhile.")
    member.post(url, form)
    assert Proposal.objects.get().changes.get().base["body"] == "One, two, three, four."


def test_an_entry_that_is_retired_already_says_so_and_keeps_the_reason(member, entry, url):
    form = fields(member.get(url)) | REASON
    factories.retire(entry, "It was wrong.")
    response = member.post(url, form)
    assert "This entry was retired: It was wrong." in words(response)
    assert fields(response)["retired_because"] == "Gone since 2020."
    assert not Proposal.objects.exists()


def test_a_double_click_makes_one_proposal(member, url):
    form = fields(member.get(url)) | REASON
    assert member.post(url, form).url == member.post(url, form).url
    assert Proposal.objects.count() == 1


def test_a_reader_may_not(as_user, reader, url):
    assert as_user(reader).post(url, REASON).status_code == 403
    assert not Proposal.objects.exists()


def test_a_visitor_is_sent_to_the_log_in(client, url):
    assert client.get(url).url == f"/accounts/login/?next={url}"


def test_the_page_offers_to_retire_what_is_nested_along(member, entry, url):
    factories.entry("Nested.", section=entry.section, parent=entry)
    assert fields(member.get(url))["children"] == ["along"]
