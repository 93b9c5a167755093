"""A form that arrives after its session ended comes back, filled in, after logging in."""

import pytest
from django.test import Client
from django.urls import reverse

from guide_site.core import markdown
from guide_site.core.access import Role
from moderation.models import Proposal
from tests import factories
from tests.moderation.helpers import fields, words

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery staple"
KEPT = ["edit", "add", "retire", "amend", "comment", "decide", "review", "note of a review"]
TYPED = "Twenty minutes of typing: é, 語, <b>, “&”,\nand a second line."


@pytest.fixture
def author():
    return factories.user(Role.EDITOR, username="ada", password=PASSWORD)


@pytest.fixture
def tab(author):
    """A browser that checks forms as a real one must pass, with `ada` logged in."""
    tab = Client(enforce_csrf_checks=True)
    tab.force_login(author)
    return tab


def log_in(tab, response):
    """Follow the redirect to the log-in page, log in there, and go where that leads."""
    page = tab.get(response.url)
    form = fields(page, "/accounts/login/") | {"login": "ada", "password": PASSWORD}
    return tab.post("/accounts/login/", form, follow=True)


def end_session(tab):
    tab.cookies.pop("sessionid")


@pytest.fixture
def pages(author, entry):
    """Every form that keeps its words: (page to open, form, field to type into)."""
    mine = factories.proposal(entry, author=author).pk
    other = factories.proposal(entry)
    there = other.get_absolute_url()
    review = reverse("change-edit", args=[other.pk, other.changes.get().pk])
    return {
        "edit": (reverse("entry-edit", args=[entry.pk]), "editor", "body"),
        "add": (reverse("entry-add", args=[entry.section.slug]), "editor", "body"),
        "retire": (reverse("entry-retire", args=[entry.pk]), "editor", "why"),
        "amend": (reverse("proposal-amend", args=[mine]), "editor", "body"),
        "comment": (there, "comment/", "body"),
        "decide": (there, "decide/", "note"),
        "review": (review, "editor", "body"),
        "note of a review": (review, "editor", "note_to_author"),
        **reports(entry),
    }


def reports(entry):
    """The forms of a report."""
    there = factories.report(entry).get_absolute_url()
    return {
        "report": (reverse("entry-report", args=[entry.pk]), "report-form", "text"),
        "remark": (there, "comment/", "body"),
        "settle": (there, "settle/", "note"),
    }


def lose(tab, page, form_name, field, *, end=end_session):
    """Type into the form of a page and send it when its session is over."""
    form = fields(tab.get(page), form_name) | {field: TYPED}
    target = page if form_name in ("editor", "report-form") else f"{page}{form_name}"
    end(tab)
    return tab.post(target, form)


@pytest.mark.parametrize("name", [*KEPT, "report", "remark", "settle"])
def test_the_words_come_back_after_logging_in(tab, pages, name):
    page, form_name, field = pages[name]
    response = lose(tab, page, form_name, field)
    assert response.url.startswith("/accounts/login/?next=")
    after = log_in(tab, response)
    assert fields(after, form_name)[field] == TYPED
    assert "Your session had ended. Here is what you typed" in words(after)


def test_the_form_that_came_back_can_be_sent(tab, author, pages):
    after = log_in(tab, lose(tab, *pages["edit"]))
    form = fields(after) | {"title": "Typed"}
    sent = tab.post(pages["edit"][0], form)
    proposal = Proposal.objects.get(title="Typed")
    assert sent.url == proposal.get_absolute_url()
    assert proposal.changes.get().proposed["body"] == TYPED


def test_it_still_knows_which_text_was_seen(tab, entry, pages):
    seen = fields(tab.get(pages["edit"][0]))["seen"]
    response = lose(tab, *pages["edit"])
    factories.edit(entry, "Something else.")
    assert fields(log_in(tab, response))["seen"] == seen


@pytest.mark.parametrize("sign", ["x", "я", "語", "😀"])
def test_a_text_of_the_greatest_length_comes_back(tab, pages, sign):
    text = sign * markdown.MAX_LENGTH
    form = fields(tab.get(pages["edit"][0])) | {"body": text}
    end_session(tab)
    assert fields(log_in(tab, tab.post(pages["edit"][0], form)))["body"] == text


def test_a_text_that_is_too_long_to_keep_is_not_dropped_in_silence(client, pages):
    response = client.post(pages["edit"][0], {"body": "x" * 100_000}, follow=True)
    assert "Your text was too long to keep. Go back to copy it." in words(response)


def test_two_tabs_of_one_session_both_get_their_words_back(tab, author, pages):
    opened = {name: fields(tab.get(pages[name][0])) for name in ("edit", "add")}
    end_session(tab)
    for name, form in opened.items():
        tab.post(pages[name][0], form | {"body": f"Words of {name}."})
    tab.force_login(author)
    for name in opened:
        assert fields(tab.get(pages[name][0]))["body"] == f"Words of {name}."


def test_another_site_cannot_plant_words_in_the_editor(tab, entry, pages):
    evil = {"Origin": "https://evil.example"}
    response = tab.post(pages["edit"][0], {"body": "Planted."}, headers=evil)
    assert response.status_code == 403
    assert fields(tab.get(pages["edit"][0]))["body"] == entry.body


def test_chosen_tags_and_the_place_come_back_too(tab, entry, pages):
    factories.legend_tag()
    page = pages["add"][0]
    chosen = {"tags": ["gotcha"], "place": f"under-{entry.pk}", "kind": "step"}
    form = fields(tab.get(page)) | chosen
    end_session(tab)
    after = fields(log_in(tab, tab.post(page, form)))
    assert {name: after[name] for name in chosen} == chosen


def test_a_stale_token_brings_the_words_back_at_once(tab, pages):
    page, form_name, field = pages["edit"]
    response = lose(tab, page, form_name, field, end=lambda b: b.cookies.pop("csrftoken"))
    after = tab.get(response.url)
    assert response.url == page
    assert fields(after)[field] == TYPED


def test_a_stale_token_and_a_lost_session_together_lose_nothing(tab, pages):
    response = lose(tab, *pages["edit"], end=lambda b: b.cookies.clear())
    assert fields(log_in(tab, response))["body"] == TYPED


@pytest.mark.parametrize("page", ["proposal-send", "proposal-withdraw"])
def test_a_stale_token_on_a_button_does_nothing_and_explains(tab, author, page):
    proposal = factories.proposal(author=author, status="draft")
    response = tab.post(reverse(page, args=[proposal.pk]))
    proposal.refresh_from_db()
    assert (response.status_code, proposal.status) == (403, "draft")
    assert "nothing was done" in words(response)


@pytest.mark.parametrize("name", ["decide", "comment"])
def test_nothing_happens_before_the_log_in(tab, pages, name):
    lose(tab, *pages[name])
    other = Proposal.objects.exclude(author__username="ada").get()
    assert not other.reviews.exists()
    assert not other.comments.exists()


def test_the_words_are_shown_once_and_only_on_their_page(tab, entry, pages):
    page = pages["edit"][0]
    log_in(tab, lose(tab, *pages["edit"]))
    assert fields(tab.get(page))["body"] == entry.body


def test_they_wait_while_other_pages_are_looked_at(tab, author, pages):
    lose(tab, *pages["edit"])
    tab.force_login(author)
    assert TYPED not in fields(tab.get(pages["add"][0]))["body"]
    assert fields(tab.get(pages["edit"][0]))["body"] == TYPED


def test_an_entry_retired_in_between_still_gives_the_words_back(tab, entry, pages):
    response = lose(tab, *pages["edit"])
    factories.retire(entry, "It was wrong.")
    after = log_in(tab, response)
    assert fields(after)["body"] == TYPED
    assert "This entry was retired: It was wrong." in words(after)


def test_a_wrong_password_first_loses_nothing(tab, pages):
    response = lose(tab, *pages["edit"])
    form = fields(tab.get(response.url), "/accounts/login/")
    refused = tab.post("/accounts/login/", form | {"login": "ada", "password": "wrong"})
    form = fields(refused, "/accounts/login/") | {"login": "ada", "password": PASSWORD}
    after = tab.post("/accounts/login/", form, follow=True)
    assert fields(after)["body"] == TYPED


def test_a_visitor_who_signs_up_instead_finds_the_words(pages):
    tab = Client(enforce_csrf_checks=True)
    page = pages["edit"][0]
    tab.get("/accounts/login/")
    token = {"csrfmiddlewaretoken": tab.cookies["csrftoken"].value}
    login = tab.post(page, token | {"body": TYPED, "title": "New here"}).url
    form = fields(tab.get(login.replace("login", "signup", 1)), "/accounts/signup/")
    new = {"username": "bob", "email": "bob@example.org", "password1": PASSWORD}
    after = tab.post("/accounts/signup/", form | new, follow=True)
    assert fields(after)["body"] == TYPED
