"""Reports: problems with an entry that somebody saw and did not edit themselves."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from entries.models import Entry
from guide_site.core.constraints import is_known
from moderation.models.choices import ReportEventKind, ReportKind, ReportStatus
from moderation.models.logs import LogLine
from moderation.models.proposals import Proposal

USER = settings.AUTH_USER_MODEL


class ReportQuerySet(models.QuerySet["Report"]):
    """Queries of reports."""

    def open(self) -> Self:
        """Reports that are neither fixed nor dismissed, oldest first."""
        return self.filter(status=ReportStatus.OPEN).order_by("at", "pk")


class Report(models.Model):
    """One problem with one entry, in one sentence. `closed_through`: the proposal that fixed it."""

    Kind, Status = ReportKind, ReportStatus

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="reports")
    kind = models.CharField(max_length=8, choices=ReportKind.choices)
    text = models.CharField(max_length=500)
    author = models.ForeignKey(USER, null=True, on_delete=models.SET_NULL, related_name="reports")
    at = models.DateTimeField(default=timezone.now)
    status = models.CharField(max_length=9, choices=ReportStatus.choices, default=ReportStatus.OPEN)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        USER, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    closed_through = models.ForeignKey(
        Proposal, null=True, blank=True, on_delete=models.SET_NULL, related_name="closed_reports"
    )

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["status", "at"], name="reports_by_age")]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="report_says_what"),
            is_known("kind", ReportKind, "report_kind_is_known"),
            models.CheckConstraint(
                condition=Q(status=ReportStatus.OPEN, closed_at=None, closed_by=None)
                | Q(
                    status__in=[ReportStatus.FIXED, ReportStatus.DISMISSED],
                    closed_at__isnull=False,
                ),
                name="report_is_closed_or_open",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        return reverse("report", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """True until somebody fixes or dismisses it."""
        return self.status == ReportStatus.OPEN


class ReportEvent(LogLine):
    """The public log of reports: who did what to which, and why."""

    What = ReportEventKind

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="events")
    what = models.CharField(max_length=9, choices=ReportEventKind.choices)

    class Meta(LogLine.Meta):
        constraints = [is_known("what", ReportEventKind, "report_event_is_known")]
