"""Reports as lists show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict

from django.db.models import Count, QuerySet

from moderation.models import Report

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
