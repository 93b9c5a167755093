"""How much mail one gets: chosen in the menu, or without a log-in by the link in every letter."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from moderation.models import MailChoice, MailSettings
from moderation.notifications.mail import unsubscribing
from tests import factories
from tests.moderation.helpers import words

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(as_user, reader):
    reader.email = "reader@example.org"
    reader.save()
    return as_user(reader)


@pytest.fixture
def off(reader):
    """The path of the link in the letters to `reader`."""
    return re.sub(r"^\w+://[^/]+", "", unsubscribing.address(reader))


def choice_of(user):
    return MailSettings.objects.get(user=user).choice


def test_at_first_it_is_the_important_at_once(member):
    assert re.search(r'value="important"[^>]*checked', member.get("/mail/").text)


@pytest.mark.parametrize("choice", MailChoice.values)
def test_a_member_chooses(member, reader, choice):
    answer = member.post("/mail/", {"choice": choice}, follow=True)
    assert "Saved." in words(answer)
    assert choice_of(reader) == choice
    assert re.search(rf'value="{choice}"[^>]*checked', answer.text)


@pytest.mark.parametrize("choice", ["", "hourly", "x" * 5000])
def test_what_is_no_choice_is_refused(member, choice):
    answer = member.post("/mail/", {"choice": choice})
    assert "field__error" in answer.text
    assert not MailSettings.objects.exists()


def test_it_says_where_mail_goes(member):
    assert "It goes to reader@example.org." in words(member.get("/mail/"))


def test_it_says_if_there_is_no_address(as_user, contributor):
    assert "You have no e-mail address here" in words(as_user(contributor).get("/mail/"))


def test_it_says_if_the_address_waits_to_be_confirmed(member, reader):
    EmailAddress.objects.create(user=reader, email=reader.email, verified=False)
    assert "waits to be confirmed" in words(member.get("/mail/"))


def test_looking_at_the_link_changes_nothing(client, off):
    page = client.get(off)
    assert "No more mail One letter a day" in words(page)
    assert "no-cache" in page["Cache-Control"]
    assert not MailSettings.objects.exists()


def test_a_visitor_turns_mail_off_by_the_button(client, reader, off):
    answer = client.post(off, {"choice": "none"})
    assert "reader gets no more mail" in words(answer)
    assert choice_of(reader) == MailChoice.NONE


def test_a_mail_program_turns_it_off_without_cookies_or_tokens(reader, off):
    program = Client(enforce_csrf_checks=True)
    answer = program.post(off, {"List-Unsubscribe": "One-Click"})
    assert (answer.status_code, choice_of(reader)) == (200, MailChoice.NONE)


def test_a_visitor_takes_one_letter_a_day_instead(client, reader, off):
    assert "reader gets one letter a day" in words(client.post(off, {"choice": "daily"}))
    assert choice_of(reader) == MailChoice.DAILY


def test_turning_it_off_twice_is_the_same(client, reader, off):
    client.post(off), client.post(off)
    assert choice_of(reader) == MailChoice.NONE


@pytest.mark.parametrize(
    ("before", "asked"), [("daily", "important"), ("none", "daily"), ("none", "important")]
)
def test_nobody_gets_more_mail_by_the_link(client, reader, off, before, asked):
    MailSettings.objects.create(user=reader, choice=before)
    client.post(off, {"choice": asked})
    assert choice_of(reader) == MailChoice.NONE


def test_where_mail_is_off_already_the_page_says_so(client, reader, off):
    MailSettings.objects.create(user=reader, choice=MailChoice.NONE)
    page = client.get(off)
    assert "reader gets no mail from here." in words(page)
    assert "<form method" not in page.text


@pytest.mark.parametrize("token", ["1", "1:x", "1:" + "a" * 43, ":", "x" * 3000, "1%3Ax", "é"])
def test_a_link_that_is_not_whole_turns_nothing_off(client, reader, token):
    for send in (client.get, client.post):
        assert send(f"/mail/off/{token}/").status_code == 404
    assert not MailSettings.objects.exists()


def test_the_link_of_one_member_is_no_link_of_another(client, reader, off):
    other = factories.user()
    forged = off.replace(f"/{reader.pk}:", f"/{other.pk}:")
    assert forged != off
    assert client.post(forged).status_code == 404


def test_the_link_of_a_removed_account_leads_nowhere(client, reader, off):
    reader.delete()
    assert client.post(off).status_code == 404


def test_the_link_opens_nothing_else(client, off):
    client.post(off)
    assert client.get("/inbox/").status_code == 302
