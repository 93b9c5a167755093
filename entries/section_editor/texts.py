"""The text of a section as it was shown and as it was typed: what is the same in both.

Pure, apart from the rows it points at. Both are read by the same reader, so whatever reads oddly
reads equally oddly on both sides.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from entries.imports.entry_matching import match_entries
from entries.imports.section_matching import match_sections
from entries.markdown import reader
from entries.markdown.parsed import (
    NotAGuide,
    Note,
    ParsedEntry,
    ParsedSection,
    with_section_above,
)
from entries.models import Entry, Section
from entries.section_editor.source import SectionSource
from guide_site.core import markdown

_HEADING_LINES = 2  # those that are put before a text without a heading, to read it


@dataclass(frozen=True, eq=False)
class KnownSection:
    """A section of the text that was shown: its row, how it reads, and its legend tags.

    parent_id  primary key of the section above it in this text
    tags       primary keys
    """

    pk: int
    parsed: ParsedSection
    row: Section
    parent_id: int | None
    tags: set[int]

    @property
    def title(self) -> str:
        """Its heading as it reads."""
        return self.parsed.title

    @property
    def slug(self) -> str:
        """The slug of the row."""
        return self.row.slug


@dataclass(frozen=True, eq=False)
class KnownEntry:
    """An entry of the text that was shown: its row, how it reads, and its legend tags.

    row    None for a part of what another row holds: a list typed into an entry
    owner  primary key of that other row
    tags   primary keys
    """

    pk: int
    parsed: ParsedEntry
    row: Entry | None
    section_id: int | None
    parent_id: int | None
    owner: int | None = None
    tags: set[int] = field(default_factory=set)
    is_live: bool = True

    @property
    def kind(self) -> str:
        """Its kind as it reads."""
        return self.parsed.kind

    @property
    def body(self) -> str:
        """Its text as it reads."""
        return self.parsed.body


class SectionTexts:
    """Both texts, read and compared.

    typed           the typed sections
    sections        the known section that each typed one is; new ones are left out
    entries         the known entry that each typed one is; new ones are left out
    known_sections  all sections that were shown
    known           all entries that were shown
    broken          primary keys of entries that come apart: see `_broken`
    problems        why the text cannot be proposed; if there are any, there is nothing else
    notes           what will not be as it was typed
    """

    def __init__(self, source: SectionSource, typed: str) -> None:
        self.source = source
        self.tags = {tag.key: tag.pk for tag in source.legend}
        self.with_headings = any(isinstance(part.row, Section) for part in source.parts)
        self.shown, shown_notes = self._read(source.text)
        self.typed, notes = self._read(typed)
        known = {words for _, words in shown_notes}
        self.notes = [note for note in notes if note[1] not in known]
        self.problems = [*self._problems_of_headings(), *self._too_long()]
        if self.problems:
            return
        self.next_pk = 0
        self.known_sections = self._known_sections()
        self.known = self._known_entries()
        self.sections = self._match_sections()
        self.entries = self._match_entries()

    def _read(self, text: str) -> tuple[list[ParsedSection], list[Note]]:
        """The sections of a text, and what was odd in it.

        Only the lines of the notes count as in the text: see `_line` for those of what was read.
        """
        title = self.source.sections[0].title if self.source.sections else "Section"
        if not self.with_headings:
            text = "# x\n\n" + text
        try:
            guide = reader.parse(text, signs=list(self.tags), name=title, hide_contents=False)
        except NotAGuide:
            return [], []
        notes = [Note(line - self._shift, words) for line, words in guide.notes]
        return guide.sections, notes

    @property
    def _shift(self) -> int:
        """How many lines were put before the text."""
        return 0 if self.with_headings else _HEADING_LINES

    def _line(self, parsed: ParsedEntry | ParsedSection) -> int:
        """Where something begins in its text, from 1."""
        return parsed.line - self._shift

    def _problems_of_headings(self) -> Iterator[Note]:
        if self.source.parts and not any(section.entries for section in self.typed):
            yield Note(1, "the text is empty; to take all of it out, retire it")
        if not self.with_headings:
            for section in self.typed[1:]:
                yield Note(
                    self._line(section), "a heading: to change headings, include the sections below"
                )
            return
        if self.typed and not self.typed[0].has_heading:
            yield Note(1, "the first line has to be the heading of the section")
        roots = [section for section, above in with_section_above(self.typed) if above is None]
        for section in roots[1:]:
            words = "a heading of this rank begins another section: put more “#” in front"
            yield Note(self._line(section), words)

    def _too_long(self) -> Iterator[Note]:
        for section in self.typed:
            for entry in section.walk():
                if len(entry.body) > markdown.MAX_LENGTH:
                    words = f"an entry of over {markdown.MAX_LENGTH:,} characters"
                    yield Note(self._line(entry), words)

    def new_pk(self) -> int:
        """A negative primary key for something new."""
        self.next_pk -= 1
        return self.next_pk

    def _known_sections(self) -> dict[ParsedSection, KnownSection]:
        """The sections that were shown."""
        known: dict[ParsedSection, KnownSection] = {}
        taken: set[int] = set()
        for parsed, above in with_section_above(self.shown):
            row = (
                self.source.row_at(self._line(parsed))
                if self.with_headings
                else self.source.sections[0]
            )
            if isinstance(row, Section) and row.pk not in taken:
                taken.add(row.pk)
                parent = known.get(above) if above else None
                parent_id = parent.pk if parent else None
                tags = self.source.tags_of(row)
                known[parsed] = KnownSection(row.pk, parsed, row, parent_id, tags)
        return known

    def _known_entries(self) -> dict[ParsedEntry, KnownEntry]:
        """The entries that were shown."""
        known: dict[ParsedEntry, KnownEntry] = {}
        taken: set[int] = set()
        for section in self.shown:
            home = self.known_sections.get(section)
            section_id = home.pk if home else None
            for parsed, above in _with_entry_above(section.entries):
                row = self.source.row_at(self._line(parsed))
                parent = known.get(above) if above else None
                parent_id = parent.pk if parent else None
                if isinstance(row, Entry) and row.pk not in taken:
                    tags = self.source.tags_of(row)
                    entry = KnownEntry(row.pk, parsed, row, section_id, parent_id, tags=tags)
                else:
                    owner = row.pk if isinstance(row, Entry) else None
                    pk = self.new_pk()
                    entry = KnownEntry(pk, parsed, None, section_id, parent_id, owner=owner)
                taken.add(entry.pk)
                known[parsed] = entry
        return known

    def _match_sections(self) -> dict[ParsedSection, KnownSection]:
        known = list(self.known_sections.values())
        if not self.with_headings:
            return {self.typed[0]: known[0]} if self.typed and known else {}
        return match_sections(self.typed, known, {}, list(self.known.values()))

    def _match_entries(self) -> dict[ParsedEntry, KnownEntry]:
        known = list(self.known.values())
        matched = match_entries(self.typed, self.sections, known, by_hand=True)
        self.broken = self._broken(matched)
        whole = {entry.pk for entry in matched.values()} - self.broken
        return {
            key: entry
            for key, entry in matched.items()
            if entry.row is not None or entry.owner in whole
        }

    def _broken(self, matched: Mapping[ParsedEntry, KnownEntry]) -> set[int]:
        """Rows that read as several entries, some of which was changed: they come apart."""
        typed = {
            matched[entry].pk: (entry, above)
            for section in self.typed
            for entry, above in _with_entry_above(section.entries)
            if entry in matched
        }
        return {
            part.owner
            for part in self.known.values()
            if part.owner is not None
            and not (part.pk in typed and _is_untouched(part, *typed[part.pk], matched))
        }


def _is_untouched(
    part: KnownEntry,
    entry: ParsedEntry,
    above: ParsedEntry | None,
    matched: Mapping[ParsedEntry, KnownEntry],
) -> bool:
    """True if a part of a row was typed as it was shown, and stands where it stood.

    entry    what was typed for it
    above    the typed entry that this is nested in
    matched  the known entry that each typed one is
    """
    shown = part.parsed
    if (entry.body, entry.kind, entry.signs) != (shown.body, shown.kind, shown.signs):
        return False
    parent = matched.get(above) if above else None
    below = [matched.get(child) for child in entry.children]
    is_together = all(child and child.owner == part.owner for child in below)
    return is_together and (parent.pk if parent else None) == part.parent_id


def _with_entry_above(
    entries: Iterable[ParsedEntry], above: ParsedEntry | None = None
) -> Iterator[tuple[ParsedEntry, ParsedEntry | None]]:
    """Each parsed entry at all depths, in order, and the one it is nested in (None: topmost)."""
    for entry in entries:
        yield entry, above
        yield from _with_entry_above(entry.children, entry)
