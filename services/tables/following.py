"""The tables of the guide follow the catalogue, in the revision that changes it.

A row whose cells mean what the catalogue says keeps its exact line. Where the two differ, what
was published later is believed: a change of the catalogue goes into its cell, and a text that a
file brought stays as it is.
"""

from functools import cached_property

from django.db.models import Q, QuerySet

from entries.actions.steps import write_row
from entries.markdown import source_lines
from entries.markdown.signs import Signs
from entries.markdown.writer import own_source
from entries.models import Entry, EntryKind, Guide, LegendTag, Section
from entries.reading.lines import in_order
from entries.reading.tree import Tree
from guide_site.core import definitions
from guide_site.core.definitions import Links
from guide_site.core.history import Written
from services.models import Capability, Offering, Provider, Service
from services.tables import table
from services.tables.matrix_export import write_matrices
from services.tables.providers import known_columns
from services.tables.published_since import Found, Past
from services.tables.release_export import write_releases
from services.tables.table import Table

_CATALOGUE = (Provider, Service, Capability, Offering)


def follow(written: Written) -> None:
    """Bring the tables in step at the end of a revision, if it concerns them.

    written  what the revision has written: rows of the catalogue, or a table that came back
    """
    if any(model in written for model in _CATALOGUE) or (
        Entry in written and written[Entry] & set(_tables().values_list("pk", flat=True))
    ):
        bring_in_step(written)


def table_in_step(text: str) -> Table | None:
    """The table in the text of an entry, if it follows the catalogue; None for all others."""
    found = Table.read(text) if "|" in text else None
    return found if found and Guide.current().has_catalogue else None


def bring_in_step(written: Written | None = None) -> None:
    """Write the tables as the catalogue has them.

    written  what the open revision has written
    """
    following = _Following(written or {})
    for each in following.stale():
        following.write(each.entry, each.table)


def stale() -> list[Entry]:
    """The entries of the tables that differ from the catalogue, which changed later."""
    return [each.entry for each in _Following({}).stale()]


def _tables() -> QuerySet[Entry]:
    return Entry.objects.filter(kind=EntryKind.TABLE, retired_at=None)


class _Following:
    """The tables of the guide, read and written."""

    def __init__(self, written: Written) -> None:
        self.written = written
        self.legend = list(LegendTag.objects.all())

    def stale(self) -> list[Found]:
        """The tables that change, as they should be."""
        tree = Tree(Section.objects.live().defer("verbatim"))
        entries = in_order(tree, _tables().prefetch_related("tags"))
        signs = [tag.key for tag in self.legend]
        tables = table.find(
            entries, signs=signs, texts=lambda: self.footnotes.values(), links=lambda: self.links
        )
        facts = Guide.current() if tables.all else None
        if not (facts and facts.has_catalogue):
            return []
        providers, home = known_columns(tables, facts)
        past = Past(
            signs, footnotes=lambda: self.footnotes, written=self.written, links=lambda: self.links
        )
        write_matrices(tables.matrices, providers, past)
        write_releases(tables.releases, home, past, facts.vendors)
        return [each for each in tables.all if each.table.source != own_source(each.entry)]

    @cached_property
    def links(self) -> Links:
        """The link definitions of the guide."""
        bodies = Entry.objects.that_define().values_list("body", flat=True)
        return definitions.all_links(bodies)

    @cached_property
    def footnotes(self) -> dict[int, str]:
        """{primary key of an entry: its text}, of those that may explain a footnote mark."""
        mark = Q()
        for sign in ("<a ", "[^"):
            mark |= Q(verbatim__contains=sign) | Q(body__contains=sign)
        entries = Entry.objects.filter(mark, retired_at=None)
        return {entry.pk: own_source(entry) for entry in entries}

    def write(self, entry: Entry, its_table: Table) -> None:
        """Give the entry of a table the text of that."""
        body = _body(its_table)
        verbatim = its_table.source if entry.verbatim else ""
        tags = {tag.key: tag.pk for tag in self.legend}
        shown = [tags[sign] for sign in Signs(tags).within(body)]
        write_row(entry, {"body": body, "verbatim": verbatim}, tags=shown)


def _body(its_table: Table) -> str:
    """The text of an entry whose table is `its_table` by now."""
    rows = source_lines.split(its_table.lines)
    indent = source_lines.indent(rows[0])
    return source_lines.clean("".join(source_lines.dedent(row, indent) for row in rows))
