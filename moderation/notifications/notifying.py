"""Writes the notifications of every event of a proposal or report."""

from typing import Any

from django.db import transaction

from guide_site.models import User
from moderation.models import Event, Notification, ReportEvent
from moderation.notifications import recipients
from moderation.notifications.mail import sending


def notify(event: Event | ReportEvent) -> list[Notification]:
    """Notify every active member whom an event concerns, but not who caused it.

    Call it in the transaction of the event, right after the event is written. Urgent
    notifications are emailed after the commit. Returns the new notifications.
    """
    what: dict[str, Any]
    if isinstance(event, ReportEvent):
        reasons, what = recipients.of_report(event), {"report_event": event}
    else:
        reasons, what = recipients.of_proposal(event), {"event": event}
    members = User.objects.filter(pk__in=reasons, is_active=True).order_by("pk")
    notices = Notification.objects.bulk_create(
        Notification(recipient=member, reason=reasons[member.pk], at=event.at, **what)
        for member in members
        if member.pk != event.by_id
    )
    urgent = [n.pk for n in notices if n.reason in sending.URGENT and n.recipient.email]
    if urgent:
        transaction.on_commit(lambda: sending.soon(urgent), robust=True)
    return notices
