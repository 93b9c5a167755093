"""What an import will write, found out before anything is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from entries.actions.steps import Row
from entries.imports.bases import section_aliases
from entries.imports.entry_matching import match_entries
from entries.imports.section_matching import match_sections
from entries.markdown.parsed import LegendLine, ParsedEntry, ParsedGuide, ParsedSection
from entries.models import Entry, Section
from entries.reading.lines import in_order
from entries.reading.tree import Tree

AnyRow = TypeVar("AnyRow", Entry, Section)


@dataclass(frozen=True)
class Conflict:
    """What guide and file both changed since the file was made, each in its own way.

    sentence  what both did, for people
    row       the row as it is now
    seen      fields that the author of the file saw otherwise: {name: value}
    wanted    the fields that the file gives it; None: the file takes it out
    signs     the legend signs that the author saw, and those that the file gives it, if these
              are not those that the row has now
    is_of_place  True if its place is in conflict, and not what it says
    above     what the file puts it under then, and
    previous  the sibling that it follows there
    """

    sentence: str
    row: Row
    seen: dict[str, Any]
    wanted: dict[str, Any] | None
    signs: tuple[frozenset[str], frozenset[str]] | None = None
    is_of_place: bool = False
    above: ParsedSection | ParsedEntry | None = None
    previous: ParsedSection | ParsedEntry | None = None


@dataclass
class Plan:
    """The guide that is to be, and the rows that hold it so far.

    guide      what to write: of a merge, also what only the guide has
    legend     the lines of the legend whose signs are to be added or brought back
    sections   {parsed section: its row}; new ones are left out
    entries    {parsed entry: its row}
    gone       the rows to retire, those below first
    conflicts  what is left as it is here
    known      how many entries the guide had that the file is compared with, and
    shared     how many of them the file has
    """

    guide: ParsedGuide
    legend: list[LegendLine]
    sections: dict[ParsedSection, Any] = field(default_factory=dict)
    entries: dict[ParsedEntry, Any] = field(default_factory=dict)
    gone: list[Row] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    known: int = 0
    shared: int = 0


def plan_replacement(guide: ParsedGuide) -> Plan:
    """What to write so that the guide becomes what a parsed file says, whatever it says now."""
    tree = Tree(Section.objects.live().prefetch_related("tags"))
    rows = [node.section for node in tree.walk()]
    entries = in_order(tree, Entry.objects.prefetch_related("tags"))
    sections = match_sections(guide.sections, rows, section_aliases(rows), entries)
    known = match_entries(guide.sections, sections, entries)
    gone = _unmatched(entries, known)
    return Plan(
        guide=guide,
        legend=guide.legend,
        sections=sections,
        entries=known,
        gone=[*reversed(gone), *_deepest_first(_unmatched(rows, sections))],
        known=len(gone) + len(known),
        shared=len(known),
    )


def _unmatched(rows: list[AnyRow], matched: Mapping[Any, AnyRow]) -> list[AnyRow]:
    """The live rows of `rows` that were matched with nothing of the file."""
    known = {row.pk for row in matched.values()}
    return [row for row in rows if row.retired_at is None and row.pk not in known]


def _deepest_first(sections: list[Section]) -> list[Section]:
    above = {section.pk: section.parent_id for section in sections}

    def depth(pk: int | None) -> int:
        return 1 + depth(above[pk]) if pk in above else 0

    return sorted(sections, key=lambda section: -depth(section.pk))
