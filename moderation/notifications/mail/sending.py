"""When letters go out: at once what waits for somebody or decides what is theirs, else daily.

A notice is claimed (`mailed_at`) before its letter goes out and given back if that fails, so
that two runs at the same time never send it twice, and the next run sends what is left.
"""

import datetime
import logging
from concurrent.futures import ThreadPoolExecutor

import django
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connections
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from guide_site.core import history
from moderation.models import MailChoice, Notification, Reason
from moderation.notifications.mail import letters
from moderation.states import CLOSED

PRESSING = [Reason.DECIDED, Reason.ASKED, Reason.WAITS]
KEPT = datetime.timedelta(days=7)  # what could not be sent for so long stays in the inbox only

logger = logging.getLogger("guide.mail")
_postman = ThreadPoolExecutor(max_workers=1, thread_name_prefix="mail")


def soon(pks):
    """Send the letters for these notices from another thread: nobody waits for a mail server."""
    _postman.submit(_at_once_and_close, pks)


def _at_once_and_close(pks):
    try:
        at_once(pks)
    except Exception:
        logger.exception("Mail is left for the next run of send_mail.")
    finally:
        connections.close_all()


def at_once(pks=None, *, now=None):
    """Send what is pressing, of these notices or of all. Returns (letters sent, failed).

    One letter for each person and proposal: it also tells what else is new about it.
    """
    found = _pressing(now)
    if pks is not None:
        found = found.filter(pk__in=pks)
    pairs = list(found.order_by().values_list("recipient", "event__proposal").distinct())
    claims = (
        lambda person=person, proposal=proposal: _claim(
            _waiting(now).filter(recipient=person, event__proposal=proposal),
            only_if=_pressing(now).filter(recipient=person, event__proposal=proposal),
        )
        for person, proposal in pairs
    )
    return _post(claims, letters.letter)


def daily(*, now=None):
    """Send each member one letter with all that is left. Returns (letters sent, failed)."""
    found = _waiting(now)
    people = list(found.order_by().values_list("recipient", flat=True).distinct())
    claims = (lambda pk=pk: _claim(_waiting(now).filter(recipient=pk)) for pk in people)
    return _post(claims, letters.digest)


def is_unconfirmed(user):
    """True if the address of `user` waits to be confirmed: strangers may have typed it."""
    return settings.ACCOUNT_EMAIL_VERIFICATION != "none" and (
        EmailAddress.objects.filter(user=user, email=user.email, verified=False).exists()
    )


def _waiting(now):
    """Notices that are neither read nor mailed, of members who get mail."""
    since = (now or timezone.now()) - KEPT
    found = Notification.objects.filter(
        mailed_at=None, read_at=None, at__gt=since, recipient__is_active=True
    ).exclude(Q(recipient__email="") | Q(recipient__mail_settings__choice=MailChoice.NONE))
    if settings.ACCOUNT_EMAIL_VERIFICATION != "none":
        unconfirmed = EmailAddress.objects.filter(
            user=OuterRef("recipient"), email=OuterRef("recipient__email"), verified=False
        )
        found = found.exclude(Exists(unconfirmed))
    return found


def _pressing(now):
    """What goes out at once: unless its proposal is closed by now, so that nothing waits."""
    late = Q(event__proposal__status__in=CLOSED) & ~Q(reason=Reason.DECIDED)
    return (
        _waiting(now)
        .filter(reason__in=PRESSING)
        .exclude(late)
        .exclude(recipient__mail_settings__choice=MailChoice.DAILY)
    )


def _claim(found, only_if=None):
    """Mark notices as mailed and return them; none if another run was faster."""
    with history.writing():
        if only_if is not None and not only_if.exists():
            return []
        subjects = ("event__proposal__author", "report_event__report__author")
        taken = found.order_by("pk").select_related(
            "recipient", "event__by", "report_event__by", "report_event__report__entry", *subjects
        )
        taken = list(taken)
        _mark(taken, timezone.now())
    return taken


def _mark(notices, at):
    Notification.objects.filter(pk__in=[notice.pk for notice in notices]).update(mailed_at=at)


def _post(claims, compose):
    """Send a letter for each claim; what cannot be sent is given back."""
    sent = failed = 0
    claims = list(claims)
    if not claims:
        return sent, failed
    try:
        with _connection() as connection:
            for claim in claims:
                if notices := claim():
                    is_sent = _send(notices, compose, connection)
                    sent, failed = sent + is_sent, failed + (not is_sent)
    except OSError as error:  # no mail server answers, and nothing is claimed
        logger.warning("No mail can be sent: %s", error)
        return sent, failed + len(claims) - sent - failed
    return sent, failed


def _connection() -> BaseEmailBackend:
    """A closed connection to the mail server, for all letters of a run."""
    if django.VERSION >= (6, 1):
        return mail.mailers.default
    return mail.get_connection()


def _send(notices, compose, connection):
    try:
        connection.send_messages([compose(notices)])
    except Exception as error:  # whatever it is: the other letters still go out
        _mark(notices, None)
        logger.warning("A letter to %s was not sent: %r", notices[0].recipient, error)
        return False
    return True
