"""What browsers are told to forbid, on every answer."""

from wsgiref.headers import Headers

import pytest
from django.conf import settings
from django.http import HttpResponse

from guide_site.core import middleware
from tests import factories

pytestmark = pytest.mark.django_db

EXPECTED = {
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}

# A browser shows its own copy under the policies that came with it; others would replace them.
OF_THE_COPY = {"Cross-Origin-Embedder-Policy", "Content-Security-Policy"}


@pytest.fixture
def answers(client, contributor):
    """Answers of every kind: page, nothing new, missing, refused, redirect, member's page."""
    page = client.get("/legend/")
    found = {
        "page": page,
        "page again": client.get("/legend/"),
        "not modified": client.get("/legend/", headers={"if-none-match": page["ETag"]}),
        "missing": client.get("/no-such-page/"),
        "missing entry": client.get("/entries/1/"),
        "wrong method": client.post("/legend/"),
        "to the log-in": client.get("/review/"),
        "log-in": client.get("/accounts/login/"),
        "health": client.get("/health/"),
        "preview refused": client.post("/preview/", {"content": "x"}),
    }
    client.force_login(contributor)
    found["refused"] = client.get("/review/")
    found["member's page"] = client.get("/legend/")
    found["form"] = client.get(f"/entries/{factories.entry().pk}/edit/")
    found["preview"] = client.post("/preview/", {"content": "x"})
    return found


def test_every_answer_forbids_what_the_site_does_not_need(answers):
    for name, answer in answers.items():
        left_out = OF_THE_COPY if name == "not modified" else set()
        expected = {key: value for key, value in EXPECTED.items() if key not in left_out}
        assert {key: answer.get(key) for key in expected} == expected, name


def policy_of(answer):
    directives = (part.split() for part in answer["Content-Security-Policy"].split(";"))
    return {words[0]: words[1:] for words in directives}


def test_every_answer_has_the_content_security_policy(answers):
    for name, answer in answers.items():
        if name == "not modified":
            continue
        assert policy_of(answer) == settings.CONTENT_SECURITY_POLICY["DIRECTIVES"], name


def test_an_answer_that_nothing_changed_leaves_the_policies_of_the_copy_alone(answers):
    assert not OF_THE_COPY & set(answers["not modified"].headers)


def test_the_content_security_policy_is_strict(client):
    policy = policy_of(client.get("/legend/"))
    assert policy["default-src"] == ["'none'"]
    assert policy["script-src"] == policy["style-src"] == ["'self'"]
    assert policy["base-uri"] == policy["object-src"] == policy["frame-ancestors"] == ["'none'"]
    assert policy["form-action"] == ["'self'"]
    assert not any("unsafe" in word or "*" in word for words in policy.values() for word in words)


@pytest.mark.parametrize("address", ["/", "/guide/", "/accounts/login/", "/accounts/signup/"])
def test_no_page_needs_what_the_policy_forbids(client, address):
    page = client.get(address).content.decode()
    assert "<style" not in page
    assert " style=" not in page
    assert "<script>" not in page
    assert "javascript:" not in page
    assert ' onclick="' not in page


def test_a_view_may_set_a_header_of_its_own(rf):
    answer = HttpResponse(headers={"Cross-Origin-Resource-Policy": "cross-origin"})
    add_headers = middleware.IsolationHeadersMiddleware(lambda request: answer)
    assert add_headers(rf.get("/"))["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_static_files_stay_with_this_site_too():
    sent = Headers([("Content-Type", "text/css")])
    settings.WHITENOISE_ADD_HEADERS_FUNCTION(sent, "/srv/site.css", "/static/site.css")
    assert sent["Cross-Origin-Resource-Policy"] == "same-origin"
