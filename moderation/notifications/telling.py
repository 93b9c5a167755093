"""The one place that hears every event, and notes for each person what they are to be told."""

from django.db import transaction

from guide_site.models import User
from moderation.models import Notification, ReportEvent
from moderation.notifications import recipients
from moderation.notifications.mail import sending


def tell(event):
    """Note an Event or a ReportEvent for everybody whom it concerns, and return the notices.

    One for each active person but the one who caused it. It belongs to the transaction of the
    event: call it right after the event is written. What is pressing is mailed after the commit.
    """
    is_report = isinstance(event, ReportEvent)
    reasons = recipients.of_report(event) if is_report else recipients.of_proposal(event)
    reasons.pop(event.by_id, None)
    what = {"report_event" if is_report else "event": event}
    people = User.objects.filter(pk__in=reasons, is_active=True).order_by("pk")
    made = Notification.objects.bulk_create(
        Notification(recipient=person, reason=reasons[person.pk], at=event.at, **what)
        for person in people
    )
    pressing = [n.pk for n in made if n.reason in sending.PRESSING and n.recipient.email]
    if pressing:
        transaction.on_commit(lambda: sending.soon(pressing), robust=True)
    return made
