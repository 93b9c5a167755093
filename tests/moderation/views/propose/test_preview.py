"""The live preview shows what the guide would show, to those who may propose."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse

from guide_site.core.access import Permission
from moderation.forms.section_text import SECTION_LENGTH
from tests import factories
from tests.moderation.helpers import words

pytestmark = pytest.mark.django_db
URL = "/preview/"

SOURCES = [
    "**Lead:** words and `code`.",
    "See [the tips](#tips), [nothing](#nowhere) and https://a.example/x.",
    "Careful ❗; 💸 dear.",
    "| a | b |\n|---|---|\n| 1 | 2 |",
    "```\ncode <b>\n```",
    "~~old~~ <kbd>Ctrl</kbd> <bucket> <!-- note -->",
    "line\r\nbreak  \r\nhere",
    "<script>alert(1)</script>",
    "[x](javascript:alert(1))",
    "<img src=x onerror=alert(1)> ![alt](https://a.example/i.png)",
    "<a href=x onclick=alert(1)>x</a>",
]


@pytest.mark.parametrize("source", SOURCES)
def test_it_is_the_same_html_as_the_guide_shows(as_user, contributor, source):
    factories.section("Tips")
    factories.legend_tag()
    entry = factories.entry(source)
    shown = as_user(contributor).post(URL, {"content": source})
    assert shown.content.decode() == entry.body_html


@pytest.mark.parametrize("source", ["[d]: https://a.example/x", '[d]: <a b> "T"'])
def test_a_link_definition_is_shown_by_where_it_leads(as_user, contributor, source):
    entry = factories.entry(source, kind="definition")
    shown = as_user(contributor).post(URL, {"content": source}).content.decode()
    assert shown == entry.body_html != ""
    made = factories.proposal(entry, "[d]: https://b.example/")
    assert "Afterd: https://b.example/" in words(as_user(contributor).get(made.get_absolute_url()))


@pytest.mark.parametrize("source", SOURCES)
def test_hostile_markup_is_harmless(as_user, contributor, source):
    html = as_user(contributor).post(URL, {"content": source}).content.decode()
    for part in ("<script", "<img", "onclick=", 'href="javascript', "<bucket"):
        assert part not in html


def test_an_empty_text_is_an_empty_preview(as_user, contributor):
    response = as_user(contributor).post(URL, {"content": ""})
    assert (response.status_code, response.content) == (200, b"")


def test_a_visitor_is_told_that_the_session_has_ended(client):
    response = client.post(URL, {"content": "x"})
    assert response.status_code == 403
    assert "Your session has ended" in words(response)


def test_a_reader_is_told_what_to_do(as_user, reader):
    response = as_user(reader).post(URL, {"content": "x"})
    assert response.status_code == 403
    assert "ask a lead to add you" in words(response)


@pytest.mark.parametrize(("length", "status"), [(SECTION_LENGTH, 200), (SECTION_LENGTH + 1, 413)])
def test_a_text_that_is_too_long_is_refused(as_user, contributor, length, status):
    response = as_user(contributor).post(URL, {"content": "x" * length})
    assert response.status_code == status
    assert ("keep it under 80,000 characters" in words(response)) == (status == 413)


def test_without_a_text_it_says_so(as_user, contributor):
    response = as_user(contributor).post(URL, {"text": "x"})
    assert response.status_code == 400
    assert "There is no text to show." in words(response)


@pytest.mark.parametrize("method", ["get", "head", "put", "delete", "options"])
def test_it_is_only_posted_to(as_user, contributor, method):
    client = as_user(contributor)
    assert getattr(client, method)(URL).status_code == 405
    client.logout()
    assert getattr(client, method)(URL).status_code == 405


def test_a_form_from_elsewhere_is_refused(contributor):
    browser_of_the_member = Client(enforce_csrf_checks=True)
    browser_of_the_member.force_login(contributor)
    assert browser_of_the_member.post(URL, {"content": "x"}).status_code == 403


def test_the_text_is_kept_out_of_caches_of_others(as_user, contributor):
    response = as_user(contributor).post(URL, {"content": "x"})
    assert "public" not in response.headers.get("Cache-Control", "")


def test_nothing_can_be_uploaded(as_user, contributor):
    picture = SimpleUploadedFile("x.png", b"\x89PNG\r\n\x1a\n", "image/png")
    client = as_user(contributor)
    for address in ("/markdownx/upload/", "/upload/", "/preview/upload/"):
        assert client.post(address, {"image": picture}).status_code == 404
    assert client.post(URL, {"image": picture}).status_code == 400


def test_no_address_of_the_editor_library_is_open():
    with pytest.raises(NoReverseMatch):
        reverse("markdownx_upload")
    callbacks = [pattern.callback for pattern in get_resolver().url_patterns if pattern.callback]
    assert not [view for view in callbacks if view.__module__.startswith("markdownx")]


def test_the_permission_to_propose_is_asked_for():
    view = get_resolver().resolve(URL).func.view_class
    assert view.permission == Permission.PROPOSE
