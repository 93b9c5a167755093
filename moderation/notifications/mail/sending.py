"""When emails go out: urgent notices at once, the rest daily.

A notice is claimed (`mailed_at`) before its email goes out and released if that fails, so that
two runs at the same time never send it twice, and the next run sends what is left.
"""

import datetime
import logging
from collections.abc import Callable, Collection, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import django
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connections
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from guide_site.core import history
from guide_site.models import User
from moderation.models import MailChoice, Notification, Reason
from moderation.notifications.mail import emails
from moderation.states import CLOSED

URGENT = [Reason.DECIDED, Reason.ASKED, Reason.WAITS]
RETRY_FOR = datetime.timedelta(days=7)  # what could not be sent for so long is in the inbox only

Claim = Callable[[], Sequence[Notification]]  # claims the notices of one email, if any are left
Compose = Callable[[Sequence[Notification]], EmailMultiAlternatives]

logger = logging.getLogger("guide.mail")
_executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="mail")


def soon(pks: Collection[int]) -> None:
    """Email these notices (primary keys) from another thread: no page waits for a mail server."""
    _executor.submit(_at_once_and_close, pks)


def _at_once_and_close(pks: Collection[int]) -> None:
    try:
        at_once(pks)
    except Exception:
        logger.exception("Mail is left for the next run of send_mail.")
    finally:
        connections.close_all()


def at_once(
    pks: Collection[int] | None = None, *, now: datetime.datetime | None = None
) -> tuple[int, int]:
    """Send what is urgent, one email for each member and proposal with all that is new about it.

    pks  primary keys of the notices to look at; None for all
    now  the time to assume; None for the present

    Returns (number of emails sent, number failed).
    """
    urgent = _urgent(now)
    if pks is not None:
        urgent = urgent.filter(pk__in=pks)
    pairs = list(urgent.order_by().values_list("recipient", "event__proposal").distinct())
    claims = [partial(_claim_of_proposal, person, proposal, now) for person, proposal in pairs]
    return _post(claims, emails.about_one_subject)


def daily(*, now: datetime.datetime | None = None) -> tuple[int, int]:
    """Send each member one email with all that is left.

    now  the time to assume; None for the present

    Returns (number of emails sent, number failed).
    """
    people = list(_waiting(now).order_by().values_list("recipient", flat=True).distinct())
    claims = [partial(_claim_of_member, pk, now) for pk in people]
    return _post(claims, emails.digest)


def is_unconfirmed(user: User) -> bool:
    """True if `user` has not confirmed their email address yet: somebody else may have typed it."""
    if settings.ACCOUNT_EMAIL_VERIFICATION == "none":
        return False
    unconfirmed = EmailAddress.objects.filter(user=user, email=user.email, verified=False)
    return bool(unconfirmed.exists())


def _claim_of_proposal(
    person: int, proposal: int | None, now: datetime.datetime | None
) -> Sequence[Notification]:
    """Claim what a member gets about a proposal, if some of it is still urgent."""
    ours = Q(recipient=person, event__proposal=proposal)
    return _claim(_waiting(now).filter(ours), only_if=_urgent(now).filter(ours))


def _claim_of_member(person: int, now: datetime.datetime | None) -> Sequence[Notification]:
    return _claim(_waiting(now).filter(recipient=person))


def _waiting(now: datetime.datetime | None) -> QuerySet[Notification]:
    """Notices that are neither read nor emailed, of members who get email."""
    since = (now or timezone.now()) - RETRY_FOR
    waiting = Notification.objects.filter(
        mailed_at=None, read_at=None, at__gt=since, recipient__is_active=True
    ).exclude(Q(recipient__email="") | Q(recipient__mail_settings__choice=MailChoice.NONE))
    if settings.ACCOUNT_EMAIL_VERIFICATION != "none":
        unconfirmed = EmailAddress.objects.filter(
            user=OuterRef("recipient"), email=OuterRef("recipient__email"), verified=False
        )
        waiting = waiting.exclude(Exists(unconfirmed))
    return waiting


def _urgent(now: datetime.datetime | None) -> QuerySet[Notification]:
    """Notices to email at once; when its proposal is closed, only the decision is urgent."""
    late = Q(event__proposal__status__in=CLOSED) & ~Q(reason=Reason.DECIDED)
    return (
        _waiting(now)
        .filter(reason__in=URGENT)
        .exclude(late)
        .exclude(recipient__mail_settings__choice=MailChoice.DAILY)
    )


def _claim(
    notices: QuerySet[Notification], only_if: QuerySet[Notification] | None = None
) -> Sequence[Notification]:
    """Mark notices as emailed and return them; none if another run was faster.

    only_if  claim nothing if this query finds nothing
    """
    with history.writing():
        if only_if is not None and not only_if.exists():
            return []
        subjects = ("event__proposal__author", "report_event__report__author")
        with_subjects = notices.order_by("pk").select_related(
            "recipient", "event__by", "report_event__by", "report_event__report__entry", *subjects
        )
        claimed = list(with_subjects)
        _mark(claimed, timezone.now())
    return claimed


def _mark(notices: Iterable[Notification], at: datetime.datetime | None) -> None:
    Notification.objects.filter(pk__in=[notice.pk for notice in notices]).update(mailed_at=at)


def _post(claims: Sequence[Claim], compose: Compose) -> tuple[int, int]:
    """Send an email for each claim and release what cannot be sent: (number sent, failed)."""
    sent = failed = 0
    if not claims:
        return sent, failed
    try:
        with _connection() as connection:
            for claim in claims:
                if notices := claim():
                    is_sent = _send(notices, compose, connection)
                    sent, failed = sent + is_sent, failed + (not is_sent)
    except OSError as error:  # the mail server is down, and nothing is claimed
        logger.warning("No mail can be sent: %s", error)
        return sent, failed + len(claims) - sent - failed
    return sent, failed


def _connection() -> BaseEmailBackend:
    """A closed connection to the mail server, for all emails of a run."""
    if django.VERSION >= (6, 1):
        return mail.mailers.default
    return mail.get_connection()


def _send(notices: Sequence[Notification], compose: Compose, connection: BaseEmailBackend) -> bool:
    try:
        connection.send_messages([compose(notices)])
    except Exception as error:  # the other emails must still go out
        _mark(notices, None)
        logger.warning("An email to %s was not sent: %r", notices[0].recipient, error)
        return False
    return True
