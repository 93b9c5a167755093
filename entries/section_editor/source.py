"""A section as Markdown for its editor, as the guide held it when the page was opened."""

from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import QuerySet
from reversion.models import Version

from entries.markdown import source_lines
from entries.markdown.writer import Writer, own_source
from entries.models import Entry, LegendTag, Section, SectionKind
from entries.reading.lines import by_section, without_kept
from entries.reading.tags import TaggedRow
from entries.reading.tree import Node, Tree

Row = TypeVar("Row", Section, Entry)


@dataclass(frozen=True)
class Part:
    """A row with the line (from 1) that it begins in."""

    row: Section | Entry
    line: int


class SectionSource:
    """The text of a section, and which line of it belongs to which row.

    text      Markdown with LF as line end; without headings if `below` is not asked for
    sections  the rows of the sections in the text, in order
    legend    all legend tags, retired ones too
    parts     Parts in the order of the text

    Arguments:
        section: the row as it is now.
        below: include the sections below it, and all headings.
        generation: number of the revision at which the text is read.
    """

    def __init__(self, section: Section, *, below: bool = False, generation: int) -> None:
        self.legend = list(LegendTag.objects.all())
        past = _Past(generation, self.legend)
        sections = past.rows(Section.objects.prefetch_related("tags"), _is_shown)
        tree = Tree(each.row for each in sections)
        node = tree.nodes.get(section.pk)
        nodes = ([*node.walk()] if below else [node]) if node else []
        self.sections = [node.section for node in nodes]
        pks = {row.pk for row in self.sections}
        entries = past.rows(
            Entry.objects.filter(section__in=pks).prefetch_related("tags"),
            lambda row: row.section_id in pks,
        )
        self._tags: dict[type, dict[int, tuple[LegendTag, ...]]] = {
            Section: {each.row.pk: each.tags for each in sections},
            Entry: {each.row.pk: each.tags for each in entries},
        }
        self._write(nodes, [each.row for each in entries], with_headings=below)

    def tags_of(self, row: Section | Entry) -> set[int]:
        """Primary keys of the legend tags that a row had."""
        return {tag.pk for tag in self._tags[type(row)].get(row.pk, ())}

    def row_at(self, line: int) -> Section | Entry | None:
        """The row whose text holds the line, or None."""
        number = bisect_right(self.parts, line, key=lambda part: part.line) - 1
        return self.parts[number].row if number >= 0 else None

    def _write(self, nodes: list[Node], rows: list[Entry], *, with_headings: bool) -> None:
        marks: list[tuple[Section | Entry, int]] = []

        def source_of(entry: Entry) -> str:
            marks.append((entry, len(writer.parts)))
            return own_source(entry)

        writer = Writer(self.legend, rows, source_of)
        lines = by_section(rows, self._tags[Entry])
        for node in nodes:
            if with_headings:
                marks.append((node.section, len(writer.parts)))
                writer.heading(node, self._tags[Section][node.section.pk])
            writer.entries(without_kept(lines.get(node.section.pk, ())))
        text = source_lines.unix(writer.text().removeprefix("\ufeff"))
        self.text = text.strip("\n") + "\n" if text.strip() else ""
        self.parts = _parts(marks, writer.parts, len(text) - len(text.lstrip("\n")))


def _parts(marks: list[tuple[Section | Entry, int]], pieces: list[str], dropped: int) -> list[Part]:
    """Where each row begins. `pieces` are those of the Writer: line ends and texts in turn."""
    parts, line, done = [], 1 - dropped, 0
    for row, number in marks:
        for piece in pieces[done : number + 1]:
            line += source_lines.unix(piece).count("\n")
        done = number + 1
        content = source_lines.unix(pieces[number + 1]) if number + 1 < len(pieces) else ""
        parts.append(Part(row, line + len(content) - len(content.lstrip("\n"))))
    return parts


def _is_shown(section: Section) -> bool:
    return section.retired_at is None and section.kind != SectionKind.CONTENTS


class _Past:
    """Rows with their legend tags, as they were at a revision. They are not for saving."""

    def __init__(self, generation: int, legend: Iterable[LegendTag]) -> None:
        self.generation = generation
        self.legend = list(legend)

    def rows(self, queryset: QuerySet[Row], belongs: Callable[[Row], bool]) -> list[TaggedRow[Row]]:
        """The rows of a queryset as they were, in their order.

        Arguments:
            queryset: which rows are read as they are now; their tags are prefetched.
            belongs: whether a row, as it was, is one of them.
        """
        versions = Version.objects.get_for_model(queryset.model)
        later = versions.filter(revision_id__gt=self.generation)
        changed = set(later.values_list("object_id", flat=True))
        known = {row.pk: TaggedRow(row, tuple(row.tags.all())) for row in queryset}
        before = versions.filter(object_id__in=changed, revision_id__lte=self.generation)
        last = {int(version.object_id): version for version in before.order_by("pk")}
        for pk in map(int, changed):
            known.pop(pk, None)
            if version := last.get(pk):
                known[pk] = self._row(queryset.model, version)
        rows = [each for each in known.values() if belongs(each.row)]
        return sorted(rows, key=lambda each: (each.row.position, each.row.pk))

    def _row(self, model: type[Row], version: Version) -> TaggedRow[Row]:
        fields = dict(version.field_dict)
        pks = set(fields.pop("tags", []))
        return TaggedRow(model(**fields), tuple(tag for tag in self.legend if tag.pk in pks))
