"""Filters of the catalogue, the table of releases and the matrix."""

from collections.abc import Callable, Iterable
from typing import NamedTuple, cast

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import QueryDict

from entries.models import LegendTag
from guide_site.core.filters import ClosedFilterSet
from services.models import Availability, Provider, Service, ServiceGroup
from services.reading.coverage import Coverage, ServiceLine

FIRST_YEAR, LAST_YEAR = 1900, 2199  # any other year is a typing error
_STATES = Availability.values

_ORDERS: dict[str, Callable[[Service], tuple[int, ...]]] = {  # what comes before the name
    "name": lambda service: (),
    "released": lambda service: (service.released is None, _day(service)),
    "-released": lambda service: (service.released is None, -_day(service)),
    "availability": lambda service: (_STATES.index(service.availability),),
    "group": lambda service: group_place(service),
}
_HEADINGS = [  # label, what its link sorts by, and the other way round
    ("Service", "name", "name"),
    ("First release", "released", "-released"),
    ("Availability", "availability", "availability"),
    ("Group", "group", "group"),
]


class Heading(NamedTuple):
    """Heading of a column: what its link sorts by, and in which direction it is sorted now."""

    label: str
    order: str
    direction: str


class _YearFilter(django_filters.Filter):
    field_class = forms.IntegerField

    def __init__(self, lookup: str, label: str) -> None:
        super().__init__(
            field_name="released",
            lookup_expr=f"year__{lookup}",
            label=label,
            min_value=FIRST_YEAR,
            max_value=LAST_YEAR,
            widget=forms.TextInput(attrs={"inputmode": "numeric", "placeholder": "Any year"}),
        )


class ReleaseFilter(ClosedFilterSet):
    """Services by group, availability and the years of their first release.

    Arguments:
        data: the query of a request.
        services: all that there are: they say which groups one can choose.
    """

    DEFAULT_ORDER = "-released"

    group = django_filters.ChoiceFilter(
        field_name="group__slug", label="Group", empty_label="Any group"
    )
    availability = django_filters.ChoiceFilter(
        choices=Availability.choices, label="Availability", empty_label="Any"
    )
    since = _YearFilter("gte", "Released from")
    until = _YearFilter("lte", "Released until")
    sort = django_filters.ChoiceFilter(
        choices=[
            ("-released", "Newest first"),
            ("released", "Oldest first"),
            ("name", "Name"),
            ("availability", "Availability"),
            ("group", "Group"),
        ],
        method="as_it_is",
        label="Sort by",
        empty_label=None,
    )

    class Meta:
        model = Service
        fields = ["group", "availability", "since", "until", "sort"]

    def __init__(self, data: QueryDict, services: Iterable[Service]) -> None:
        super().__init__(data, queryset=Service.objects.order_by())
        self.services = list(services)
        groups = {service.group for service in services if service.group}
        self._offer("group", [(group.slug, group.name) for group in sorted(groups, key=_place)])

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.filters[name].extra["choices"] = choices

    def as_it_is(self, services: QuerySet[Service], name: str, value: str) -> QuerySet[Service]:
        """Return all `services`: `arranged` sorts them, the same on every database."""
        return services

    @property
    def is_sorted(self) -> bool:
        """True if an order was asked for."""
        return self.is_valid() and bool(self.form.cleaned_data["sort"])

    @property
    def _order(self) -> str:
        return str(self.form.cleaned_data["sort"]) if self.is_sorted else self.DEFAULT_ORDER

    @property
    def headings(self) -> list[Heading]:
        """Headings of the table; the link of the sorted column reverses the order."""
        now = self._order
        return [
            Heading(
                label,
                order=down if now == up else up,
                direction={down: "descending", up: "ascending"}.get(now, ""),
            )
            for label, up, down in _HEADINGS
        ]

    @property
    def arranged(self) -> list[Service]:
        """Those of `services` that match, in the order that was asked for."""
        pks = set(self.matches.values_list("pk", flat=True))
        return sorted(
            (service for service in self.services if service.pk in pks),
            key=lambda service: (*self._rank(service), service.name.casefold(), service.pk),
        )

    def _rank(self, service: Service) -> tuple[int, ...]:
        """What a service is sorted by, before its name."""
        return _ORDERS[self._order](service)


class ServiceFilter(ReleaseFilter):
    """A ReleaseFilter for the catalogue: also by legend tag and by what the guide says.

    Arguments:
        data: the query of a request.
        lines: all services, with their coverage and legend tags.
    """

    DEFAULT_ORDER = "name"

    tag = django_filters.ChoiceFilter(
        field_name="tags__slug", label="Legend tag", empty_label="Any tag"
    )
    content = django_filters.ChoiceFilter(
        choices=[
            ("some", "Has content"),
            ("gotchas", "Has gotchas"),
            ("none", "Has no content yet"),
        ],
        method="of_content",
        label="In the guide",
        empty_label="Anything",
    )
    sort = django_filters.ChoiceFilter(
        choices=[
            ("name", "Name"),
            ("-released", "Newest first"),
            ("released", "Oldest first"),
            ("-entries", "Most entries first"),
            ("entries", "Fewest entries first"),
        ],
        method="as_it_is",
        label="Sort by",
        empty_label="Group",
    )

    class Meta(ReleaseFilter.Meta):
        fields = ["group", "tag", "availability", "content", "since", "until", "sort"]

    def __init__(self, data: QueryDict, lines: Iterable[ServiceLine]) -> None:
        self.lines = {line.row.pk: line for line in lines}
        super().__init__(data, [line.row for line in self.lines.values()])
        tags = {tag for line in self.lines.values() for tag in line.tags}
        self._offer("tag", [(tag.slug, str(tag)) for tag in sorted(tags, key=_place)])

    def of_content(self, services: QuerySet[Service], name: str, value: str) -> QuerySet[Service]:
        """Return the services about which the guide says something, nothing, or has gotchas."""
        tests: dict[str, Callable[[Coverage], bool]] = {
            "some": lambda coverage: coverage.entries > 0,
            "none": lambda coverage: coverage.entries == 0,
            "gotchas": lambda coverage: coverage.has_gotchas,
        }
        fits = tests[value]
        return services.filter(
            pk__in=[pk for pk, line in self.lines.items() if fits(line.coverage)]
        )

    @property
    def arranged_lines(self) -> list[ServiceLine]:
        """The lines of the services that match, in the order that was asked for."""
        return [self.lines[service.pk] for service in self.arranged]

    def _rank(self, service: Service) -> tuple[int, ...]:
        entries = self.lines[service.pk].coverage.entries
        if self._order in ("entries", "-entries"):
            return (entries if self._order == "entries" else -entries,)
        return super()._rank(service)


def _place(row: LegendTag | ServiceGroup) -> tuple[int, int]:
    return row.position, row.pk


def _day(service: Service) -> int:
    return service.released.toordinal() if service.released else 0


def group_place(service: Service) -> tuple[int, ...]:
    """Return a key that sorts services by group, those without one at the end."""
    return (0, *_place(service.group)) if service.group else (1,)


class MatrixForm(forms.Form):
    """Which columns of the matrix to show, and words to find in its rows."""

    q = forms.CharField(
        max_length=100,
        required=False,
        label="Find in the matrix",
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "SQS, queue …"}),
    )
    provider = forms.MultipleChoiceField(required=False, label="Providers")

    def __init__(self, data: QueryDict, providers: Iterable[Provider]) -> None:
        super().__init__(data)
        field = cast(forms.MultipleChoiceField, self.fields["provider"])
        field.choices = [(provider.slug, provider.name) for provider in providers]
