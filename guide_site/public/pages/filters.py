"""The filter of entries, for pages and the API."""

from collections.abc import Iterable

import django_filters
from django import forms
from django.core.validators import MaxLengthValidator
from django.db.models import QuerySet
from django.http import QueryDict

from entries.models import Entry, LegendTag
from entries.reading.narrowing import MOST
from entries.reading.tree import Tree
from guide_site.core.filters import ClosedFilterSet


class EntryFilter(ClosedFilterSet):
    """Entries by legend tags (all of them) and service (its section and all below).

    Arguments:
        data: the query of a request.
        queryset: the entries to filter; without it all live ones.
        tree: the guide, from `services.reading.tree.guide_tree`.
        legend: its legend tags; only read if the query names a tag.
    """

    tag = django_filters.MultipleChoiceFilter(
        method="carrying",
        label="Legend tags",
        help_text=f"Slug of a legend tag; up to {MOST}, and entries carry all of them.",
        validators=[MaxLengthValidator(MOST, f"Choose at most {MOST} tags.")],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "There is no legend tag “%(value)s”."},
    )
    service = django_filters.ChoiceFilter(
        method="of_service",
        label="Service",
        help_text="Slug of a service: entries of its section and of all below.",
        empty_label="Any service",
        error_messages={"invalid_choice": "The guide has no section about a service “%(value)s”."},
    )

    class Meta:
        model = Entry
        fields = ["tag", "service"]

    def __init__(
        self,
        data: QueryDict,
        queryset: QuerySet[Entry] | None = None,
        *,
        tree: Tree,
        legend: Iterable[LegendTag],
    ) -> None:
        super().__init__(data, Entry.objects.live() if queryset is None else queryset)
        self.tree = tree
        self.homes = {node.home.slug: node for node in tree.walk() if node.home}
        self.filters["tag"].extra["choices"] = lambda: [(tag.slug, tag.label) for tag in legend]
        self.filters["service"].extra["choices"] = sorted(
            ((node.home.slug, node.home.name) for node in tree.walk() if node.home),
            key=lambda choice: choice[1].casefold(),
        )

    def carrying(self, entries: QuerySet[Entry], name: str, slugs: list[str]) -> QuerySet[Entry]:
        """The entries that carry all of these legend tags."""
        for slug in slugs:
            entries = entries.filter(tags__slug=slug)
        return entries

    def of_service(self, entries: QuerySet[Entry], name: str, slug: str) -> QuerySet[Entry]:
        """The entries in the section of this service, or below it."""
        return entries.filter(section__in=[node.section.pk for node in self.homes[slug].walk()])
