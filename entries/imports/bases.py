"""The guide as the author of a file saw it: parsed, and matched with its rows.

Callers say which text it is; `matched` finds out which row each of its entries is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count

from entries.imports.entry_matching import match_entries
from entries.imports.section_matching import match_sections
from entries.markdown.parsed import (
    ParsedEntry,
    ParsedGuide,
    ParsedSection,
    with_section_above,
)
from entries.models import Entry, LegendTag, Section, SectionAlias
from entries.reading.past import GuideState


@dataclass(frozen=True)
class Base:
    """What a file was made from.

    guide     parsed
    state     the rows at that revision
    sections  {parsed section: its row as it was then}
    entries   {parsed entry: its row as it was then}
    is_state  False for a text that the guide never was exactly
    """

    guide: ParsedGuide
    state: GuideState
    sections: Mapping[ParsedSection, Section]
    entries: Mapping[ParsedEntry, Entry]
    is_state: bool

    def tags_of(self, row: Section | Entry) -> Sequence[LegendTag]:
        """The legend tags that a row had then."""
        tags = self.state.section_tags if isinstance(row, Section) else self.state.entry_tags
        return tags.get(row.pk, ())


def matched(guide: ParsedGuide, state: GuideState, *, is_state: bool) -> Base:
    """The Base that a parsed guide is, with the rows of the guide at its revision.

    is_state  True if the guide was exported to exactly this text then
    """
    rows = [node.section for node in state.tree.walk()]
    sections = match_sections(guide.sections, rows, section_aliases(rows), state.entries)
    entries = match_entries(guide.sections, sections, state.entries)
    return Base(guide, state, sections, entries, is_state)


def section_aliases(rows: list[Section]) -> dict[str, Section]:
    """{old slug: its section}, of those among `rows`."""
    here = {row.pk: row for row in rows}
    aliases = SectionAlias.objects.filter(entry=None).values_list("slug", "section")
    return {slug: here[pk] for slug, pk in aliases if pk in here}


@dataclass(frozen=True, eq=False)
class _SectionOfBase:
    """A parsed section as `match_sections` takes it. Without a row, `pk` is below zero."""

    parsed: ParsedSection
    pk: int
    parent_id: int | None
    title: str
    slug: str


@dataclass(frozen=True, eq=False)
class _EntryOfBase:
    """A parsed entry as `match_entries` takes it. Without a row, `pk` is below zero."""

    parsed: ParsedEntry
    pk: int
    section_id: int
    body: str
    kind: str
    is_live: bool = True


@dataclass(frozen=True)
class Matches:
    """What sections and entries of a file were in its base; new ones are left out."""

    sections: dict[ParsedSection, ParsedSection]
    entries: dict[ParsedEntry, ParsedEntry]


def match_with(base: Base, file: ParsedGuide) -> Matches:
    """Which of the sections and entries of a file the base has."""
    numbers = count(-1, -1)
    sections: dict[ParsedSection, _SectionOfBase] = {}
    entries: list[_EntryOfBase] = []
    for parsed, above in with_section_above(base.guide.sections):
        row = base.sections.get(parsed)
        pk = row.pk if row else next(numbers)
        parent = sections[above].pk if above else None
        slug = row.slug if row else parsed.anchor
        sections[parsed] = _SectionOfBase(parsed, pk, parent, parsed.title, slug)
        for entry in parsed.walk():
            known = base.entries.get(entry)
            number = known.pk if known else next(numbers)
            entries.append(_EntryOfBase(entry, number, pk, entry.body, entry.kind))
    by_pk = {section.pk: section for section in sections.values()}
    aliases = section_aliases(list(base.sections.values()))
    named = {slug: by_pk[row.pk] for slug, row in aliases.items()}
    found = match_sections(file.sections, list(sections.values()), named, entries)
    same = match_entries(file.sections, found, entries)
    return Matches(
        {parsed: section.parsed for parsed, section in found.items()},
        {parsed: entry.parsed for parsed, entry in same.items()},
    )
