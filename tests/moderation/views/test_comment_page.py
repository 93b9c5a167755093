"""Commenting on a proposal's page."""

import pytest
from django.urls import reverse

from moderation import actions
from moderation.models import Comment
from tests import factories
from tests.moderation.helpers import fields, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposal():
    return factories.proposal()


@pytest.fixture
def url(proposal):
    return reverse("proposal-comment", args=[proposal.pk])


def test_it_appears_in_the_discussion(as_user, contributor, proposal, url):
    client = as_user(contributor)
    form = fields(client.get(proposal.get_absolute_url()), "comment/")
    response = client.post(url, form | {"body": "Is this *true*?"}, follow=True)
    made = proposal.comments.get()
    assert response.redirect_chain == [(f"{proposal.get_absolute_url()}#comment-{made.pk}", 302)]
    assert "<p>Is this <em>true</em>?</p>" in response.content.decode()


def test_comments_stand_in_the_order_they_came(client, contributor, proposal):
    for number in range(1, 4):
        actions.comment(proposal, by=contributor, body=f"Remark {number}.")
    page = words(client.get(proposal.get_absolute_url()))
    assert page.index("Remark 1.") < page.index("Remark 2.") < page.index("Remark 3.")


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("", "The comment is empty."),
        (" \r\n ", "The comment is empty."),
        ("x" * 4001, "at most 4000 characters (it has 4001)"),
        ("x\x00y", "Null characters are not allowed."),
    ],
)
def test_it_is_refused_with_a_sentence_and_kept(as_user, contributor, url, body, sentence):
    response = as_user(contributor).post(url, {"body": body})
    assert response.status_code == 400
    assert sentence in words(response)
    assert fields(response, "comment/")["body"].strip() == body.strip()
    assert not Comment.objects.exists()


def test_a_reader_may_not(as_user, reader, url, proposal):
    client = as_user(reader)
    assert client.post(url, {"body": "Hm."}).status_code == 403
    assert 'name="body"' not in client.get(proposal.get_absolute_url()).content.decode()
    assert not Comment.objects.exists()


def test_a_visitor_is_sent_to_the_log_in(client, url):
    assert client.post(url, {"body": "Hm."}).url == f"/accounts/login/?next={url}"
    assert not Comment.objects.exists()


def test_a_comment_of_a_removed_account_stays(client, contributor, proposal):
    actions.comment(proposal, by=contributor, body="I was here.")
    contributor.delete()
    page = words(client.get(proposal.get_absolute_url()))
    assert "I was here." in page
    assert "former contributor" in page


def test_opening_the_address_shows_the_proposal(as_user, contributor, url):
    assert "Say it better" in words(as_user(contributor).get(url))


def test_a_remark_may_be_about_one_change(as_user, contributor, proposal, url):
    change = proposal.changes.get()
    page = as_user(contributor).post(url, {"body": "Why five?", "change": change.pk}, follow=True)
    assert change.comments.get().body == "Why five?"
    assert "Why five?" in page.text.partition('id="discussion"')[0]


def test_a_remark_about_a_change_that_is_gone_keeps_its_words(as_user, contributor, proposal, url):
    response = as_user(contributor).post(url, {"body": "Why five?", "change": 4_000})
    assert response.status_code == 400
    assert "no longer part of this proposal" in words(response)
    assert "Why five?" in response.text


def test_a_line_end_counts_as_one_character(as_user, contributor, url):
    longest = "x\r\n" * 1999 + "x"  # 3,999 characters, as the browser's own limit counts them
    assert as_user(contributor).post(url, {"body": longest}).status_code == 302
