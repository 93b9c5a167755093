"""The rows and the query parameters of each list of the API."""

from collections.abc import Callable, Iterable
from copy import deepcopy
from typing import Any, ClassVar, Protocol

import django_filters
from django import forms
from django.db.models import Count, QuerySet
from django.http import QueryDict

from entries.models import LegendTag, Section, SectionKind
from entries.reading.tree import Node
from guide_site.public.api.guide import Guide
from services.models import Provider, Service
from services.reading import releases
from services.reading.coverage import ServiceLine, service_lines
from services.reading.filters import MatrixForm, ReleaseFilter, ServiceFilter
from services.reading.matrix import Matrix, Row

PAGE_SIZE, MOST = 100, 500  # rows of a page
Choices = Iterable[tuple[str, str]]  # values of a parameter, with labels


class Paging(forms.Form):
    """Which page of a list."""

    page = forms.IntegerField(
        min_value=1, max_value=1_000_000, required=False, help_text="Number of the page, from 1."
    )
    page_size = forms.IntegerField(
        min_value=1,
        max_value=MOST,
        required=False,
        help_text=f"Rows of a page: {PAGE_SIZE} unless told.",
    )


class ListQuery(Protocol):
    """Reads the rows of a list.

    data  its query parameters
    """

    def __init__(self, data: QueryDict, guide: Guide) -> None: ...

    @classmethod
    def parameters(cls) -> dict[str, forms.Field]:
        """Form fields of its query parameters, by name."""

    @property
    def form(self) -> forms.Form:
        """The form with the query parameters, which says whether they are valid."""

    @property
    def results(self) -> Any:
        """The rows that match, a query set or a list; only if the parameters are valid."""


class Parameters(django_filters.FilterSet):
    """A FilterSet whose filters are the parameters of a list."""

    @classmethod
    def parameters(cls) -> dict[str, forms.Field]:
        """Form fields of its filters, by name."""
        # A filter keeps the field it made, so copies make them: choices differ by request.
        return {name: filter_.field for name, filter_ in deepcopy(cls.base_filters).items()}


class Query(Parameters):
    """Rows of one model. Subclasses name the model in their Meta, and add filters."""

    def __init__(self, data: QueryDict, guide: Guide) -> None:
        super().__init__(data, self.rows(guide))
        self.guide = guide
        for name, choices in self.choices(guide).items():
            self.filters[name].extra["choices"] = choices

    def rows(self, guide: Guide) -> QuerySet[Any] | None:
        """All rows; None: all of the model."""
        return None

    def choices(self, guide: Guide) -> dict[str, Callable[[], Choices]]:
        """Functions that return the choices of a parameter, called only if a request has it."""
        return {}

    @property
    def results(self) -> Any:
        """The rows that match."""
        return self.qs


def choice(label: str, words: str, **extra: Any) -> django_filters.ChoiceFilter:
    """A filter by a slug from the choices.

    words  what has the slug, for the error message
    extra  further arguments of the filter
    """
    return django_filters.ChoiceFilter(
        label=label, error_messages={"invalid_choice": f"There is no {words} “%(value)s”."}, **extra
    )


class SectionQuery(Query):
    """Sections that the site shows, as nodes of the tree."""

    kind = choice(
        "Kind", "kind of section", choices=SectionKind.choices, help_text="What it is about."
    )
    below = choice(
        "Below",
        "section",
        method="as_below",
        help_text="Slug of a section: that one and all below.",
    )

    class Meta:
        model = Section
        fields = ["kind", "below"]

    def choices(self, guide: Guide) -> dict[str, Callable[[], Choices]]:
        """The slugs of all sections."""
        return {"below": lambda: [(slug, slug) for slug in guide.tree.by_slug]}

    def as_below(self, sections: QuerySet[Section], name: str, slug: str) -> QuerySet[Section]:
        """This section and all below it."""
        below = self.guide.tree.by_slug[slug].walk()
        return sections.filter(pk__in=[node.section.pk for node in below])

    @property
    def results(self) -> list[Node]:
        """The nodes that match, in the order of the guide."""
        pks = set(self.qs.values_list("pk", flat=True))
        return [node for node in self.guide.tree.walk() if node.section.pk in pks]


class TagQuery(Query):
    """The legend."""

    class Meta:
        model = LegendTag
        fields: ClassVar[list[str]] = []


class ServiceQuery(ServiceFilter, Parameters):
    """The catalogue, filtered and sorted as its page is."""

    def __init__(self, data: QueryDict, guide: Guide) -> None:
        super().__init__(data, service_lines(guide.tree, with_tags=True))

    @property
    def results(self) -> list[ServiceLine]:
        """The services that match, in the requested order."""
        return self.arranged_lines


class ReleaseQuery(ReleaseFilter, Parameters):
    """The table of releases, filtered and sorted as its page is."""

    def __init__(self, data: QueryDict, guide: Guide) -> None:
        super().__init__(data, releases.known())

    @property
    def results(self) -> list[Service]:
        """The services that match, in the requested order."""
        return self.arranged


class MatrixQuery:
    """The service matrix, searched as its page is: its form is no FilterSet."""

    def __init__(self, data: QueryDict, guide: Guide) -> None:
        self.matrix = Matrix.current()
        self.form = MatrixForm(data, self.matrix.providers)

    @classmethod
    def parameters(cls) -> dict[str, forms.Field]:
        """Form fields of its query parameters, by name."""
        return MatrixForm.base_fields

    @property
    def results(self) -> list[Row]:
        """The rows that match, with the cells of the requested providers."""
        wanted = self.form.cleaned_data
        rows: list[Row] = self.matrix.find(wanted["q"]).under(wanted["provider"]).rows
        return rows


class ProviderQuery(Query):
    """Providers, with how many services and offerings they have."""

    class Meta:
        model = Provider
        fields: ClassVar[list[str]] = []

    def rows(self, guide: Guide) -> QuerySet[Provider]:
        """Providers with `service_count` and `offering_count`."""
        return Provider.objects.annotate(
            service_count=Count("services", distinct=True),
            offering_count=Count("offerings", distinct=True),
        ).order_by("position", "pk")
