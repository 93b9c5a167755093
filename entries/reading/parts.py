"""Sections and entries as pages show them, in a fixed number of queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from entries.models import Entry, EntryKind, LegendTag, Section
from entries.reading.banners import banner
from entries.reading.folds import ends_a_fold, fold
from entries.reading.lines import (
    EntryLine,
    Run,
    by_section,
    nest,
    read_for_page,
    rows_above,
    runs,
    walk,
)
from entries.reading.tags import Tags, TagsOf, read_tags, tags_in
from entries.reading.tree import Node


@dataclass(frozen=True, eq=False)
class SectionPart:
    """A section of a page with its entries. Made by `section_parts`.

    tags    the legend tags of its heading, in the order of the legend
    lines   its entries that stand in no other entry, in order
    level   rank of its heading on the page, 1 to 6
    is_out  hidden: nothing in it, and nothing in a section below it, has the chosen tags
    """

    node: Node
    tags: tuple[LegendTag, ...]
    lines: tuple[EntryLine, ...]
    level: int
    is_out: bool = False

    @property
    def section(self) -> Section:
        """The row of the section."""
        return self.node.section

    @property
    def banner(self) -> SafeString:
        """The pictures and badges above its heading."""
        return banner(self.section)

    @property
    def runs(self) -> list[Run]:
        """Its entries as the page lists them."""
        return runs(self.lines)


def section_parts(
    nodes: Iterable[Node], *, top: Node | None = None, tags: Sequence[Tags] | None = None
) -> list[SectionPart]:
    """The live entries and the tags of some sections, for a page: two queries.

    Arguments:
        nodes: the sections, in the order of the page.
        top: the one whose heading is the first on the page; None: a page of the whole guide.
        tags: what `read_tags(*tags_in(nodes))` returned, if the caller has read it already.
    """
    nodes = list(nodes)
    pks = [node.section.pk for node in nodes]
    rows = Entry.objects.filter(section__in=pks, retired_at=None).defer("verbatim", "body")
    facts = read_for_page(rows)
    shown = [row for row in facts if row.kind != EntryKind.KEPT or ends_a_fold(row)]
    of_entries, of_sections = tags or read_tags(*tags_in(nodes))
    lines = by_section(shown, of_entries, facts)
    return [
        SectionPart(
            node=node,
            tags=tuple(of_sections.get(node.section.pk, ())),
            lines=fold(lines.get(node.section.pk, ())),
            level=node.level_below(top) if top else node.level,
        )
        for node in nodes
    ]


def family(entry: Entry) -> tuple[EntryLine, list[Entry]]:
    """An entry for its page, with what is nested in it, and the rows above it: two queries.

    A retired entry is shown in its old place.
    """
    same_section = Entry.objects.filter(section=entry.section_id)
    facts = read_for_page(same_section.defer("verbatim"))
    rows = {row.pk: row for row in facts if row.kind != EntryKind.KEPT or ends_a_fold(row)}
    (tags,) = read_tags(TagsOf(Entry, section=entry.section_id))
    shown = [row for row in rows.values() if row.is_live or row.pk == entry.pk]
    lines = fold(nest(shown, tags, facts))
    line = next(line for line, _ in walk(lines) if line.row.pk == entry.pk)
    return line, rows_above(entry, rows)
