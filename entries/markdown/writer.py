"""The guide, or a section of it, written back as Markdown.

What came from a file is written as its `verbatim` lines, so an untouched import is exported
byte for byte. What was added on the site takes the marker and the indentation of its
neighbours; what was retired is left out.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TypeAlias

from entries.markdown import headings
from entries.markdown.headings import Heading
from entries.markdown.joining import Joiner, Place, lines_in
from entries.markdown.ranks import Ranks
from entries.markdown.seams import Form
from entries.markdown.siblings import Siblings
from entries.markdown.signs import to_write
from entries.markdown.source_lines import Frame
from entries.models import Entry, EntryKind, LegendTag, Section
from entries.reading.lines import EntryLine, by_section
from entries.reading.past import GuideState
from entries.reading.tags import Tags, read_tags, tags_in
from entries.reading.tree import Node, Tree

SourceOf: TypeAlias = Callable[[Entry], str]
_HEADING = Place(Form.HEADING)
_FORMS: dict[str, Form] = {EntryKind.KEPT: Form.ANY, EntryKind.DEFINITION: Form.DEFINITION}


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
    return _written(nodes, entries, of_entries, of_sections, source_of)


def export_state(state: GuideState) -> str:
    """The Markdown of the whole guide as it was at some revision."""
    nodes = list(state.tree.walk())
    entries = [entry for entry in state.entries if entry.section_id in state.tree.nodes]
    return _written(nodes, entries, state.entry_tags, state.section_tags, own_source)


def export_alone(section: Section, entries: Sequence[Entry]) -> str:
    """The Markdown of a section without those below it.

    entries  all of it, retired ones too
    """
    node = Node(section, "", None, 0, is_title=False, parent=None)
    of_entries, of_section = read_tags(*tags_in([node]))
    return _written([node], entries, of_entries, of_section, own_source)


def _written(
    nodes: Iterable[Node],
    entries: Sequence[Entry],
    of_entries: Tags,
    of_sections: Tags,
    source_of: SourceOf,
) -> str:
    lines = by_section(entries, of_entries)
    writer = Writer(LegendTag.objects.all(), entries, source_of)
    for node in nodes:
        writer.heading(node, of_sections.get(node.section.pk, ()))
        writer.entries(lines.get(node.section.pk, ()))
    return writer.text()


class Writer:
    """Writes headings and entries in order, and frames what has no source like its neighbours.

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
        self.ranks = Ranks()
        top = next((e for e in entries if e.verbatim and e.is_listed and not e.parent_id), None)
        self.default = Frame(prefix="- ")
        if top:
            self.default = Frame.around(top.verbatim, is_listed=True, signs=self.signs)
        self.joiner = Joiner(self.default.eol, leaves_blanks=_leaves_blanks(entries))
        # Pictures alone, above the first heading, would belong to that.
        self.filled = {e.section_id for e in entries if e.is_live and e.kind != EntryKind.FIGURE}
        self.is_loose_end = False  # nobody knows what stood behind the last block in a file
        self.moved: Node | None = None  # the section whose heading has a new place
        self.is_rearranged = False  # there was such a section

    @property
    def parts(self) -> list[str]:
        """Line ends and texts in turn."""
        return self.joiner.parts

    def text(self) -> str:
        """All that was written."""
        if (self.is_loose_end or self.is_rearranged) and lines_in(self.joiner.tail) > 1:
            self.joiner.end_with(self.default.eol)
        return self.joiner.text()

    def heading(self, node: Node, tags: Iterable[LegendTag]) -> None:
        """Write the heading of a section with these legend tags."""
        section = node.section
        stood = Heading.found_in(section.verbatim) if section.verbatim else None
        rank = self.ranks.rank_of(node, stood)
        is_preface = stood is None and not section.has_heading
        if is_preface and not self.joiner.is_begun and section.pk in self.filled:
            self.joiner.add(section.verbatim, _HEADING)
            return
        made = stood or headings.new(section.title, rank, [tag.sign for tag in tags])
        if self.joiner.is_begun:
            self.joiner.add_on_top(made.before)  # pictures there belong to the file
            made = replace(made, before="")
        if self._stands_elsewhere(node, made) and self.joiner.leaves_blanks:
            self.joiner.set_apart()
        self.joiner.add(made.ranked(rank).source, _HEADING)
        self.is_loose_end = stood is None
        if stood is None:
            self.joiner.end_with(self.default.eol * 2)

    def _stands_elsewhere(self, node: Node, heading: Heading) -> bool:
        """True for a heading that does not follow what it followed in a file."""
        is_behind = self.moved is not None and self.moved not in node.path
        is_moved = not lines_in(heading.after)
        self.is_rearranged = self.is_rearranged or is_moved
        if is_moved or is_behind:
            self.moved = node if is_moved else None
        return is_behind or self.is_loose_end or not node.section.verbatim

    def entries(self, lines: Sequence[EntryLine], above: Siblings | None = None) -> None:
        """Write the entries of one list, each with those nested in it.

        above  the list that they are nested in, up to the entry that holds them
        """
        siblings = Siblings(lines, above, self.default, self.signs)
        for line in lines:
            if not siblings.depth:
                self.joiner.add_definitions()
            if not line.row.is_live:
                self._skip(line.row)
                self.entries(line.nested, above)
                continue
            siblings.frame = (
                self._known(line, siblings) if line.row.verbatim else self._new(line, siblings)
            )
            self.entries(line.nested, siblings)
        if not siblings.depth and self.joiner.add_definitions():
            self.is_loose_end = True

    def _known(self, line: EntryLine, siblings: Siblings) -> Frame:
        """Write an entry that stood in a file; returns its frame."""
        entry = line.row
        if not entry.is_listed and self.is_loose_end:
            self.joiner.set_apart()
        source = self.source_of(entry)
        if any(each.row.is_live and not each.row.verbatim for each in line.nested):
            source = self._without_definitions(entry, source, siblings)
        frame = siblings.known(entry, source)
        if (numbered := siblings.numbered(entry, frame)) != frame:
            source = frame.head + frame.moved(source, numbered.prefix)
        self.is_loose_end = siblings.is_mixed
        return self._put(entry, source, siblings)

    def _new(self, line: EntryLine, siblings: Siblings) -> Frame:
        """Write an entry that was never in a file, or is at a new place; returns its frame."""
        entry, joiner = line.row, self.joiner
        eol = self.default.eol
        source = siblings.new(entry).enclose(self.source_of(entry), self._leading(line))
        if entry.is_listed and siblings.follows_item:
            ends = joiner.end_with(siblings.between) or eol
        else:
            self.is_loose_end = True
            joiner.set_apart()
            ends = siblings.between if entry.is_listed else eol * 2
        return self._put(entry, source + ends, siblings)

    def _put(self, entry: Entry, source: str, siblings: Siblings) -> Frame:
        form = Form.ITEM if entry.is_listed else Form.BLOCK
        form = _FORMS.get(entry.kind, form)
        place = Place(form, siblings.depth, len(siblings.margin))
        written = self.joiner.add(source, place, lambda: siblings.refitted(entry, source))
        return siblings.known(entry, written)

    def _without_definitions(self, entry: Entry, source: str, siblings: Siblings) -> str:
        """The source up to its text; the link definitions behind it would close its list."""
        tail = siblings.known(entry, source).tail
        if not tail.strip():
            return source
        self.joiner.hold_back(tail.strip())
        return source[: len(source) - len(tail)] + self.default.eol

    def _skip(self, entry: Entry) -> None:
        """Leave out a retired entry, but remember the blank lines that closed its list."""
        if source := entry.verbatim:
            tail = Frame.around(source, is_listed=entry.is_listed).tail
            self.joiner.skip(source[len(source.rstrip("\r\n")) :], tail.strip())

    def _leading(self, line: EntryLine) -> list[str]:
        """The signs to write in front: those that are not within the text."""
        return to_write([tag.sign for tag in line.tags], line.row.body)


def _leaves_blanks(entries: Iterable[Entry]) -> bool:
    """True if most sections end with a blank line."""
    last: dict[int, str] = {}
    for entry in entries:  # by position
        if entry.verbatim and entry.is_live and not entry.parent_id:
            last[entry.section_id] = entry.verbatim
    ends = [source[len(source.rstrip("\r\n")) :] for source in last.values()]
    return 2 * sum(lines_in(end) > 1 for end in ends) >= len(ends)
