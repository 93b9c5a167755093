"""The filter of entries, for pages and the API."""

from collections.abc import Iterable
from typing import cast

import django_filters
from django import forms
from django.core.validators import MaxLengthValidator
from django.db.models import QuerySet
from django.http import QueryDict

from entries.models import Entry, EntryQuerySet, LegendTag
from entries.reading.tag_choice import ALL, ANY, MOST, TagChoice
from entries.reading.tree import Tree
from guide_site.core.filters import ClosedFilterSet


class EntryFilter(ClosedFilterSet):
    """Entries by legend tags, chosen and hidden, and service (its section and all below).

    Arguments:
        data: the query of a request.
        queryset: the entries to filter; without it all live ones.
        tree: the guide, from `services.reading.tree.guide_tree`.
        legend: its legend tags; only read if the query names a tag.
    """

    tag = django_filters.MultipleChoiceFilter(
        method="carrying",
        label="Legend tags",
        help_text=f"Slug of a legend tag; up to {MOST}, of which entries carry all or any.",
        validators=[MaxLengthValidator(MOST, f"Choose at most {MOST} tags.")],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "There is no legend tag “%(value)s”."},
    )
    tag_mode = django_filters.ChoiceFilter(
        method="as_mode",
        label="All or any",
        choices=[(ALL, "all of them"), (ANY, "any of them")],
        empty_label=None,
        help_text="“any”: entries carry one of the tags; otherwise they carry all of them.",
        error_messages={"invalid_choice": "Tags are combined by “all” or “any”."},
    )
    hide = django_filters.MultipleChoiceFilter(
        method="hiding",
        label="Hidden legend tags",
        help_text=f"Slug of a legend tag; up to {MOST}. Entries with one of them are left out, "
        "with all that is nested in them.",
        validators=[MaxLengthValidator(MOST, f"Hide at most {MOST} tags.")],
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
        fields = ["tag", "tag_mode", "hide", "service"]

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
        for name in ("tag", "hide"):
            self.filters[name].extra["choices"] = lambda: [(tag.slug, tag.label) for tag in legend]
        self.filters["service"].extra["choices"] = sorted(
            ((node.home.slug, node.home.name) for node in tree.walk() if node.home),
            key=lambda choice: choice[1].casefold(),
        )

    def carrying(self, entries: QuerySet[Entry], name: str, slugs: list[str]) -> QuerySet[Entry]:
        """The entries that carry all of these legend tags, or any of them."""
        is_any = self.form.cleaned_data.get("tag_mode") == ANY
        return cast(EntryQuerySet, entries).carrying(slugs, is_any=is_any)

    @property
    def choice(self) -> TagChoice:
        """The tags that a valid query names; none of an invalid one."""
        if not self.is_valid():
            return TagChoice()
        data = self.form.cleaned_data
        tags, hide = (tuple(dict.fromkeys(data[name])) for name in ("tag", "hide"))
        return TagChoice(tags, data["tag_mode"] == ANY, hide)

    @property
    def with_any_tags(self) -> QuerySet[Entry]:
        """The entries that the filter would match, whatever tags they were to carry."""
        if not self.is_valid():
            return self.queryset
        data = self.form.cleaned_data
        entries = self.hiding(self.queryset, "hide", data["hide"])
        return self.of_service(entries, "service", data["service"]) if data["service"] else entries

    def as_mode(self, entries: QuerySet[Entry], name: str, mode: str) -> QuerySet[Entry]:
        """All entries: how tags are combined is for `carrying`."""
        return entries

    def hiding(self, entries: QuerySet[Entry], name: str, slugs: list[str]) -> QuerySet[Entry]:
        """The entries without these legend tags."""
        return cast(EntryQuerySet, entries).without(slugs)

    def of_service(self, entries: QuerySet[Entry], name: str, slug: str) -> QuerySet[Entry]:
        """The entries in the section of this service, or below it."""
        return entries.filter(section__in=[node.section.pk for node in self.homes[slug].walk()])
