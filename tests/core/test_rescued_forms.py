"""Nothing typed is lost: a form that arrives without its session is kept and shown again."""

from html import escape
from uuid import uuid4

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from guide_site.core import markdown
from guide_site.core.access import Role
from moderation import actions
from moderation.models import Comment, Proposal, Review
from tests import factories

pytestmark = pytest.mark.django_db

PASSWORD = "correct horse"
TYPED = "Typed with care, “so” & <not> to be lost."
TOO_LONG = "x" * 200_000
FORMS = {
    "entry-edit": "body",
    "entry-add": "body",
    "entry-retire": "retired_because",
    "proposal-amend": "why",
    "proposal-decide": "note",
    "proposal-comment": "body",
}
each_form = pytest.mark.parametrize("form", FORMS)


@pytest.fixture
def member():
    return factories.user(Role.EDITOR, username="member", password=PASSWORD)


@pytest.fixture
def addresses(member):
    """The address of every form, by its name in urls.py."""
    entry = factories.entry()
    others = factories.proposal(entry)
    arguments = {
        **dict.fromkeys(["entry-edit", "entry-retire"], entry.pk),
        **dict.fromkeys(["proposal-decide", "proposal-comment"], others.pk),
        "entry-add": entry.section.slug,
        "proposal-amend": factories.proposal(entry, author=member).pk,
    }
    return {name: reverse(name, args=[arguments[name]]) for name in FORMS}


@pytest.fixture
def strict():
    """A browser to a site that checks tokens, as the real one does."""
    return Client(enforce_csrf_checks=True)


def log_in(client, response):
    """Fill in the log-in page that `response` leads to; returns where that leads."""
    address = response["Location"]
    token = client.get(address).cookies["csrftoken"].value
    fields = {"login": "member", "password": PASSWORD, "csrfmiddlewaretoken": token}
    return client.post(address, fields)["Location"]


def shows(client, address, words=TYPED):
    return escape(words, quote=False) in page(client, address)


def page(client, address):
    return client.get(address).content.decode().replace("&quot;", '"').replace("&#x27;", "'")


@each_form
def test_a_form_without_a_session_is_kept_through_the_log_in_and_shown_once(
    client, addresses, form
):
    response = client.post(addresses[form], {FORMS[form]: TYPED})
    back = log_in(client, response)
    assert back == addresses[form]
    assert shows(client, back)
    assert not shows(client, back)


@each_form
def test_a_form_whose_session_was_lost_is_kept(client, member, addresses, form):
    client.force_login(member)
    client.get(addresses[form])
    Session.objects.all().delete()
    response = client.post(addresses[form], {FORMS[form]: TYPED})
    assert shows(client, log_in(client, response))


@each_form
def test_a_form_with_a_stale_token_is_shown_again_once(strict, member, addresses, form):
    strict.force_login(member)
    fields = {FORMS[form]: TYPED, "csrfmiddlewaretoken": "x" * 64}
    response = strict.post(addresses[form], fields)
    assert (response.status_code, response["Location"]) == (302, addresses[form])
    assert shows(strict, addresses[form])
    assert not shows(strict, addresses[form])


@each_form
def test_a_form_with_neither_session_nor_token_is_kept(strict, addresses, form):
    response = strict.post(addresses[form], {FORMS[form]: TYPED})
    assert shows(strict, log_in(strict, response))


@each_form
def test_a_form_that_is_shown_again_says_why(client, addresses, form):
    response = client.post(addresses[form], {FORMS[form]: TYPED})
    assert "Your session had ended." in page(client, log_in(client, response))


@each_form
def test_asking_for_a_form_without_a_session_leads_to_the_log_in(client, addresses, form):
    response = client.get(addresses[form])
    assert response["Location"] == f"/accounts/login/?next={addresses[form]}"
    assert not Session.objects.exists()


@each_form
def test_nothing_is_written_before_the_log_in(client, addresses, form):
    before = Proposal.objects.count()
    fields = {"title": "x", "version": 1, "decision": "approve", "seen": 0, "form_key": uuid4()}
    client.post(addresses[form], fields | {FORMS[form]: TYPED})
    assert Proposal.objects.count() == before
    assert not Comment.objects.exists()
    assert not Review.objects.exists()


@pytest.mark.parametrize("other", ["entry-edit", "entry-retire"])
def test_a_kept_form_is_shown_on_its_own_page_only(client, addresses, other):
    response = client.post(addresses["entry-add"], {"body": TYPED, "why": TYPED})
    back = log_in(client, response)
    assert not shows(client, addresses[other])
    assert shows(client, back)


def test_a_kept_form_of_one_entry_is_not_shown_for_another(client, addresses):
    response = client.post(addresses["entry-edit"], {"body": TYPED})
    log_in(client, response)
    assert not shows(client, reverse("entry-edit", args=[factories.entry().pk]))


def test_nobody_else_gets_a_kept_form(client, addresses, contributor):
    client.post(addresses["entry-edit"], {"body": TYPED})
    other = Client()
    other.force_login(contributor)
    assert not shows(other, addresses["entry-edit"])


def test_every_field_is_kept(client, addresses):
    tags = [factories.legend_tag(slug, sign=slug[0]).slug for slug in ("cost", "tip", "new")]
    fields = {"body": "Kept body", "tags": tags[:2], "title": "Kept title", "why": "Kept why"}
    response = client.post(addresses["entry-edit"], fields | {"sources": "https://kept.example"})
    shown = page(client, log_in(client, response))
    for words in ("Kept body", "Kept title", "Kept why", "https://kept.example"):
        assert words in shown
    assert shown.count(" checked") == 2


def test_the_token_is_not_kept(strict, addresses):
    strict.post(addresses["entry-edit"], {"body": TYPED, "csrfmiddlewaretoken": "secret-token"})
    assert "secret-token" not in str(dict(strict.session))


def test_the_query_of_the_page_is_kept_too(client, addresses):
    address = f"{addresses['entry-add']}?place=after-1&x=%26"
    response = client.post(address, {"body": TYPED})
    back = log_in(client, response)
    assert back == address
    assert shows(client, back)


def test_of_one_page_the_last_form_is_kept(client, addresses):
    client.post(addresses["entry-edit"], {"body": "The first try"})
    response = client.post(addresses["entry-edit"], {"body": "The second try"})
    shown = page(client, log_in(client, response))
    assert "The second try" in shown
    assert "The first try" not in shown


def test_a_hostile_text_is_shown_as_text(client, addresses):
    response = client.post(addresses["entry-edit"], {"body": "</textarea><script>alert(1)"})
    assert "<script>alert(1)" not in page(client, log_in(client, response))


def test_a_text_with_a_null_character_is_answered(client, addresses):
    response = client.post(addresses["entry-edit"], {"body": "a\x00b"})
    assert client.get(log_in(client, response)).status_code == 200


def test_a_text_as_long_as_an_entry_may_be_is_kept(client, addresses):
    long = "Long words. " * 1_600
    response = client.post(addresses["entry-edit"], {"body": long})
    assert shows(client, log_in(client, response), long)


@pytest.mark.parametrize("body", [TOO_LONG, "字" * 70_000])
def test_too_long_a_form_is_answered_but_not_kept(client, addresses, body):
    response = client.post(addresses["entry-edit"], {"body": body})
    assert response.status_code == 302
    assert not shows(client, log_in(client, response), body)


def test_a_form_beyond_all_measure_is_refused(client, addresses):
    response = client.post(addresses["entry-edit"], {"body": "x" * 1_100_000})
    assert response.status_code == 400


def test_a_kept_form_does_not_let_in_who_may_not_propose(client, member, addresses):
    response = client.post(addresses["entry-edit"], {"body": TYPED})
    back = log_in(client, response)
    member.groups.clear()
    assert client.get(back).status_code == 403


def test_another_form_with_a_stale_token_explains_what_to_do(strict, member):
    strict.force_login(member)
    response = strict.post(reverse("proposal-withdraw", args=[factories.proposal().pk]))
    assert response.status_code == 403
    assert "This page was open too long" in response.content.decode()


def test_a_token_that_is_right_is_let_through(strict, member, addresses):
    strict.force_login(member)
    token = strict.get(addresses["proposal-comment"]).cookies["csrftoken"].value
    response = strict.post(
        addresses["proposal-comment"], {"body": TYPED, "csrfmiddlewaretoken": token}
    )
    assert "#comment-" in response["Location"]


@pytest.mark.parametrize("is_logged_in", [False, True])
def test_a_form_from_another_site_is_not_kept(strict, member, addresses, is_logged_in):
    if is_logged_in:
        strict.force_login(member)
    planted = {"body": "planted"}
    response = strict.post(
        addresses["entry-edit"], planted, headers={"origin": "https://evil.example"}
    )
    assert "sessionid" not in response.cookies
    assert "planted" not in page(strict, addresses["entry-edit"])


@pytest.mark.parametrize("letter", ["字", "😀"])
def test_a_text_of_full_length_is_kept_in_every_script(client, addresses, letter):
    fields = {"body": letter * markdown.MAX_LENGTH, "why": letter * 4000, "title": "x"}
    response = client.post(addresses["entry-edit"], fields)
    assert shows(client, log_in(client, response), fields["body"])


def test_forms_of_two_pages_are_both_kept(client, addresses):
    other = reverse("entry-edit", args=[factories.entry().pk])
    client.post(addresses["entry-edit"], {"body": "In the first tab"})
    log_in(client, client.post(other, {"body": "In the second tab"}))
    assert shows(client, other, "In the second tab")
    assert shows(client, addresses["entry-edit"], "In the first tab")


@pytest.mark.usefixtures("one_is_enough", "member")
def test_a_note_to_a_proposal_that_was_merged_during_the_log_in_is_kept(client):
    proposal = factories.proposal()
    response = client.post(reverse("proposal-decide", args=[proposal.pk]), {"note": TYPED})
    actions.approve(proposal, by=factories.user(Role.LEAD), version=proposal.version)
    assert shows(client, log_in(client, response))
