"""File, base and guide side by side: which section or entry of each is the same one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, TypeAlias

from rapidfuzz.distance import Indel

from entries.actions.steps import Row
from entries.imports.bases import Base, match_with
from entries.imports.contents import Content, Sides
from entries.imports.entry_matching import form, most_alike, plain
from entries.imports.places import Places
from entries.markdown.parsed import (
    ParsedEntry,
    ParsedGuide,
    ParsedSection,
    with_section_above,
)
from entries.models import Entry, LegendTag, Section
from entries.reading import past
from entries.reading.lines import in_order
from entries.reading.tree import Tree

Parsed: TypeAlias = ParsedSection | ParsedEntry
Identity: TypeAlias = Row | Parsed  # a row; or what has none: new in the file, or in its base only
_SHORTEST = 20  # characters of a text that is known again elsewhere


class ThreeSides:
    """All that a merge compares.

    rows     {identity: its row as it is now}, of retired ones too
    of_base  {identity: what the base says}
    of_file  {identity: what the file says}
    here, base, file  where each stands; in `here` the live ones only
    """

    def __init__(self, file: ParsedGuide, base: Base) -> None:
        self._base = base
        sections = list(Section.objects.prefetch_related("tags"))
        tree = Tree(section for section in sections if section.is_live)
        entries = in_order(tree, Entry.objects.prefetch_related("tags"))
        self.rows: dict[Identity, Row] = {row: row for row in sections}
        self.rows |= {row: row for row in entries}
        self.here: Places[Identity] = Places(_pairs_here(tree, entries))
        of_base = {p: self._row_then(p) or p for p in walk(base.guide)}
        self.base: Places[Identity] = Places(_pairs(base.guide, of_base))
        self.of_base = {identity: parsed for parsed, identity in of_base.items()}
        in_file = self._named(file, of_base)
        self.file: Places[Identity] = Places(_pairs(file, in_file))
        self.of_file = {identity: parsed for parsed, identity in in_file.items()}

    def _row_then(self, parsed: Parsed) -> Row | None:
        """The row of what the base has, as it was then."""
        if isinstance(parsed, ParsedSection):
            return self._base.sections.get(parsed)
        return self._base.entries.get(parsed)

    def contents(self, identity: Identity) -> Sides | None:
        """What the sides say of a row; None for what is not on all of them."""
        row, base = self.rows.get(identity), self.of_base.get(identity)
        file = self.of_file.get(identity)
        if row is None or file is None:
            return None
        if base is None:
            return self._brought_back(row, Content.parsed(file))
        return Sides(Content.parsed(base), self.seen(identity), self.now(row), Content.parsed(file))

    def _brought_back(self, row: Row, file: Content) -> Sides | None:
        """The sides of a bullet that was retired in the base and is in the file; None for others.

        The file was made from what the bullet said before: words that it got later stay.
        """
        if not isinstance(row, Entry) or row.is_live:
            return None
        versions = [self._said(fields) for fields in past.fields_of_versions(row)]
        if not versions:
            return None
        base = max(versions, key=lambda old: Indel.normalized_similarity(old.text, file.text))
        return Sides(base, base, self.now(row), file)

    def _said(self, fields: Mapping[str, Any]) -> Content:
        """What a stored version of an entry says."""
        signs = (self._signs.get(int(pk), "") for pk in fields.get("tags", ()))
        verbatim = fields.get("verbatim", "")
        return Content(fields["body"], fields["kind"], frozenset(filter(None, signs)), verbatim)

    @cached_property
    def _signs(self) -> dict[int, str]:
        return {tag.pk: tag.key for tag in LegendTag.objects.all()}

    def now(self, row: Row) -> Content:
        """What the guide says now."""
        return Content.of_row(row, row.tags.all())

    def seen(self, identity: Identity) -> Content:
        """What the guide said when the file was made from it."""
        parsed = self.of_base[identity]
        row = self._row_then(parsed)
        if row is None or not self._base.is_state:
            return Content.parsed(parsed)
        return Content.of_row(row, self._base.tags_of(row))

    def _named(
        self, file: ParsedGuide, of_base: Mapping[Parsed, Identity]
    ) -> dict[Parsed, Identity]:
        """Who each section and entry of the file is."""
        matches = match_with(self._base, file)
        named: dict[Parsed, Identity] = {p: of_base[o] for p, o in matches.sections.items()}
        named |= {p: of_base[o] for p, o in matches.entries.items()}
        free = [row for row in self.rows.values() if row not in self.of_base]
        _name_the_others(file, named, sorted(free, key=lambda row: row.is_live))
        return named


def _name_the_others(file: ParsedGuide, named: dict[Parsed, Identity], free: Sequence[Row]) -> None:
    """Name what is new in the file: itself, or the row of what the guide got or retired since.

    free  the rows that its base has not, the retired ones first
    """
    titles = {(row.title, row.parent_id): row for row in free if isinstance(row, Section)}
    texts = {_text(row): row for row in free if isinstance(row, Entry)}
    in_section = {(row.section_id, _text(row)): row for row in free if isinstance(row, Entry)}
    retired = [row for row in free if isinstance(row, Entry) and not row.is_live]
    for parsed, above in with_section_above(file.sections):
        if parsed not in named:
            parent = named[above] if above else None
            title = parsed.title, parent.pk if isinstance(parent, Section) else None
            named[parsed] = titles.pop(title, parsed)
        section = row.pk if isinstance(row := named[parsed], Section) else 0
        for entry in parsed.walk():
            if entry in named:
                continue
            known = in_section.get((section, _text(entry)))
            if known is None and len(entry.body) >= _SHORTEST:
                known = texts.get(_text(entry))
            if known is None:
                of_section = [row for row in retired if row.section_id == section]
                known = most_alike(entry, of_section)
            named[entry] = known or entry
            if known:
                in_section.pop((known.section_id, _text(known)), None)
                texts.pop(_text(known), None)
                retired = [row for row in retired if row != known]


def walk(guide: ParsedGuide) -> Iterator[Parsed]:
    """All sections and entries of a file, in its order."""
    for section in guide.sections:
        yield section
        yield from section.walk()


def _text(entry: Entry | ParsedEntry) -> tuple[str, str]:
    return form(entry), plain(entry.body)


def _pairs_here(tree: Tree, entries: list[Entry]) -> Iterator[tuple[Row, Row | None]]:
    """The live rows, each with what it stands under."""
    for node in tree.walk():
        yield node.section, node.parent.section if node.parent else None
    rows = {entry.pk: entry for entry in entries}
    for entry in entries:
        if entry.is_live and entry.section_id in tree.nodes:
            above = rows.get(entry.parent_id) if entry.parent_id else None
            while above is not None and not above.is_live:
                above = rows.get(above.parent_id) if above.parent_id else None
            yield entry, above or tree.nodes[entry.section_id].section


def _pairs(
    guide: ParsedGuide, names: Mapping[Parsed, Identity]
) -> Iterator[tuple[Identity, Identity | None]]:
    """The sections and entries of a file by identity, each with what it stands under."""

    def below(entries: list[ParsedEntry], above: Identity) -> Iterator[tuple[Identity, Identity]]:
        for entry in entries:
            yield names[entry], above
            yield from below(entry.children, names[entry])

    for section, above in with_section_above(guide.sections):
        yield names[section], names[above] if above else None
        yield from below(section.entries, names[section])
