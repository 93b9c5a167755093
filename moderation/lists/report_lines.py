"""Reports as lists show them."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict

from django.db.models import Count, QuerySet

from moderation.models import Comment, Report, ReportEvent

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    class _Counted(TypedDict):
        comment_count: int

    CountedReport = WithAnnotations[Report, _Counted]


@dataclass(frozen=True)
class ReportLine:
    """A report in a list, and how many comments it has."""

    report: Report
    comment_count: int


def counted() -> "QuerySet[CountedReport]":
    """All reports with what a list shows, the newest first; `lines` makes lines of them."""
    related = ("entry__section", "author", "closed_through")
    reports: QuerySet[Report] = Report.objects.select_related(*related).order_by("-at", "-pk")
    return reports.annotate(comment_count=Count("comments"))


def lines(reports: "Iterable[CountedReport]") -> list[ReportLine]:
    """The lines of some rows of `counted`."""
    return [ReportLine(report, report.comment_count) for report in reports]


@dataclass(frozen=True)
class ReportMoment:
    """What happened to a report at a moment: an event, or a comment."""

    at: datetime.datetime
    event: ReportEvent | None = None
    comment: Comment | None = None


def history(report: Report) -> list[ReportMoment]:
    """Everything that happened to a report, oldest first, comments in their place: two queries."""
    events = report.events.select_related("by").exclude(what=ReportEvent.What.COMMENTED)
    comments = report.comments.select_related("author")
    moments = [ReportMoment(event.at, event=event) for event in events]
    moments += [ReportMoment(comment.at, comment=comment) for comment in comments]
    return sorted(moments, key=lambda moment: moment.at)
