"""Reviews, review requests and comments, and the public log of proposals."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from guide_site.core.constraints import has, is_known
from moderation.models.choices import EventKind, Verdict
from moderation.models.logs import LogLine
from moderation.models.proposals import Change, Proposal
from moderation.states import Status

USER = settings.AUTH_USER_MODEL


class Review(models.Model):
    """The verdict of one reviewer on one version of a proposal."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="reviews")
    reviewer = models.ForeignKey(USER, null=True, on_delete=models.SET_NULL, related_name="+")
    verdict = models.CharField(max_length=8, choices=Verdict.choices)
    version = models.PositiveIntegerField()
    note = models.TextField(blank=True, max_length=4000)
    checklist = models.JSONField(
        default=list, blank=True, help_text="Questions of the contribution rules that were ticked."
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "reviewer", "version"], name="one_review_per_version"
            ),
            is_known("verdict", Verdict, "review_verdict_is_known"),
            models.CheckConstraint(
                condition=Q(verdict=Verdict.APPROVE) | ~Q(note=""),
                name="review_that_refuses_says_why",
            ),
        ]


class ReviewRequest(models.Model):
    """Asks a member for a review; `asked_by` is None where owning a section is the reason."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="review_requests")
    reviewer = models.ForeignKey(USER, on_delete=models.CASCADE, related_name="review_requests")
    asked_by = models.ForeignKey(
        USER, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "reviewer"], name="reviewer_asked_once_per_proposal"
            )
        ]


class ReviewerEdit(models.Model):
    """What a reviewer made of a change: the fields that it proposed `before` and `after`."""

    change = models.ForeignKey(Change, on_delete=models.CASCADE, related_name="reviewer_edits")
    editor = models.ForeignKey(USER, on_delete=models.CASCADE, related_name="+")
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]


class Comment(models.Model):
    """A remark on a proposal, on one of its changes, or on a report."""

    proposal = models.ForeignKey(
        Proposal, null=True, blank=True, on_delete=models.CASCADE, related_name="comments"
    )
    report = models.ForeignKey(
        "Report", null=True, blank=True, on_delete=models.CASCADE, related_name="comments"
    )
    change = models.ForeignKey(
        Change, null=True, blank=True, on_delete=models.CASCADE, related_name="comments"
    )
    author = models.ForeignKey(USER, null=True, on_delete=models.SET_NULL, related_name="+")
    body = models.TextField(max_length=4000)
    body_html = models.TextField(editable=False, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        constraints = [
            *has("comment", "body"),
            models.CheckConstraint(
                condition=Q(proposal__isnull=False, report=None)
                | Q(proposal=None, report__isnull=False, change=None),
                name="comment_is_about_one_thing",
            ),
        ]


class Event(LogLine):
    """The public log of moderation: who did what to which proposal, and why."""

    What = EventKind

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="events")
    what = models.CharField(max_length=10, choices=What.choices)
    old = models.CharField(max_length=10, choices=Status.choices)
    new = models.CharField(max_length=10, choices=Status.choices)

    class Meta(LogLine.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(old__in=Status.values, new__in=Status.values),
                name="event_statuses_are_known",
            ),
            is_known("what", EventKind, "event_is_known"),
        ]
