"""What one may look for among proposals."""

import datetime

import django_filters
from django import forms
from django.db.models import Q
from django.utils import timezone

from entries.models import Section
from entries.tree import subtree
from guide_site.core.filters import ClosedFilterSet
from moderation.models import Operation, Proposal
from moderation.states import PUBLIC
from services.models import Service

AGES = [(1, "a day"), (7, "a week"), (30, "a month"), (180, "half a year")]


class ProposalFilter(ClosedFilterSet):
    """By section (with all below it), service, author, kind of change, and age."""

    section = django_filters.ModelChoiceFilter(
        queryset=Section.objects.order_by("title"),
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
    kind = django_filters.ChoiceFilter(
        choices=[
            (o.value, o.label)
            for o in (Operation.ADD, Operation.EDIT, Operation.MOVE, Operation.RETIRE)
        ],
        method="of_kind",
        label="Kind",
        empty_label="Any kind",
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

    class Meta:
        model = Proposal
        fields = ["section", "service", "kind", "age", "author"]

    def in_section(self, proposals, name, section):
        return self._within(proposals, section)

    def of_service(self, proposals, name, service):
        return self._within(proposals, service.section)

    def _within(self, proposals, section):
        places = subtree(section)
        return proposals.filter(
            Q(changes__section__in=places) | Q(changes__entry__section__in=places)
        ).distinct()

    def of_kind(self, proposals, name, operation):
        return proposals.filter(changes__operation=operation).distinct()

    def older_than(self, proposals, name, days):
        return proposals.filter(opened_at__lt=timezone.now() - datetime.timedelta(days=int(days)))


class ProposalListFilter(ProposalFilter):
    """The same for the list of all proposals, which is also filtered by state."""

    status = django_filters.ChoiceFilter(
        choices=[(status.value, status.label) for status in PUBLIC],
        label="State",
        empty_label="Any state",
    )

    class Meta(ProposalFilter.Meta):
        fields = ["status", *ProposalFilter.Meta.fields]
