"""A forgotten password, and a member's own account pages."""

import re

import pytest

from tests import factories
from tests.public.page_texts import words

pytestmark = pytest.mark.django_db

NEW = {"password1": "another-long-9y", "password2": "another-long-9y"}


@pytest.fixture
def ada():
    return factories.user(username="ada", email="ada@example.org", password="long-enough-7x")


def ask(client, email):
    return client.post("/accounts/password/reset/", {"email": email})


def link_in(mail):
    """The path of the only link of a mail."""
    return re.search(r"http://testserver(/\S+)", mail.body)[1]


def open_link(client, mail):
    """Follow the link of a mail; the address of the form behind it."""
    return client.get(link_in(mail), follow=True).redirect_chain[-1][0]


@pytest.mark.parametrize("typed", ["ada@example.org", "ADA@example.org"])
def test_who_forgot_the_password_gets_a_mail(client, ada, mailoutbox, typed):
    assert ask(client, typed)["Location"] == "/accounts/password/reset/done/"
    (mail,) = mailoutbox
    assert mail.to == ["ada@example.org"]
    assert "ada" in mail.body
    assert link_in(mail).startswith("/accounts/password/reset/key/")


def test_the_mail_leads_to_a_new_password(client, ada, mailoutbox):
    ask(client, ada.email)
    client.post(open_link(client, mailoutbox[0]), NEW)
    ada.refresh_from_db()
    assert ada.check_password(NEW["password1"])


def test_the_mails_link_works_once(client, ada, mailoutbox):
    ask(client, ada.email)
    client.post(open_link(client, mailoutbox[0]), NEW)
    client.logout()
    page = client.get(link_in(mailoutbox[0]), follow=True)
    assert "The password reset link was invalid" in words(page)


def test_a_made_up_link_is_refused(client, ada):
    page = client.get(f"/accounts/password/reset/key/{ada.pk}-abc-def/")
    assert "The password reset link was invalid" in words(page)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"password1": "short7", "password2": "short7"}, "at least 8 characters"),
        (NEW | {"password2": "yet-another-9y"}, "the same password each time"),
    ],
)
def test_a_bad_new_password_is_refused(client, ada, mailoutbox, typed, sentence):
    ask(client, ada.email)
    assert sentence in words(client.post(open_link(client, mailoutbox[0]), typed))
    ada.refresh_from_db()
    assert ada.check_password("long-enough-7x")


def test_an_unknown_address_gets_the_same_answer_and_no_link_to_a_password(client, mailoutbox):
    assert ask(client, "nobody@example.org")["Location"] == "/accounts/password/reset/done/"
    assert [mail for mail in mailoutbox if "/reset/key/" in mail.body] == []


def test_a_suspended_member_gets_no_new_password(client, ada, mailoutbox):
    ada.is_active = False
    ada.save()
    ask(client, ada.email)
    assert [mail for mail in mailoutbox if "/reset/key/" in mail.body] == []


def test_a_member_changes_their_password_and_stays_logged_in(as_user, ada):
    client = as_user(ada)
    answer = client.post("/accounts/password/change/", {"oldpassword": "long-enough-7x"} | NEW)
    ada.refresh_from_db()
    assert ada.check_password(NEW["password1"])
    assert answer.status_code == 302
    assert client.get("/proposals/mine/").status_code == 200


def test_a_wrong_old_password_changes_nothing(as_user, ada):
    as_user(ada).post("/accounts/password/change/", {"oldpassword": "wrong"} | NEW)
    ada.refresh_from_db()
    assert ada.check_password("long-enough-7x")


def test_a_member_adds_an_address_and_is_asked_to_confirm_it(as_user, ada, mailoutbox):
    as_user(ada).post("/accounts/email/", {"action_add": "", "email": "new@example.org"})
    assert [mail.to for mail in mailoutbox][-1] == ["new@example.org"]


@pytest.mark.parametrize(
    "address",
    [
        "/accounts/login/",
        "/accounts/signup/",
        "/accounts/password/reset/",
        "/accounts/password/reset/done/",
        "/accounts/password/reset/key/done/",
        "/accounts/inactive/",
        "/accounts/confirm-email/",
        "/accounts/confirm-email/made-up/",
    ],
)
def test_account_pages_have_the_sites_look_and_are_not_cached(client, address):
    page = client.get(address)
    assert page.status_code == 200
    assert 'class="header"' in page.text
    assert "public" not in page.headers.get("Cache-Control", "")


@pytest.mark.parametrize(
    "address", ["/accounts/email/", "/accounts/password/change/", "/accounts/logout/"]
)
def test_pages_of_a_members_account_have_the_sites_look(as_user, ada, address):
    page = as_user(ada).get(address)
    assert page.status_code == 200
    assert 'class="header"' in page.text


def test_the_pages_of_an_account_have_no_inline_script(as_user, contributor):
    page = as_user(contributor).get("/accounts/email/").text
    assert re.findall(r"<script(?![^>]*\ssrc=)", page) == []
