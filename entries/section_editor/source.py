"""A section as Markdown for its editor, as the guide held it when the page was opened."""

from bisect import bisect_right
from dataclasses import dataclass

from reversion.models import Version

from entries.markdown import source_lines
from entries.markdown.writer import Writer, own_source
from entries.models import Entry, EntryKind, LegendTag, Section, SectionKind
from entries.reading.tree import Tree, nest


@dataclass
class Part:
    """A row with the line (from 1) that it begins in."""

    row: object
    line: int


class SectionSource:
    """The text of a section, and which line of it belongs to which row.

    text      Markdown with LF as line end; without headings if `below` is not asked for
    sections  the rows of the sections in the text, in order
    entries   {row: …} primary keys to rows, hidden ones included
    parts     Parts in the order of the text
    """

    def __init__(self, section, *, below=False, generation):
        tree = Tree(_as_of(Section.objects.prefetch_related("tags"), generation, _is_shown))
        node = tree.nodes.get(section.pk)
        nodes = ([*node.walk()] if below else [node]) if node else []
        self.sections = [node.section for node in nodes]
        pks = {row.pk for row in self.sections}
        rows = Entry.objects.prefetch_related("tags")
        rows = _as_of(rows, generation, lambda row: row.section_id in pks, section__in=pks)
        self.entries = {row.pk: row for row in rows}
        for row in [*self.sections, *rows]:
            row.shown_tags = list(row.tags.all())
        self.legend = list(LegendTag.objects.all())
        self._write(nodes, rows, with_headings=below)

    def row_at(self, line):
        """The row whose text holds the line, or None."""
        number = bisect_right(self.parts, line, key=lambda part: part.line) - 1
        return self.parts[number].row if number >= 0 else None

    def _write(self, nodes, rows, *, with_headings):
        marks = []

        def source_of(entry):
            marks.append((entry, len(writer.parts)))
            return own_source(entry)

        writer = Writer(self.legend, rows, source_of)
        below = {}
        for row in rows:
            below.setdefault(row.section_id, []).append(row)
        for node in nodes:
            if with_headings:
                marks.append((node.section, len(writer.parts)))
                writer.heading(node)
            writer.entries(_without_hidden(nest(below.get(node.section.pk, []))))
        text = source_lines.unix(writer.text().removeprefix("\ufeff"))
        self.text = text.strip("\n") + "\n" if text.strip() else ""
        self.parts = _parts(marks, writer.parts, len(text) - len(text.lstrip("\n")))


def _parts(marks, pieces, dropped):
    """Where each row begins. `pieces` are those of the Writer: line ends and texts in turn."""
    found, line, done = [], 1 - dropped, 0
    for row, number in marks:
        for piece in pieces[done : number + 1]:
            line += source_lines.unix(piece).count("\n")
        done = number + 1
        content = source_lines.unix(pieces[number + 1]) if number + 1 < len(pieces) else ""
        found.append(Part(row, line + len(content) - len(content.lstrip("\n"))))
    return found


def _without_hidden(entries):
    """Without what is kept only for the export, unless something is nested in it."""
    for entry in entries:
        entry.nested = _without_hidden(entry.nested)
    return [entry for entry in entries if entry.kind != EntryKind.KEPT or entry.nested]


def _is_shown(section):
    return section.retired_at is None and section.kind != SectionKind.CONTENTS


def _as_of(queryset, generation, belongs, **condition):
    """The rows of a queryset as they were at a revision, in their order.

    belongs    whether a row, as it was, is one of them
    condition  narrows down which rows are read as they are now
    """
    versions = Version.objects.get_for_model(queryset.model)
    since = set(versions.filter(revision_id__gt=generation).values_list("object_id", flat=True))
    now = {row.pk: row for row in queryset.filter(**condition)}
    before = versions.filter(object_id__in=since, revision_id__lte=generation).order_by("pk")
    then = {int(version.object_id): version for version in before}
    for pk in map(int, since):
        now.pop(pk, None)
        if version := then.get(pk):
            now[pk] = _row(version)
    rows = [row for row in now.values() if belongs(row)]
    return sorted(rows, key=lambda row: (row.position, row.pk))


def _row(version):
    """The row that a version holds, with its tags; it is not for saving."""
    fields = dict(version.field_dict)
    tags = LegendTag.objects.filter(pk__in=fields.pop("tags", []))
    row = version.content_type.model_class()(**fields)
    row._prefetched_objects_cache = {"tags": list(tags)}
    return row
