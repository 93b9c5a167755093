"""A member's notices, by the proposal or report that they are about."""

from dataclasses import dataclass, field

from django.db.models import Count, F, Max, Q, Window
from django.db.models.functions import Least, RowNumber
from django.utils import timezone

from moderation.models import Notification

PROPOSAL, REPORT = "event__proposal", "report_event__report"
LATEST = 5  # notices of a thing that the list shows


@dataclass
class Thread:
    """What was told of one thing: its newest notices first, and how many are unread in all."""

    unread: int
    total: int
    notices: list = field(default_factory=list)

    @property
    def subject(self):
        """The Proposal or Report."""
        notice = self.notices[0]
        return notice.event.proposal if notice.event else notice.report_event.report

    @property
    def kind(self):
        return "proposal" if self.notices[0].event else "report"

    @property
    def reason(self):
        """Why the newest was told, in words."""
        return self.notices[0].get_reason_display()

    @property
    def earlier(self):
        return self.total - len(self.notices)


def things(user):
    """What a member was told of: unread things first, then the newest, as rows of a query."""
    return (
        Notification.objects.filter(recipient=user)
        .values(PROPOSAL, REPORT)
        .annotate(
            unread=Count("pk", filter=Q(read_at=None)),
            total=Count("pk"),
            last=Max("pk"),
        )
        .order_by(Least("unread", 1).desc(), "-last")
    )


def threads(user, rows):
    """The Threads of some rows of `things`, in one query."""
    found = {(row[PROPOSAL], row[REPORT]): Thread(row["unread"], row["total"]) for row in rows}
    wanted = Q(**{f"{PROPOSAL}__in": [proposal for proposal, _ in found if proposal]})
    wanted |= Q(**{f"{REPORT}__in": [report for _, report in found if report]})
    place = Window(RowNumber(), partition_by=[F(PROPOSAL), F(REPORT)], order_by="-pk")
    notices = (
        Notification.objects.filter(wanted, recipient=user)
        .annotate(place=place)
        .filter(place__lte=LATEST)
        .select_related("event__by", "event__proposal", "report_event__by", "report_event__report")
        .order_by("-pk")
    )
    for notice in notices:
        event, report = notice.event, notice.report_event
        found[event and event.proposal_id, report and report.report_id].notices.append(notice)
    return list(found.values())


def unread(user):
    """How many notices a member has not read."""
    return Notification.objects.filter(recipient=user, read_at=None).count()


def mark_read(user, *, proposal=None, report=None, until=None):
    """Mark what `user` was told as read: of one thing (a primary key), or all.

    until: primary key of the newest notice that was seen; later ones stay unread
    """
    found = Notification.objects.filter(recipient=user, read_at=None)
    if until is not None:
        found = found.filter(pk__lte=until)
    if proposal:
        found = found.filter(event__proposal=proposal)
    if report:
        found = found.filter(report_event__report=report)
    if found.exists():  # an update waits for other writers even if it changes nothing
        found.update(read_at=timezone.now())
