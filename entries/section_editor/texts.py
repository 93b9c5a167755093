"""The text of a section as it was shown and as it was typed: what is the same in both.

Pure, apart from the rows it points at. Both are read by the same reader, so that whatever reads
oddly reads equally oddly on both sides.
"""

from dataclasses import dataclass, field

from entries.imports.entry_matching import match_entries
from entries.imports.section_matching import match_sections
from entries.markdown import reader
from entries.markdown.parsed import ParsedEntry, ParsedSection, with_section_above
from entries.models import Entry, Section
from guide_site.core import markdown

_HEADING_LINES = 2  # those that are put before a text without a heading, to read it


@dataclass(frozen=True, eq=False)
class Known:
    """Something of the text that was shown: how it reads, its row, and the row's legend tags.

    Without a row it is a part of what `owner` (a primary key) holds: a list typed into an entry.
    """

    pk: int
    parsed: object
    row: object
    section_id: int | None = None
    parent_id: int | None = None
    owner: int | None = None
    tags: set[int] = field(default_factory=set)
    is_live: bool = True

    @property
    def title(self):
        return self.parsed.title

    @property
    def slug(self):
        return self.row.slug

    @property
    def kind(self):
        return self.parsed.kind

    @property
    def body(self):
        return self.parsed.body


class SectionTexts:
    """Both texts, read and compared.

    typed, sections     the typed sections, and {id(typed section): Known}
    entries             {id(typed entry): Known}
    known_sections      {id(shown section): Known} of all that was shown
    known               the same of entries
    broken              primary keys of entries that come apart: see `_broken`
    problems, notes     as in `section_edit.Edit`; with problems there is nothing else
    """

    def __init__(self, source, typed):
        self.source = source
        self.problems, self.notes = [], []
        self.tags = {tag.key: tag.pk for tag in source.legend}
        self.with_headings = any(isinstance(part.row, Section) for part in source.parts)
        self.shown, shown_notes = self._read(source.text)
        self.typed, notes = self._read(typed)
        self._check(notes, shown_notes)
        if self.problems:
            return
        self.next_pk = 0
        self.known_sections = self._known_sections()
        self.known = self._known_entries()
        self.sections = self._match_sections()
        self.entries = self._match_entries()

    def _read(self, text):
        """The sections of a text, and what was odd in it.

        Only the lines of the notes count as in the text: see `_line` for those of what was read.
        """
        title = self.source.sections[0].title if self.source.sections else "Section"
        if not self.with_headings:
            text = "# x\n\n" + text
        try:
            found = reader.parse(text, signs=list(self.tags), name=title, hide_contents=False)
        except reader.NotAGuide:
            return [], []
        shift = self._shift
        return found.sections, [(line - shift, words) for line, words in found.notes]

    @property
    def _shift(self) -> int:
        """How many lines were put before the text."""
        return 0 if self.with_headings else _HEADING_LINES

    def _line(self, parsed: ParsedEntry | ParsedSection) -> int:
        """Where something begins in its text, from 1."""
        return parsed.line - self._shift

    def _check(self, notes, shown_notes):
        """What cannot be proposed, and what will not be as typed."""
        problems = self.problems
        if not any(section.entries for section in self.typed) and self.source.parts:
            problems.append((1, "the text is empty; to take all of it out, retire it"))
        if self.with_headings:
            if self.typed and not self.typed[0].has_heading:
                problems.append((1, "the first line has to be the heading of the section"))
            above = with_section_above(self.typed)
            for section in [parsed for parsed, parent in above if parent is None][1:]:
                words = "a heading of this rank begins another section: put more “#” in front"
                problems.append((self._line(section), words))
        else:
            words = "a heading: to change headings, include the sections below"
            problems += [(self._line(section), words) for section in self.typed[1:]]
        for entry in (entry for section in self.typed for entry in section.walk()):
            if len(entry.body) > markdown.MAX_LENGTH:
                problems.append(
                    (self._line(entry), f"an entry of over {markdown.MAX_LENGTH:,} characters")
                )
        known = {words for _, words in shown_notes}
        self.notes += [note for note in notes if note[1] not in known]

    def new_pk(self):
        self.next_pk -= 1
        return self.next_pk

    def _known_sections(self):
        """{id(parsed): Known} of the sections that were shown."""
        found, by_parsed = {}, {}
        for parsed, above in with_section_above(self.shown):
            if not self.with_headings:
                row = self.source.sections[0]
            else:
                row = self.source.row_at(self._line(parsed))
            if isinstance(row, Section) and row.pk not in {k.pk for k in found.values()}:
                parent = by_parsed.get(id(above)) if above else None
                tags = self.source.tags_of(row)
                known = Known(row.pk, parsed, row, parent_id=parent and parent.pk, tags=tags)
                found[id(parsed)] = by_parsed[id(parsed)] = known
        return found

    def _known_entries(self):
        """{id(parsed): Known} of the entries; what a row holds beside its own has no row."""
        found, taken = {}, set()
        for section in self.shown:
            home = self.known_sections.get(id(section))
            for parsed, parent in with_parents(section.entries):
                row = self.source.row_at(self._line(parsed))
                own = isinstance(row, Entry) and row.pk not in taken
                above = found.get(id(parent)) if parent else None
                pk = row.pk if own else self.new_pk()
                taken.add(pk)
                found[id(parsed)] = Known(
                    pk,
                    parsed,
                    row if own else None,
                    section_id=home and home.pk,
                    parent_id=above and above.pk,
                    owner=row.pk if isinstance(row, Entry) and not own else None,
                    tags=self.source.tags_of(row) if own else set(),
                )
        return found

    def _match_sections(self):
        """{id(typed section): Known}."""
        known = list(self.known_sections.values())
        if not self.with_headings:
            return {id(self.typed[0]): known[0]} if self.typed and known else {}
        return match_sections(self.typed, known, {}, list(self.known.values()))

    def _match_entries(self):
        """{id(typed entry): Known}."""
        known = list(self.known.values())
        guide = _Sections(self.typed)
        found = match_entries(guide, self.sections, known, by_hand=True)
        self.broken = self._broken(found)
        whole = {k.pk for k in found.values()} - self.broken
        return {key: k for key, k in found.items() if k.row is not None or k.owner in whole}

    def _broken(self, found):
        """Rows that read as several entries, some of which was touched: they come apart."""
        places_ = [pair for section in self.typed for pair in with_parents(section.entries)]
        typed = {
            found[id(entry)].pk: (entry, above) for entry, above in places_ if id(entry) in found
        }
        broken = set()
        for k in self.known.values():
            if k.owner is None:
                continue
            entry, above = typed.get(k.pk, (None, None))
            same = entry and (entry.body, entry.kind, entry.signs) == (
                k.parsed.body,
                k.parsed.kind,
                k.parsed.signs,
            )
            parent = above and found.get(id(above))
            below = [found.get(id(child)) for child in entry.children] if entry else []
            family = all(child and child.owner == k.owner for child in below)
            if not (same and family and (parent.pk if parent else None) == k.parent_id):
                broken.add(k.owner)
        return broken


@dataclass
class _Sections:
    """As much of a ParsedGuide as the matching looks at."""

    sections: list[ParsedSection]


def with_parents(entries, parent=None):
    """(parsed entry, the one it is nested under or None), in order."""
    for entry in entries:
        yield entry, parent
        yield from with_parents(entry.children, entry)
