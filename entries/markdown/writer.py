"""The guide, or a section of it, written back as Markdown.

What came from a file is written as its `verbatim` lines, so an untouched import is exported
byte for byte. What was added on the site takes the marker and the indentation of its
neighbours; what was retired is left out.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TypeAlias

from entries.markdown import source_lines
from entries.markdown.source_lines import Frame
from entries.models import Entry, EntryKind, LegendTag, Section, SectionKind
from entries.reading.lines import EntryLine, by_section
from entries.reading.tags import read_tags, tags_in
from entries.reading.tree import Node, Tree
from guide_site.core import markdown

SourceOf: TypeAlias = Callable[[Entry], str]


def own_source(entry: Entry) -> str:
    """The source lines of an entry, or its text if it was never in a file."""
    return entry.verbatim or entry.body


def export(section: Section | None = None, *, source_of: SourceOf = own_source) -> str:
    """The Markdown of `section` with all below it, or of the whole guide; four queries.

    source_of  returns what to write for a live entry instead of `own_source(entry)`: for
               tables whose content a higher layer has
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
    """Joins source lines, and frames what has none like its neighbours.

    legend     all legend tags
    entries    all entries that will be written, or some of their section
    source_of  as in `export`
    """

    def __init__(
        self,
        legend: Iterable[LegendTag],
        entries: Sequence[Entry],
        source_of: SourceOf = own_source,
    ) -> None:
        self.source_of = source_of
        self.signs = [tag.key for tag in legend]
        self.parts: list[str] = []
        self.tail = ""  # line ends that follow the last part
        self.skipped = ""  # line ends that followed a retired entry
        self.last: Entry | None = None  # the entry written last, below a heading
        self.is_edited = any(not entry.verbatim for entry in entries)
        top = next((e for e in entries if e.verbatim and e.is_listed and not e.parent_id), None)
        self.default = self._frame(top) if top else Frame(prefix="- ")

    def text(self) -> str:
        """All that was written."""
        return "".join([*self.parts, self.tail])

    def heading(self, node: Node, tags: Iterable[LegendTag]) -> None:
        """Write the heading of a section with these legend tags."""
        self._close_list()
        self.last = None
        if node.section.verbatim or node.section.kind == SectionKind.PREFACE:
            self._put(node.section.verbatim)
        else:
            eol = self.default.eol
            self._separate(eol * 2)
            signs = [tag.sign for tag in tags]
            words = " ".join([*signs, node.section.title])
            self._put(f"{'#' * max(1, node.depth + 1)} {words}{eol * 2}")

    def entries(self, siblings: Sequence[EntryLine], parent: Frame | None = None) -> None:
        """Write the entries of one list, each with those nested in it.

        parent  the frame of the entry that they are nested in
        """
        previous: Frame | None = None
        for line in siblings:
            entry = line.row
            if not entry.is_live:
                self._skip(entry)
            elif entry.verbatim:
                source = self.source_of(entry)
                if not entry.is_listed:
                    self._keep_apart(source)
                self._put(source)
                previous = self._frame(entry)
            else:
                previous = self._added(line, siblings, previous, parent)
            self.last = entry if entry.is_live else self.last
            self.entries(line.nested, previous if entry.is_live else parent)

    def _added(
        self,
        line: EntryLine,
        siblings: Sequence[EntryLine],
        previous: Frame | None,
        parent: Frame | None,
    ) -> Frame:
        """Write an entry that was never in a file; returns its frame."""
        entry = line.row
        if not entry.is_listed:
            margin = " " * source_lines.width(parent.prefix) if parent else ""
            frame = replace(previous or parent or self.default, head="", prefix=margin)
            self._separate(frame.eol * 2)
            self._put(frame.enclose(self.source_of(entry), self._leading(line)), tail=frame.eol * 2)
            return frame
        if previous and not previous.has_marker:
            previous = None  # a paragraph or the like: a list begins after it
        frame = previous.after() if previous else self._first(siblings, parent)
        frame = frame.of_kind(numbered=entry.kind == EntryKind.NUMBERED)
        following, self.tail = self.tail, self._between(siblings, frame)
        if not self.parts or not following:
            following = frame.eol
        if not (previous or parent):  # the first of a list: a blank line before it
            self.tail = following if following.count("\n") > 1 else frame.eol * 2
        source = replace(frame, tail="").enclose(self.source_of(entry), self._leading(line))
        self._put(source + (following if previous or parent else frame.eol))
        return frame

    def _first(self, siblings: Sequence[EntryLine], parent: Frame | None) -> Frame:
        """The frame of the first entry of a list."""
        rows = [line.row for line in siblings]
        known = next((row for row in rows if row.verbatim and row.is_listed), None)
        if known:
            return replace(self._frame(known), head="")
        return parent.inner() if parent else replace(self.default, head="")

    def _between(self, siblings: Sequence[EntryLine], frame: Frame) -> str:
        """What separates the items of a list: a line end, and a blank line in a loose list."""
        rows = [line.row for line in siblings[:-1]]
        tails = [self._frame(row).tail for row in rows if row.verbatim and row.is_listed]
        return tails[0] if tails and not tails[0].strip() else frame.eol

    def _skip(self, entry: Entry) -> None:
        """Leave out a retired entry, but remember the blank lines that closed its list."""
        source = entry.verbatim
        self.skipped = source[len(source.rstrip("\r\n")) :]

    def _close_list(self) -> None:
        """Write the blank line that followed a list whose last entry was retired."""
        if self.tail.count("\n") < 2 <= self.skipped.count("\n"):
            self.tail = self.skipped

    def _keep_apart(self, block: str) -> None:
        """Write a blank line before a block that would else be a part of the text above it.

        In the file something stood between the two that has retired or moved since.
        """
        self._close_list()
        if self.is_edited and self.last and self.tail.count("\n") < 2:
            is_text = self.last.is_listed or self.last.kind == EntryKind.PARAGRAPH
            if is_text and _runs_on(self.parts[-1], block):
                self.tail += self.default.eol

    def _put(self, source: str, tail: str | None = None) -> None:
        content = source.rstrip("\r\n")
        self.skipped = ""
        self.parts += [self.tail if self.parts else "", content]
        self.tail = source[len(content) :] if tail is None else tail

    def _separate(self, blank: str) -> None:
        if self.parts and self.tail.count("\n") < 2:
            self.tail = blank

    def _frame(self, entry: Entry) -> Frame:
        return Frame.around(entry.verbatim, is_listed=entry.is_listed, signs=self.signs)

    def _leading(self, line: EntryLine) -> list[str]:
        """The signs to write in front: those that are not within the text."""
        return [tag.sign for tag in line.tags if tag.key not in line.row.body]


def _runs_on(above: str, block: str) -> bool:
    """True if a block right below the text `above` would be a part of it."""
    above, block = source_lines.unix(above.strip()), source_lines.unix(block)
    if block.startswith("\n"):
        return False
    first_line = above.count("\n") + 1
    tokens = markdown.parser().parse(f"{above}\n{block.lstrip()}")
    return all(token.map is None or token.map[0] != first_line for token in tokens)
