"""The lists of the API: one table that makes addresses, responses, OpenAPI and help."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from django import forms
from django.http import QueryDict

from entries.models import Entry
from entries.models import Guide as GuideFacts
from entries.reading.tags import TaggedRow, TagsOf, read_tags
from guide_site.public.api import queries, resources
from guide_site.public.api.entry_queries import EntryQuery
from guide_site.public.api.guide import Guide
from guide_site.public.api.revision_queries import RevisionQuery
from guide_site.public.api.shapes import Field, Row, Shape
from guide_site.public.history.revisions import RevisionLine, revision_lines
from services.models import Provider


class Key(NamedTuple):
    """What a single row is found by.

    converter  of the address: “int” or “str”
    field      the field of the shape that holds the key
    lookup     the same field of the model; "" if the rows are a list
    """

    converter: str
    field: str
    lookup: str = ""


@dataclass(frozen=True, eq=False)
class ProviderRow:
    """A provider with how many services and offerings it has."""

    row: Provider
    services: int
    offerings: int


@dataclass(frozen=True, eq=False)
class RevisionRow:
    """A revision with how many rows of the guide it wrote."""

    line: RevisionLine
    changes: int


@dataclass(frozen=True)
class Endpoint:
    """A list at /api/<name>/, and its single rows at /api/<name>/<key>/.

    shape    of each row
    query    reads the rows
    key      what a single row is found by; None: there are no single rows
    prepare  called with the rows of a page; returns them as the shape reads them
    facts    what a page of the list says besides its rows, read from the query
    is_of_catalogue   a guide without a catalogue does not have it
    """

    name: str
    summary: str
    shape: Shape
    query: type[queries.ListQuery]
    key: Key | None = None
    prepare: Callable[[Sequence[Row]], Sequence[Row]] = list
    facts: Mapping[str, Field] = field(default_factory=dict)
    is_of_catalogue: bool = False

    def row(self, key: int | str, guide: Guide) -> Row | None:
        """The single row with this key, or None."""
        if self.key is None:
            return None
        rows = self.query(QueryDict(), guide).results
        if self.key.lookup:
            return rows.filter(**{self.key.lookup: key}).first()
        read = self.shape.fields[self.key.field].value
        return next((row for row in rows if read(row, guide) == key), None)

    @property
    def url_name(self) -> str:
        """Name of the address of the list."""
        return f"api-{self.name}"

    @property
    def filters(self) -> list[str]:
        """Names of its own query parameters, without those of the paging."""
        return list(self.query.parameters())

    @property
    def parameters(self) -> dict[str, forms.Field]:
        """Form fields of its query parameters, those of the paging included, by name."""
        return self.query.parameters() | queries.Paging.base_fields


def _with_tags(entries: Sequence[Entry]) -> list[TaggedRow[Entry]]:
    """Entries with their legend tags, in one query."""
    (tags,) = read_tags(TagsOf(Entry, pk__in=[entry.pk for entry in entries]))
    return [TaggedRow(entry, tuple(tags.get(entry.pk, ()))) for entry in entries]


def _with_counts(providers: Sequence[Row]) -> list[ProviderRow]:
    """Providers with the counts that `queries.ProviderQuery` annotates."""
    return [ProviderRow(row, row.service_count, row.offering_count) for row in providers]


def _with_people(revisions: Sequence[Row]) -> list[RevisionRow]:
    """Revisions with the count that `RevisionQuery` annotates, and their people."""
    counts = [row.change_count for row in revisions]
    lines = zip(revision_lines(revisions), counts, strict=True)
    return [RevisionRow(line, changes) for line, changes in lines]


ENDPOINTS = [
    Endpoint(
        "entries",
        "Live entries of the guide, oldest first; with `q` those that a search finds, best first.",
        resources.ENTRY,
        EntryQuery,
        key=Key("int", "id", lookup="pk"),
        prepare=_with_tags,
        facts=resources.SEARCHED,
    ),
    Endpoint(
        "sections",
        "Sections in the order of the guide.",
        resources.SECTION,
        queries.SectionQuery,
        key=Key("str", "slug"),
    ),
    Endpoint(
        "tags",
        "The legend: what the signs mean.",
        resources.TAG,
        queries.TagQuery,
        key=Key("str", "slug", lookup="slug"),
    ),
    Endpoint(
        "services",
        "The catalogue of services, by name.",
        resources.SERVICE,
        queries.ServiceQuery,
        key=Key("str", "slug"),
        is_of_catalogue=True,
    ),
    Endpoint(
        "releases",
        "Since when there is each service, and how it stands; newest first.",
        resources.RELEASE,
        queries.ReleaseQuery,
        key=Key("str", "service"),
        is_of_catalogue=True,
    ),
    Endpoint(
        "matrix",
        "The service matrix: what each provider has for each capability.",
        resources.CAPABILITY,
        queries.MatrixQuery,
        is_of_catalogue=True,
    ),
    Endpoint(
        "providers",
        "Who offers services.",
        resources.PROVIDER,
        queries.ProviderQuery,
        key=Key("str", "slug", lookup="slug"),
        prepare=_with_counts,
        is_of_catalogue=True,
    ),
    Endpoint(
        "revisions",
        "What was published, newest first.",
        resources.REVISION,
        RevisionQuery,
        key=Key("int", "number", lookup="pk"),
        prepare=_with_people,
    ),
]


def endpoints_of(facts: GuideFacts) -> list[Endpoint]:
    """The lists that a guide with these facts has."""
    return [each for each in ENDPOINTS if facts.has_catalogue or not each.is_of_catalogue]
