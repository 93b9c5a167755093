"""Proposals: sets of changes that are reviewed and merged as a whole."""

import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from entries.models import Entry, Guide, LegendTag, Section
from guide_site.core.constraints import has, is_known
from guide_site.models import User
from moderation.models.choices import Operation, ReviewClass, Subject
from moderation.states import AMENDABLE, CLOSED, PUBLIC, Status
from services.models import Offering, Service

USER = settings.AUTH_USER_MODEL
MAX_TITLE, MAX_WHY, MAX_AFFILIATION = 120, 4000, 200  # characters that a proposal says about itself


class ProposalQuerySet(models.QuerySet["Proposal"]):
    """Queries of proposals."""

    def open(self) -> Self:
        """Proposals that wait for a decision, oldest first."""
        return self.filter(status=Status.OPEN).order_by("opened_at", "pk")

    def public(self) -> Self:
        """Proposals that everybody may see: only the author sees a draft."""
        return self.filter(status__in=PUBLIC, opened_at__isnull=False)

    def amendable_by(self, author: User) -> Self:
        """Proposals that `author` may still change, newest first."""
        return self.filter(author=author, status__in=AMENDABLE).order_by("-pk")

    def for_list(self) -> Self:
        """Proposals with all that a list shows, in a fixed number of queries."""
        changes = Change.objects.select_related(*Subject.values)
        return self.select_related("author").prefetch_related(models.Prefetch("changes", changes))


class Proposal(models.Model):
    """A set of changes. `version` counts what reviewers saw: approvals belong to one version.

    review_class  computed from the changes, unless a reviewer set it (`class_set_by`)
    builds_on     another proposal whose text the author started from
    split_from    the proposal whose other changes were accepted without these
    reverts       the revision that this takes back
    found_in      the revision that brought the same, if the guide had it already
    fixes         reports that a merge of this closes
    """

    author = models.ForeignKey(USER, null=True, on_delete=models.SET_NULL, related_name="proposals")
    title = models.CharField("edit summary", max_length=MAX_TITLE)
    why = models.TextField("why", blank=True, max_length=MAX_WHY)
    sources = models.JSONField(default=list, blank=True)
    affiliation = models.CharField(max_length=MAX_AFFILIATION, blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT)
    version = models.PositiveIntegerField(default=1)
    form_key = models.UUIDField(
        unique=True, default=uuid.uuid4, help_text="One per opened form: a double click is one."
    )
    created_at = models.DateTimeField(default=timezone.now)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        USER, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    review_class = models.CharField(
        max_length=9, choices=ReviewClass.choices, default=ReviewClass.NORMAL
    )
    class_set_by = models.ForeignKey(
        USER, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    class_note = models.CharField(max_length=300, blank=True)
    builds_on = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="built_upon"
    )
    split_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="split_off"
    )
    reverts = models.ForeignKey(
        "reversion.Revision",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="reverted_by",
    )
    found_in = models.ForeignKey(
        "reversion.Revision",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="proposed_too",
    )
    fixes = models.ManyToManyField("moderation.Report", blank=True, related_name="fixed_by")

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["status", "opened_at"], name="proposals_by_age")]
        constraints = [
            is_known("status", Status, "proposal_status_is_known"),
            *has("proposal", "title"),
            models.CheckConstraint(
                condition=Q(status__in=[Status.DRAFT, Status.WITHDRAWN])
                | Q(opened_at__isnull=False),
                name="proposal_past_draft_was_opened",
            ),
            models.CheckConstraint(
                condition=Q(status__in=CLOSED, closed_at__isnull=False)
                | Q(~Q(status__in=CLOSED), closed_at=None, closed_by=None),
                name="proposal_is_closed_or_going_on",
            ),
            is_known("review_class", ReviewClass, "proposal_class_is_known"),
            models.CheckConstraint(
                condition=Q(class_set_by=None) | ~Q(class_note=""),
                name="proposal_class_is_set_with_a_note",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("proposal", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """True while it waits for a decision."""
        return self.status == Status.OPEN

    @property
    def merged_as(self) -> int | None:
        """The number of the revision that it was merged as, or None."""
        note = getattr(self, "merge_note", None)
        return note.revision_id if note else None

    @property
    def is_draft(self) -> bool:
        """True until its author sends it for review."""
        return self.status == Status.DRAFT


def _one_target() -> Q:
    """Which foreign keys a change of each subject fills; an addition has no target yet."""
    condition = Q()
    for subject in Subject.values:
        others = {name: None for name in Subject.values if name not in (subject, "section")}
        present = Q(**{f"{subject}__isnull": False}) | Q(operation=Operation.ADD)
        if subject == Subject.OFFERING:
            present = Q()  # a cell that is emptied is no row any more: `base` says what it was
        if subject != Subject.SECTION and subject != Subject.ENTRY:
            others["section"] = None
        condition |= Q(subject=subject, **others) & present
    placed = ~Q(subject=Subject.ENTRY) | Q(section__isnull=False) | Q(operation=Operation.ADD)
    return condition & placed


class Change(models.Model):
    """One object of the guide before (`base`) and after (`proposed`) the proposal.

    Both hold the fields by name; tags are lists of slugs, places as `references` has them.
    `section` says where an entry stands or shall stand; for a change of a section it is the
    section itself. The target of an addition is filled in when it is merged. `form_key` names
    the opened form that made it: the same form sent again replaces its changes.
    """

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="changes")
    position = models.PositiveIntegerField(default=0)
    form_key = models.UUIDField(null=True, blank=True)
    subject = models.CharField(max_length=10, choices=Subject.choices, default=Subject.ENTRY)
    operation = models.CharField(max_length=7, choices=Operation.choices)
    entry = models.ForeignKey(
        Entry, null=True, blank=True, on_delete=models.PROTECT, related_name="changes"
    )
    section = models.ForeignKey(
        Section, null=True, blank=True, on_delete=models.PROTECT, related_name="changes"
    )
    service = models.ForeignKey(
        Service, null=True, blank=True, on_delete=models.PROTECT, related_name="changes"
    )
    offering = models.ForeignKey(
        Offering, null=True, blank=True, on_delete=models.SET_NULL, related_name="changes"
    )
    legend_tag = models.ForeignKey(
        LegendTag, null=True, blank=True, on_delete=models.PROTECT, related_name="changes"
    )
    guide = models.ForeignKey(
        Guide, null=True, blank=True, on_delete=models.PROTECT, related_name="changes"
    )
    base = models.JSONField(default=dict, blank=True)
    proposed = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(condition=_one_target(), name="change_has_one_target"),
            is_known("operation", Operation, "change_operation_is_known"),
            models.UniqueConstraint(fields=["proposal", "entry"], name="entry_once_per_proposal"),
        ]


class MergeNote(models.Model):
    """Ties the revision of a merge to its proposal: who approved is read from there.

    editors   the reviewers who wrote words of it
    """

    revision = models.OneToOneField(
        "reversion.Revision", on_delete=models.CASCADE, related_name="merge_note"
    )
    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, related_name="merge_note")
    editors: "models.ManyToManyField[User, Any]" = models.ManyToManyField(
        USER, blank=True, related_name="edited_merges"
    )
