"""The lists of the API: one table, from which addresses, answers, OpenAPI and help are made."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from entries.models import Entry
from entries.reading.tags import TaggedRow, TagsOf, read_tags
from guide_site.public.api import queries, resources
from guide_site.public.api.rows import ProviderRow, RevisionRow
from guide_site.public.api.shapes import Shape
from guide_site.public.history.revisions import revision_lines


@dataclass(frozen=True)
class Endpoint:
    """A list at /api/<name>/, and the single rows at /api/<name>/<key>/.

    shape    what each row is
    query    FilterSet of its parameters
    key      (converter of the address, field of the shape) by which a single row is found;
             None: there are no single rows
    lookup   the same as a field of the model; "" if the rows are a list
    prepare  called with the rows of a page; returns them as the shape reads them
    """

    name: str
    summary: str
    shape: Shape
    query: type
    key: tuple | None = None
    lookup: str = ""
    prepare: Callable[[Sequence[Any]], Sequence[Any]] = list

    def row(self, rows, key, guide):
        """The single row with this key, or None."""
        if self.lookup:
            return rows.filter(**{self.lookup: key}).first()
        read = self.shape.fields[self.key[1]].value
        return next((row for row in rows if read(row, guide) == key), None)

    @property
    def url_name(self):
        """Name of the address of the list."""
        return f"api-{self.name}"

    @property
    def filters(self):
        """Names of its own query parameters."""
        return [name for name in self.parameters if name not in queries.Paging.base_fields]

    @property
    def parameters(self):
        """{name of a query parameter: form field}"""
        return queries.parameters(self.query)


def _with_tags(entries: Sequence[Entry]) -> list[TaggedRow[Entry]]:
    """Entries with their legend tags, in one query."""
    (tags,) = read_tags(TagsOf(Entry, pk__in=[entry.pk for entry in entries]))
    return [TaggedRow(entry, tuple(tags.get(entry.pk, ()))) for entry in entries]


def _with_counts(providers: Sequence[Any]) -> list[ProviderRow]:
    """Providers with the counts that `queries.ProviderQuery` annotates."""
    return [ProviderRow(row, row.service_count, row.offering_count) for row in providers]


def _with_people(revisions: Sequence[Any]) -> list[RevisionRow]:
    """Revisions with the count that `queries.RevisionQuery` annotates, and their people."""
    counts = [row.change_count for row in revisions]
    lines = zip(revision_lines(revisions), counts, strict=True)
    return [RevisionRow(line, changes) for line, changes in lines]


ENDPOINTS = [
    Endpoint(
        "entries",
        "Live entries of the guide, oldest first.",
        resources.ENTRY,
        queries.EntryQuery,
        key=("int", "id"),
        lookup="pk",
        prepare=_with_tags,
    ),
    Endpoint(
        "sections",
        "Sections in the order of the guide.",
        resources.SECTION,
        queries.SectionQuery,
        key=("str", "slug"),
    ),
    Endpoint(
        "tags",
        "The legend: what the signs mean.",
        resources.TAG,
        queries.TagQuery,
        key=("str", "slug"),
        lookup="slug",
    ),
    Endpoint(
        "services",
        "The catalogue of services, by name.",
        resources.SERVICE,
        queries.ServiceQuery,
        key=("str", "slug"),
    ),
    Endpoint(
        "releases",
        "Since when there is each service, and how it stands; newest first.",
        resources.RELEASE,
        queries.ReleaseQuery,
        key=("str", "service"),
    ),
    Endpoint(
        "matrix",
        "The service matrix: what each provider has for each capability.",
        resources.CAPABILITY,
        queries.MatrixQuery,
    ),
    Endpoint(
        "providers",
        "Who offers services.",
        resources.PROVIDER,
        queries.ProviderQuery,
        key=("str", "slug"),
        lookup="slug",
        prepare=_with_counts,
    ),
    Endpoint(
        "revisions",
        "What was published, newest first.",
        resources.REVISION,
        queries.RevisionQuery,
        key=("int", "number"),
        lookup="pk",
        prepare=_with_people,
    ),
]
