"""The guide, or a section of it, back as Markdown.

Everything that came from a file is written as its `verbatim` lines, so that an untouched
import comes out byte for byte. What was added on the site takes the marker and the
indentation of its neighbours; what was retired leaves no trace.
"""

import re
from dataclasses import replace

from entries.markdown import source_lines
from entries.markdown.source_lines import Frame
from entries.models import Entry, EntryKind, LegendTag, Section, SectionKind
from entries.reading.lines import by_section
from entries.reading.tags import read_tags, tags_in
from entries.reading.tree import Tree


def own_source(entry: Entry) -> str:
    """The source lines of an entry, or its text if it never stood in a file."""
    return entry.verbatim or entry.body


def export(section=None, *, source_of=own_source):
    """Markdown of `section` with all below it, or of the whole guide: four queries.

    source_of  what to write for a live entry instead of `own_source(entry)`: for tables that
               a layer above keeps in a form of its own
    """
    tree = Tree(Section.objects.live())
    nodes = list(tree.nodes[section.pk].walk() if section else tree.walk())
    sections = [node.section for node in nodes]
    entries = list(Entry.objects.filter(section__in=sections))
    of_entries, of_sections = read_tags(*tags_in(nodes))
    lines = by_section(entries, of_entries)
    writer = Writer(LegendTag.objects.all(), entries, source_of)
    for node in nodes:
        writer.heading(node, of_sections.get(node.section.pk, ()))
        writer.entries(lines.get(node.section.pk, ()))
    return writer.text()


class Writer:
    """Joins source lines, and gives what has none the frame of its neighbours."""

    def __init__(self, legend, entries, source_of=own_source):
        self.source_of = source_of
        self.signs = [tag.key for tag in legend]
        self.parts = []
        self.tail = ""  # line ends that follow the last part
        self.skipped = ""  # those that followed a retired entry
        top = next((e for e in entries if e.verbatim and e.is_listed and not e.parent_id), None)
        self.default = self._frame(top) if top else Frame(prefix="- ")

    def text(self):
        return "".join([*self.parts, self.tail])

    def heading(self, node, tags):
        """Write the heading of a section, which bears these legend tags."""
        if self.tail.count("\n") < 2 <= self.skipped.count("\n"):
            self.tail = self.skipped  # the blank line that closed the section is still due
        if node.section.verbatim or node.section.kind == SectionKind.PREFACE:
            self._put(node.section.verbatim)
        else:
            eol = self.default.eol
            self._separate(eol * 2)
            signs = [tag.sign for tag in tags]
            words = " ".join([*signs, node.section.title])
            self._put(f"{'#' * max(1, node.depth + 1)} {words}{eol * 2}")

    def entries(self, siblings, parent=None):
        """Write the EntryLines of one list, each with what is nested in it."""
        previous = None
        for line in siblings:
            entry = line.row
            if not entry.is_live:
                self._skip(entry)
            elif entry.verbatim:
                self._put(self.source_of(entry))
                previous = self._frame(entry)
            else:
                previous = self._added(line, siblings, previous, parent)
            self.entries(line.nested, previous if entry.is_live else parent)

    def _added(self, line, siblings, previous, parent):
        """Write an entry that never stood in a file; returns its frame."""
        entry = line.row
        if not entry.is_listed:
            margin = " " * source_lines.width(parent.prefix) if parent else ""
            frame = replace(previous or parent or self.default, head="", prefix=margin)
            self._separate(frame.eol * 2)
            self._put(frame.enclose(self.source_of(entry), self._leading(line)), tail=frame.eol * 2)
            return frame
        if previous and not previous.has_marker:
            previous = None  # a paragraph or the like: a list begins behind it
        frame = previous.after() if previous else self._first(siblings, parent)
        frame = frame.of_kind(numbered=entry.kind == EntryKind.STEP)
        following, self.tail = self.tail, self._between(siblings, frame)
        if not self.parts or not following:
            following = frame.eol
        if not (previous or parent):  # the first of a list: a blank line before it
            self.tail = following if following.count("\n") > 1 else frame.eol * 2
        source = replace(frame, tail="").enclose(self.source_of(entry), self._leading(line))
        self._put(source + (following if previous or parent else frame.eol))
        return frame

    def _first(self, siblings, parent):
        rows = [line.row for line in siblings]
        known = next((row for row in rows if row.verbatim and row.is_listed), None)
        if known:
            return replace(self._frame(known), head="")
        return parent.inner() if parent else replace(self.default, head="")

    def _between(self, siblings, frame):
        """What parts the items of a list: a line end, and a blank line in a loose list."""
        rows = [line.row for line in siblings[:-1]]
        tails = [self._frame(row).tail for row in rows if row.verbatim and row.is_listed]
        return tails[0] if tails and not tails[0].strip() else frame.eol

    def _skip(self, entry):
        """A retired entry is left out, but remember the blank lines that closed its list."""
        self.skipped = re.search(r"[\r\n]*\Z", entry.verbatim)[0]

    def _put(self, source, tail=None):
        content = source.rstrip("\r\n")
        self.skipped = ""
        self.parts += [self.tail if self.parts else "", content]
        self.tail = source[len(content) :] if tail is None else tail

    def _separate(self, blank):
        if self.parts and self.tail.count("\n") < 2:
            self.tail = blank

    def _frame(self, entry):
        return Frame.around(entry.verbatim, is_listed=entry.is_listed, signs=self.signs)

    def _leading(self, line):
        """Signs to write in front: those that the text does not hold already."""
        return [tag.sign for tag in line.tags if tag.key not in line.row.body]
