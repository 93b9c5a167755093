"""A member's notices, by the proposal or report that they are about."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

from django.db.models import Count, F, Max, Q, QuerySet, Window
from django.db.models.functions import Least, RowNumber
from django.utils import timezone

from guide_site.models import User
from moderation.models import Notification, Proposal, Report, ReportEvent

PROPOSAL, REPORT = "event__proposal", "report_event__report"
LATEST = 5  # notices of a thing that the list shows


@dataclass(frozen=True)
class Thread:
    """What a member was told of one proposal or report.

    unread    how many notices they have not read, and
    total     how many there are in all
    notices   the LATEST of them, the newest first; at least one
    """

    unread: int
    total: int
    notices: list[Notification]

    @property
    def subject(self) -> Proposal | Report:
        """What it is about."""
        return _subject(self.notices[0])

    @property
    def kind(self) -> str:
        """“proposal” or “report”."""
        return "proposal" if self.notices[0].event else "report"

    @property
    def reason(self) -> str:
        """Why the newest was told, in words."""
        return self.notices[0].get_reason_display()

    @property
    def earlier(self) -> int:
        """How many there are beside the latest."""
        return self.total - len(self.notices)


def things(user: User) -> QuerySet[Any]:
    """What a member was told of: unread things first, then the newest.

    Each row is a dict, which `threads` makes a Thread of.
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
    """The Threads of some rows of `things`, in one query."""
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
        if (row[PROPOSAL], row[REPORT]) in latest  # else they were deleted this moment
    ]


def unread(user: User) -> int:
    """How many notices a member has not read."""
    return Notification.objects.filter(recipient=user, read_at=None).count()


def mark_read(
    user: User,
    *,
    proposal: int | None = None,
    report: int | None = None,
    until: int | None = None,
) -> None:
    """Mark what `user` was told as read: of one proposal or report, or all.

    proposal, report   primary key of what was seen
    until              primary key of the newest notice that was seen; later ones stay unread
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
