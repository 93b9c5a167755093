"""The list of entries: filtered as pages are, and searched."""

from typing import Any

import django_filters
from django.core.exceptions import EmptyResultSet
from django.core.validators import MaxLengthValidator
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.functional import cached_property

from entries.models import Entry, EntryKind, LegendTag, Section
from guide_site.public.api.guide import Guide
from guide_site.public.api.queries import Parameters, choice
from guide_site.public.pages.filters import EntryFilter
from guide_site.public.search import finding
from guide_site.public.search.candidates import MOST, Filter
from guide_site.public.search.dialects import Sql
from guide_site.public.search.finding import Results
from guide_site.public.search.query import MAX_LENGTH

_KINDS = [choice for choice in EntryKind.choices if choice[0] != EntryKind.KEPT]


class EntryQuery(EntryFilter, Parameters):
    """Live entries."""

    section = choice(
        "Section",
        "section",
        method="in_section",
        help_text="Slug of a section: entries in it and in all below.",
    )
    kind = choice("Kind", "kind of entry", choices=_KINDS, help_text="What the entry is.")
    q = django_filters.CharFilter(
        label="Search",
        method="as_they_are",
        validators=[MaxLengthValidator(MAX_LENGTH)],
        help_text=f"Text to search for: the best {MOST} entries, best first.",
    )
    exact = choice(
        "Exactly",
        "other value than 1, such as",
        choices=[("1", "yes")],
        method="as_they_are",
        help_text="1: do not correct words of `q` that the guide does not have.",
    )

    class Meta(EntryFilter.Meta):
        fields = [*EntryFilter.Meta.fields, "section", "kind", "q", "exact"]

    def __init__(self, data: QueryDict, guide: Guide) -> None:
        live = Entry.objects.live().filter(section__in=Section.objects.shown()).order_by("pk")
        super().__init__(
            data, live.defer("verbatim"), tree=guide.tree, legend=LegendTag.objects.all()
        )
        self.filters["section"].extra["choices"] = lambda: [(s, s) for s in guide.tree.by_slug]

    def as_they_are(self, entries: QuerySet[Entry], name: str, value: str) -> QuerySet[Entry]:
        """The same entries: `results` searches among them."""
        return entries

    @cached_property
    def found(self) -> Results | None:
        """What the search found, if one was asked for; only if the parameters are valid."""
        wanted = self.form.cleaned_data if self.is_valid() else {}
        if not wanted.get("q"):
            return None
        rows = self.matches.order_by().values("id") if self.is_narrowed else None
        return finding.find(wanted["q"], Filter(entries=_sql(rows)), as_typed=bool(wanted["exact"]))

    @property
    def is_narrowed(self) -> bool:
        """True if more is asked for than a text."""
        wanted = self.form.cleaned_data
        return any(value for name, value in wanted.items() if name not in ("q", "exact"))

    @property
    def results(self) -> QuerySet[Entry] | list[Entry]:
        """The entries that match: the oldest first, or the best of a search."""
        if not self.found:
            return self.matches
        pks = [hit.document.ref for hit in self.found.hits]
        by_pk = self.matches.in_bulk(pks)
        return [by_pk[pk] for pk in pks if pk in by_pk]

    def in_section(self, entries: QuerySet[Entry], name: str, slug: str) -> QuerySet[Entry]:
        """The entries of this section and of all below it."""
        below = self.tree.by_slug[slug].walk()
        return entries.filter(section__in=[node.section.pk for node in below])


def _sql(rows: QuerySet[Any, Any] | None) -> Sql | None:
    """The query of a query set; None stays None."""
    if rows is None:
        return None
    try:
        text, parameters = rows.query.sql_with_params()
    except EmptyResultSet:
        return Sql("SELECT 0 AS id WHERE 1 = 0", [])
    return Sql(text, list(parameters))
