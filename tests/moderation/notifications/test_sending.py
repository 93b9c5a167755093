"""When mail goes out: at once what is pressing, else daily; once, whatever fails meanwhile."""

import datetime
from smtplib import SMTPException, SMTPRecipientsRefused
from threading import Barrier, Thread

import django
import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.db import connections
from django.test import override_settings
from django.utils import timezone

from moderation import actions
from moderation.models import MailChoice, MailSettings, Notification
from moderation.notifications.mail import sending
from tests import factories
from tests.moderation.helpers import approve

pytestmark = pytest.mark.django_db


@pytest.fixture
def author(db):
    return factories.user(username="author", email="author@example.org")


@pytest.fixture
def proposal(author, entry):
    return factories.proposal(entry, "One, two, three, five.", author=author)


def choose(user, choice):
    MailSettings.objects.create(user=user, choice=choice)


def mail_goes_through(backend: str) -> override_settings:
    """All mail goes through this class, named by its dotted path."""
    if django.VERSION >= (6, 1):
        return override_settings(MAILERS={"default": {"BACKEND": backend}})
    return override_settings(EMAIL_BACKEND=backend)


def emails_to(*users):
    return [message.to for message in mail.outbox] == [[user.email] for user in users]


class Broken(EmailBackend):
    """A mail server that refuses every email."""

    def send_messages(self, messages):
        raise SMTPRecipientsRefused({})


class Absent(EmailBackend):
    """No mail server at all."""

    def open(self):
        raise ConnectionRefusedError("nobody there")


def test_what_decides_ones_proposal_goes_at_once(proposal, author, editor):
    approve(proposal, by=editor)
    assert sending.at_once() == (1, 0)
    assert emails_to(author)


def test_one_email_tells_of_all_that_is_new_about_a_proposal(proposal, author, editor):
    actions.comment(proposal, by=editor, body="Good.")
    approve(proposal, by=editor)
    sending.at_once()
    (message,) = mail.outbox
    assert message.body.index("commented") < message.body.index("merged it")
    assert not Notification.objects.filter(recipient=author, mailed_at=None).exists()


def test_what_is_not_pressing_waits_for_the_digest(proposal, author, editor):
    actions.comment(proposal, by=editor, body="Hm.")
    assert sending.at_once() == (0, 0)
    assert sending.daily() == (1, 0)
    assert emails_to(author)


def test_running_again_sends_nothing_again(proposal, author, editor):
    approve(proposal, by=editor)
    actions.comment(factories.proposal(author=author), by=editor, body="Hm.")
    for _ in range(2):
        sending.at_once(), sending.daily()
    assert emails_to(author, author)


def test_one_who_wants_one_a_day_gets_all_in_it(proposal, author, editor):
    choose(author, MailChoice.DAILY)
    approve(proposal, by=editor)
    assert sending.at_once() == (0, 0)
    assert sending.daily() == (1, 0)
    assert "merged it" in mail.outbox[0].body


@pytest.mark.parametrize("why", ["wants none", "no address", "suspended", "unconfirmed", "read"])
def test_who_gets_no_mail(proposal, author, editor, why):
    approve(proposal, by=editor)
    if why == "wants none":
        choose(author, MailChoice.NONE)
    elif why == "no address":
        author.email = ""
    elif why == "suspended":
        author.is_active = False
    elif why == "unconfirmed":
        EmailAddress.objects.create(user=author, email=author.email, verified=False)
    else:
        Notification.objects.update(read_at=timezone.now())
    author.save()
    assert (sending.at_once(), sending.daily()) == ((0, 0), (0, 0))


def test_a_confirmed_address_gets_mail(proposal, author, editor):
    EmailAddress.objects.create(user=author, email=author.email, verified=True)
    approve(proposal, by=editor)
    assert sending.at_once() == (1, 0)


def test_where_addresses_are_never_confirmed_they_count(proposal, author, editor, settings):
    settings.ACCOUNT_EMAIL_VERIFICATION = "none"
    EmailAddress.objects.create(user=author, email=author.email, verified=False)
    approve(proposal, by=editor)
    assert sending.at_once() == (1, 0)


def test_a_request_for_a_review_that_is_over_is_not_urgent(proposal, editor):
    asked = factories.user(email="asked@example.org")
    actions.ask(proposal, by=editor, name=asked.username)
    actions.decline(proposal, by=editor, version=1, note="No.")
    sending.at_once()
    assert emails_to(proposal.author)
    sending.daily()
    assert emails_to(proposal.author, asked)


def test_what_waited_for_a_week_is_not_mailed_any_more(proposal, author, editor):
    approve(proposal, by=editor)
    later = timezone.now() + datetime.timedelta(days=8)
    assert (sending.at_once(now=later), sending.daily(now=later)) == ((0, 0), (0, 0))


@pytest.mark.parametrize("backend", [Broken, Absent])
def test_what_could_not_be_sent_goes_out_with_the_next_run(proposal, author, editor, backend):
    approve(proposal, by=editor)
    with mail_goes_through(f"{__name__}.{backend.__name__}"):
        assert sending.at_once() == (0, 1)
    assert sending.at_once() == (1, 0)
    assert emails_to(author)


def test_one_bad_email_does_not_stop_the_others(proposal, editor, monkeypatch):
    other = factories.proposal(author=factories.user(email="other@example.org"))
    approve(proposal, by=editor), approve(other, by=editor)

    def send_messages(self, messages):
        if messages[0].to == ["author@example.org"]:
            raise SMTPException("refused")
        mail.outbox.extend(messages)

    monkeypatch.setattr(EmailBackend, "send_messages", send_messages)
    assert sending.at_once() == (1, 1)
    assert emails_to(other.author)


def test_the_command_says_what_it_did(proposal, author, editor, capsys):
    approve(proposal, by=editor)
    actions.comment(factories.proposal(author=author), by=editor, body="Hm.")
    call_command("send_mail")
    call_command("send_mail", "--digest")
    assert capsys.readouterr().out == "1 sent, 0 not sent.\n1 sent, 0 not sent.\n"


def test_an_action_hands_over_what_is_pressing_after_its_commit(
    proposal, author, editor, monkeypatch, django_capture_on_commit_callbacks
):
    handed = []
    monkeypatch.setattr(sending, "soon", handed.append)
    with django_capture_on_commit_callbacks(execute=True):
        approve(proposal, by=editor)
        assert handed == []
    merged = Notification.objects.get(event__what="merged", recipient=author)
    assert handed == [[merged.pk]]


def test_an_action_does_not_fail_when_mail_cannot_be_handed_over(
    proposal, editor, monkeypatch, django_capture_on_commit_callbacks
):
    def full(pks):
        raise RuntimeError("cannot schedule new futures after shutdown")

    monkeypatch.setattr(sending, "soon", full)
    with django_capture_on_commit_callbacks(execute=True):
        assert approve(proposal, by=editor).is_merged


@pytest.mark.django_db(transaction=True)
def test_a_merge_is_mailed_from_another_thread(author, editor):
    approve(factories.proposal(author=author), by=editor)
    sending._executor.submit(lambda: None).result(timeout=30)  # it works in order
    assert emails_to(author)


@pytest.mark.django_db(transaction=True)
def test_what_fails_in_the_other_thread_is_logged_and_sent_by_the_next_run(
    author, editor, monkeypatch, caplog
):
    with monkeypatch.context() as patch:
        patch.setattr(sending, "at_once", lambda pks: 1 / 0)
        approve(factories.proposal(author=author), by=editor)
        sending._executor.submit(lambda: None).result(timeout=30)
    assert "Mail is left for the next run of send_mail." in caplog.text
    assert sending.at_once() == (1, 0)
    assert emails_to(author)


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_send_each_email_once(author, editor, monkeypatch):
    for number in range(6):
        actions.comment(factories.proposal(author=author), by=editor, body="Hm.")
        someone = factories.user(email=f"someone{number}@example.org")
        actions.comment(factories.proposal(author=someone), by=editor, body="Hm.")
    barrier = Barrier(2)

    def run():
        barrier.wait()
        sending.daily()
        connections.close_all()

    runs = [Thread(target=run) for _ in range(2)]
    [thread.start() for thread in runs]
    [thread.join() for thread in runs]
    sent = sorted(message.to[0] for message in mail.outbox)
    assert len(sent) == len(set(sent)) == 7
