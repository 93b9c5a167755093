"""Logging in and out."""

import pytest
from django.test import Client

from tests import factories
from tests.public.page_texts import links, words

pytestmark = pytest.mark.django_db

WRONG = "The username and/or password you specified are not correct."


@pytest.fixture
def ada():
    return factories.user(username="ada", email="ada@example.org", password="long-enough-7x")


@pytest.fixture
def log_in(client, ada):
    """Sends the form: `log_in("ada")`."""

    def sent(name, password="long-enough-7x", **fields):
        return client.post("/accounts/login/", {"login": name, "password": password} | fields)

    return sent


@pytest.mark.parametrize("name", ["ada", "ADA", "ada@example.org", "Ada@Example.org", " ada "])
def test_one_logs_in_by_name_or_by_address(client, log_in, name):
    assert log_in(name)["Location"] == "/"
    assert "/people/ada/" in links(client.get("/"))


@pytest.mark.parametrize(
    ("name", "password"),
    [
        ("ada", "wrong"),
        ("nobody", "long-enough-7x"),
        ("", ""),
        ("ada", ""),
        ("ada' OR '1'='1", "x"),
    ],
)
def test_a_wrong_pair_is_refused(client, log_in, name, password):
    answer = log_in(name, password)
    assert WRONG in words(answer) or "This field is required." in words(answer)
    assert client.get("/review/")["Location"].startswith("/accounts/login/")


def test_it_does_not_say_whether_it_was_the_name_or_the_password(log_in):
    assert WRONG in words(log_in("ada", "wrong"))
    assert WRONG in words(log_in("nobody", "wrong"))


def test_an_unknown_address_is_refused(log_in):
    assert "not correct" in words(log_in("nobody@example.org"))


def test_a_suspended_member_is_refused(client, log_in, ada):
    ada.is_active = False
    ada.save()
    log_in("ada")
    assert client.get("/proposals/mine/")["Location"].startswith("/accounts/login/")


def test_it_goes_on_where_one_was(client, log_in):
    asked = client.get("/proposals/mine/")["Location"]
    assert asked == "/accounts/login/?next=/proposals/mine/"
    assert 'name="next" value="/proposals/mine/"' in client.get(asked).text
    assert log_in("ada", next="/proposals/mine/")["Location"] == "/proposals/mine/"


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "javascript:x"])
def test_it_never_goes_on_to_another_site(log_in, target):
    assert log_in("ada", next=target)["Location"] == "/"


def test_the_session_is_a_new_one(client, log_in):
    session = client.session
    session["planted"] = True
    session.save()
    before = session.session_key
    log_in("ada")
    assert client.session.session_key != before


def test_who_is_logged_in_need_not_do_it_again(as_user, contributor):
    assert as_user(contributor).get("/accounts/login/")["Location"] == "/"


def test_logging_out_takes_a_button(client, log_in):
    log_in("ada")
    assert client.get("/accounts/logout/").status_code == 200
    assert client.get("/proposals/mine/").status_code == 200


def test_one_logs_out(client, log_in):
    log_in("ada")
    assert client.post("/accounts/logout/")["Location"] == "/"
    assert client.get("/proposals/mine/")["Location"].startswith("/accounts/login/")


def test_a_log_in_without_a_token_is_refused(ada):
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/accounts/login/", {"login": "ada", "password": "long-enough-7x"})
    assert answer.status_code == 403
    assert "This page was open too long" in words(answer)


def test_who_tries_too_often_has_to_wait(log_in, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "3/m/key"}
    answers = [log_in("ada", "wrong") for _ in range(4)]
    assert "Too many failed login attempts." in words(answers[-1])
    assert "Too many failed" not in words(answers[0])


def test_a_name_with_capitals_logs_in_whatever_its_case(client):
    factories.user(username="Linus", password="long-enough-7x")
    fields = {"login": "linus", "password": "long-enough-7x"}
    assert client.post("/accounts/login/", fields).status_code == 302
