"""What a member watches, their notifications and mail settings, and unfinished texts."""

from typing import cast

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from entries.models import Entry, LegendTag, Section
from guide_site.core.constraints import has, is_known
from moderation.models.choices import MailChoice, Reason
from moderation.models.reports import ReportEvent
from moderation.models.reviews import Event
from services.models import Service

USER = settings.AUTH_USER_MODEL
Watched = Entry | Section | Service | LegendTag  # rows that a member may watch


def exactly_one(*names: str) -> Q:
    """Return the condition that one of these foreign keys is set and the others are not."""
    condition = Q()
    for name in names:
        condition |= Q(**{f"{other}__isnull": other != name for other in names})
    return condition


class Watch(models.Model):
    """A member wants a notification of every event about one row of the guide."""

    TARGETS = ("entry", "section", "service", "legend_tag")

    user = models.ForeignKey(USER, on_delete=models.CASCADE, related_name="watches")
    entry = models.ForeignKey(
        Entry, null=True, blank=True, on_delete=models.CASCADE, related_name="watches"
    )
    section = models.ForeignKey(
        Section, null=True, blank=True, on_delete=models.CASCADE, related_name="watches"
    )
    service = models.ForeignKey(
        Service, null=True, blank=True, on_delete=models.CASCADE, related_name="watches"
    )
    legend_tag = models.ForeignKey(
        LegendTag, null=True, blank=True, on_delete=models.CASCADE, related_name="watches"
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "watches"
        constraints = [
            models.CheckConstraint(
                condition=exactly_one("entry", "section", "service", "legend_tag"),
                name="watch_is_of_one_thing",
            ),
            models.UniqueConstraint(fields=["user", "entry"], name="entry_watched_once"),
            models.UniqueConstraint(fields=["user", "section"], name="section_watched_once"),
            models.UniqueConstraint(fields=["user", "service"], name="service_watched_once"),
            models.UniqueConstraint(fields=["user", "legend_tag"], name="legend_tag_watched_once"),
        ]

    @property
    def kind(self) -> str:
        """Which of the TARGETS is watched."""
        return next(kind for kind in self.TARGETS if getattr(self, f"{kind}_id"))

    @classmethod
    def model_of(cls, kind: str) -> type[Watched]:
        """The model of a kind among the TARGETS."""
        return cast(type[Watched], cls._meta.get_field(kind).related_model)

    @classmethod
    def kind_of(cls, target: Watched) -> str:
        """The kind of a row, among the TARGETS."""
        return next(kind for kind in cls.TARGETS if isinstance(target, cls.model_of(kind)))

    @property
    def kind_label(self) -> str:
        """The kind as pages show it: “Legend tag”."""
        return self.kind.replace("_", " ").capitalize()

    @property
    def target(self) -> models.Model:
        """The entry, section, service or legend tag that is watched."""
        return cast(models.Model, getattr(self, self.kind))


class Notification(models.Model):
    """Notifies one member of one event: in the inbox and, from `mailed_at` on, by email."""

    recipient = models.ForeignKey(USER, on_delete=models.CASCADE, related_name="notifications")
    event = models.ForeignKey(
        Event, null=True, blank=True, on_delete=models.CASCADE, related_name="notifications"
    )
    report_event = models.ForeignKey(
        ReportEvent, null=True, blank=True, on_delete=models.CASCADE, related_name="notifications"
    )
    reason = models.CharField(max_length=8, choices=Reason.choices)
    at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["recipient", "read_at"], name="notifications_unread"),
            models.Index(fields=["recipient", "mailed_at"], name="notifications_to_mail"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=exactly_one("event", "report_event"), name="notification_of_one_event"
            ),
            is_known("reason", Reason, "notification_reason_is_known"),
            models.UniqueConstraint(fields=["recipient", "event"], name="told_once_per_event"),
            models.UniqueConstraint(
                fields=["recipient", "report_event"], name="told_once_per_report_event"
            ),
        ]


class MailSettings(models.Model):
    """A member's choice of email; without a row the first choice applies."""

    user = models.OneToOneField(USER, on_delete=models.CASCADE, related_name="mail_settings")
    choice = models.CharField(
        max_length=9, choices=MailChoice.choices, default=MailChoice.IMPORTANT
    )

    class Meta:
        verbose_name_plural = "mail settings"
        constraints = [is_known("choice", MailChoice, "mail_choice_is_known")]


class Autosave(models.Model):
    """What a member is typing in a form, saved as they type: one row per member and form.

    place   path of the form
    fields  the fields as a browser would send them (urlencoded)
    """

    user = models.ForeignKey(USER, on_delete=models.CASCADE, related_name="autosaves")
    place = models.CharField(max_length=300)
    fields = models.TextField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at"]
        constraints = [
            *has("autosave", "place"),
            models.UniqueConstraint(fields=["user", "place"], name="autosave_once_per_place"),
        ]
