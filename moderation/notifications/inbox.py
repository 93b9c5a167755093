"""A member's notifications (short: notices), grouped by their subject: a proposal or report."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

from django.db.models import Count, F, Max, Q, QuerySet, Window
from django.db.models.functions import Least, RowNumber
from django.utils import timezone

from guide_site.models import User
from moderation.models import Notification, Proposal, Report, ReportEvent

PROPOSAL, REPORT = "event__proposal", "report_event__report"
LATEST = 5  # notices of one subject that the list shows


@dataclass(frozen=True)
class Thread:
    """The notices of one proposal or report to one member.

    unread   number of notices that they have not read
    total    number of notices
    notices  the LATEST of them, newest first; at least one
    """

    unread: int
    total: int
    notices: list[Notification]

    @property
    def subject(self) -> Proposal | Report:
        """What the notices are about."""
        return _subject(self.notices[0])

    @property
    def kind(self) -> str:
        """“proposal” or “report”."""
        return "proposal" if self.notices[0].event else "report"

    @property
    def reason(self) -> str:
        """The reason for the newest notice, in words."""
        return self.notices[0].get_reason_display()

    @property
    def earlier(self) -> int:
        """The number of notices that the list does not show."""
        return self.total - len(self.notices)


def subjects(user: User) -> QuerySet[Any]:
    """Return the proposals and reports with notices to a member: unread first, then the newest.

    Each row is a dict, which `threads` turns into a Thread.
    """
    rows: QuerySet[Any] = (
        Notification.objects.filter(recipient=user)
        .values(PROPOSAL, REPORT)
        .annotate(
            unread=Count("pk", filter=Q(read_at=None)),
            total=Count("pk"),
            last=Max("pk"),
        )
        .order_by(Least("unread", 1).desc(), "-last")
    )
    return rows


def threads(user: User, rows: Iterable[dict[str, Any]]) -> list[Thread]:
    """Return the Threads of some rows of `subjects`, in one query."""
    rows = list(rows)
    wanted = Q(**{f"{PROPOSAL}__in": [row[PROPOSAL] for row in rows if row[PROPOSAL]]})
    wanted |= Q(**{f"{REPORT}__in": [row[REPORT] for row in rows if row[REPORT]]})
    place = Window(RowNumber(), partition_by=[F(PROPOSAL), F(REPORT)], order_by="-pk")
    notices = (
        Notification.objects.filter(wanted, recipient=user)
        .alias(place=place)
        .filter(place__lte=LATEST)
        .select_related("event__by", "event__proposal", "report_event__by", "report_event__report")
        .order_by("-pk")
    )
    latest: dict[tuple[int | None, int | None], list[Notification]] = {}
    for notice in notices:
        event, report = notice.event, notice.report_event
        key = event.proposal_id if event else None, report.report_id if report else None
        latest.setdefault(key, []).append(notice)
    return [
        Thread(row["unread"], row["total"], latest[row[PROPOSAL], row[REPORT]])
        for row in rows
        if (row[PROPOSAL], row[REPORT]) in latest  # else deleted since `subjects`
    ]


def unread(user: User) -> int:
    """Return the number of notices that a member has not read."""
    return Notification.objects.filter(recipient=user, read_at=None).count()


def mark_read(
    user: User,
    *,
    proposal: int | None = None,
    report: int | None = None,
    until: int | None = None,
) -> None:
    """Mark the notices to `user` as read: those of one proposal or report, or all.

    proposal, report  primary key of what was seen
    until             primary key of the newest notice that was seen; later ones stay unread
    """
    unread_notices = Notification.objects.filter(recipient=user, read_at=None)
    if until is not None:
        unread_notices = unread_notices.filter(pk__lte=until)
    if proposal:
        unread_notices = unread_notices.filter(event__proposal=proposal)
    if report:
        unread_notices = unread_notices.filter(report_event__report=report)
    if unread_notices.exists():  # an update waits for other writers even if it changes nothing
        unread_notices.update(read_at=timezone.now())


def _subject(notice: Notification) -> Proposal | Report:
    if notice.event is not None:
        return notice.event.proposal
    return cast(ReportEvent, notice.report_event).report  # it has one of them, by constraint
