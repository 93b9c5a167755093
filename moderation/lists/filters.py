"""What one may look for among proposals and among reports."""

import datetime
from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.utils import timezone

from entries.models import LegendTag, Section
from entries.reading.choices import SectionIterator
from entries.reading.tree import subtree
from guide_site.core.filters import ClosedFilterSet
from moderation.changes import conflicts
from moderation.models import (
    Change,
    Operation,
    Proposal,
    Report,
    ReportKind,
    ReportStatus,
    ReviewClass,
)
from moderation.states import PUBLIC, Status
from services.models import Service

AGES = [(1, "a day"), (7, "a week"), (30, "a month"), (180, "half a year")]


class SectionField(django_filters.fields.ModelChoiceField):
    """The field of a SectionFilter."""

    iterator: Any = SectionIterator


class SectionFilter(django_filters.ModelChoiceFilter):
    """A choice of a section, with sections of one title told apart."""

    field_class = SectionField


class PlacedFilter(ClosedFilterSet):
    """By section (with all below it), service, age and author.

    A filter of some kind of row says where it is about and since when: `sections` are the
    look-ups that lead to its section, `since` is the field that its age is counted from.
    """

    sections: tuple[str, ...] = ()
    since = ""

    section = SectionFilter(
        queryset=Section.objects.only("slug", "title", "parent", "position"),
        to_field_name="slug",
        method="in_section",
        label="Section",
        empty_label="Any section",
    )
    service = django_filters.ModelChoiceFilter(
        queryset=Service.objects.exclude(section=None),
        to_field_name="slug",
        method="of_service",
        label="Service",
        empty_label="Any service",
    )
    age = django_filters.ChoiceFilter(
        choices=[(str(days), f"Older than {words}") for days, words in AGES],
        method="older_than",
        label="Age",
        empty_label="Any age",
    )
    author = django_filters.CharFilter(
        field_name="author__username",
        lookup_expr="iexact",
        max_length=40,
        label="Author",
        widget=forms.TextInput(attrs={"size": 14, "placeholder": "Any author"}),
    )

    def in_section(self, rows: QuerySet[Any], name: str, section: Section) -> QuerySet[Any]:
        """Those about `section` or a section below it."""
        return self._within(rows, section)

    def of_service(self, rows: QuerySet[Any], name: str, service: Service) -> QuerySet[Any]:
        """Those about the section of `service` or a section below it."""
        return self._within(rows, service.section) if service.section else rows.none()

    def _within(self, rows: QuerySet[Any], section: Section) -> QuerySet[Any]:
        places, condition = subtree(section), Q()
        for lookup in self.sections:
            condition |= Q(**{f"{lookup}__in": places})
        return rows.filter(condition).distinct()

    def older_than(self, rows: QuerySet[Any], name: str, days: str) -> QuerySet[Any]:
        """Those from more than `days` days ago."""
        before = timezone.now() - datetime.timedelta(days=int(days))
        return rows.filter(**{f"{self.since}__lt": before})


class ProposalFilter(PlacedFilter):
    """Proposals, also by kind of change."""

    sections = ("changes__section", "changes__entry__section")
    since = "opened_at"

    kind = django_filters.ChoiceFilter(
        choices=[
            (o.value, o.label)
            for o in (Operation.ADD, Operation.EDIT, Operation.MOVE, Operation.RETIRE)
        ],
        method="of_kind",
        label="Kind",
        empty_label="Any kind",
    )

    class Meta:
        model = Proposal
        fields = ["section", "service", "kind", "age", "author"]

    def of_kind(self, proposals: QuerySet[Any], name: str, operation: str) -> QuerySet[Any]:
        """Those with a change of this kind."""
        return proposals.filter(changes__operation=operation).distinct()


class ProposalListFilter(ProposalFilter):
    """The same for the list of all proposals, which is also filtered by state."""

    status = django_filters.ChoiceFilter(
        choices=[(status.value, status.label) for status in PUBLIC],
        label="State",
        empty_label="Any state",
    )

    class Meta(ProposalFilter.Meta):
        fields = ["status", *ProposalFilter.Meta.fields]


class QueueFilter(ProposalFilter):
    """The same for the review queue, also by class, legend tag and state (open, if none)."""

    status = django_filters.ChoiceFilter(
        choices=[(Status.CHANGES_REQUESTED.value, Status.CHANGES_REQUESTED.label)],
        label="State",
        empty_label="Open",
    )
    review_class = django_filters.ChoiceFilter(
        choices=ReviewClass.choices, label="Class", empty_label="Any class"
    )
    tag = django_filters.ModelChoiceFilter(
        queryset=LegendTag.objects.live(),
        to_field_name="slug",
        method="with_tag",
        label="Legend tag",
        empty_label="Any tag",
    )

    conflict = django_filters.ChoiceFilter(
        choices=[("no", "It merges"), ("yes", "It does not merge")],
        method="in_conflict",
        label="Conflict",
        empty_label="Either",
    )

    class Meta(ProposalFilter.Meta):
        fields = ["section", "service", "tag", "review_class", "kind"]
        fields += ["conflict", "age", "author", "status"]

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Those that match; open ones, unless another state is asked for."""
        if not self.form.cleaned_data["status"]:
            queryset = queryset.filter(status=Status.OPEN)
        matches: QuerySet[Any] = super().filter_queryset(queryset)
        return matches

    def with_tag(self, proposals: QuerySet[Any], name: str, tag: LegendTag) -> QuerySet[Any]:
        """Those that touch an entry or a service with the tag, or give it to one."""
        given = Change.objects.annotate(tags=KeyTextTransform("tags", "proposed"))
        touching = Change.objects.filter(
            Q(entry__tags=tag) | Q(service__tags=tag) | Q(section__tags=tag, subject="section")
        )
        wanted = Q(pk__in=given.filter(tags__contains=f'"{tag.slug}"').values("proposal"))
        return proposals.filter(wanted | Q(pk__in=touching.values("proposal")))

    def in_conflict(self, proposals: QuerySet[Any], name: str, is_wanted: str) -> QuerySet[Any]:
        """Those that do not merge at present (“yes”), or those that do."""
        stuck = Q(pk__in=conflicts.problems())
        return proposals.filter(stuck if is_wanted == "yes" else ~stuck)


class ReportFilter(PlacedFilter):
    """Reports, also by state and kind of problem."""

    sections = ("entry__section",)
    since = "at"

    status = django_filters.ChoiceFilter(
        choices=ReportStatus.choices, label="State", empty_label="Any state"
    )
    kind = django_filters.ChoiceFilter(
        choices=ReportKind.choices, label="Problem", empty_label="Any problem"
    )

    class Meta:
        model = Report
        fields = ["status", "kind", "section", "service", "age", "author"]
