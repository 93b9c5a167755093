"""The tables of the catalogue, written back for the export of the guide.

A row whose cells mean what the catalogue says keeps its exact line. Where the two differ, what
was published later is believed: a change of the catalogue goes into its cell, and a text that
somebody edited on the site stays as it is.
"""

from collections.abc import Callable
from functools import cached_property

from django.db.models import Q

from entries.markdown.writer import own_source
from entries.models import Entry, EntryKind, LegendTag, Section
from entries.reading.lines import in_order
from entries.reading.tree import Tree
from services.models import Provider
from services.tables import table
from services.tables.matching import AWS, key, match_providers
from services.tables.matrix_export import write_matrices
from services.tables.published_since import Past
from services.tables.release_export import write_releases


def table_sources() -> Callable[[Entry], str]:
    """A `source_of` for `entries.markdown.writer.export()`: tables as the catalogue has them."""
    return _Tables().source_of


class _Tables:
    """The tables of the guide, read and written when the first of them is asked for."""

    def source_of(self, entry: Entry) -> str:
        """What to write for an entry: for a table of the catalogue what that says."""
        is_table = entry.kind == EntryKind.TABLE
        return self.written.get(entry.pk, own_source(entry)) if is_table else own_source(entry)

    @cached_property
    def written(self) -> dict[int, str]:
        """{primary key of an entry: the source of its table}."""
        tree = Tree(Section.objects.live().defer("verbatim"))
        entries = in_order(tree, Entry.objects.filter(kind=EntryKind.TABLE, retired_at=None))
        legend = list(LegendTag.objects.all())
        signs = [tag.key for tag in legend]
        tables = table.find(entries, signs=signs, texts=lambda: self.footnotes.values())
        titles = tables.provider_titles
        matched = match_providers(titles, Provider.objects.all())
        providers = {key(title): row for title, row in zip(titles, matched, strict=True)}
        past = Past(signs, footnotes=lambda: self.footnotes)
        write_matrices(tables.matrices, providers, past)
        write_releases(tables.releases, providers[key(AWS)], past)
        return {each.entry.pk: each.table.source for each in tables.all}

    @cached_property
    def footnotes(self) -> dict[int, str]:
        """{primary key of an entry: its text}, of those that may explain a footnote mark."""
        mark = Q()
        for sign in ("<a ", "[^"):
            mark |= Q(verbatim__contains=sign) | Q(body__contains=sign)
        entries = Entry.objects.filter(mark, retired_at=None)
        return {entry.pk: own_source(entry) for entry in entries}
