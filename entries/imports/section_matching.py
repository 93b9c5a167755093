"""Which sections of a file are those that the guide holds already.

Pure: compares parsed sections with rows and queries nothing. A section is recognised by its place,
its slug, its title, its entries, or by most words of its title, in this order.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, Generic, Protocol, TypeVar

from rapidfuzz import fuzz, utils

from entries.imports.entry_matching import EntryLike, plain
from entries.markdown.parsed import ParsedSection, with_section_above


class SectionLike(Protocol):
    """A Section, or what stands for one in the section editor."""

    @property
    def pk(self) -> Any:
        """Its primary key."""

    @property
    def parent_id(self) -> Any:
        """Primary key of the section above it, or None."""

    @property
    def title(self) -> str:
        """Its heading."""

    @property
    def slug(self) -> str:
        """What its address ends with."""


AnySection = TypeVar("AnySection", bound=SectionLike)


def match_sections(
    parsed_sections: Sequence[ParsedSection],
    sections: Sequence[AnySection],
    aliases: Mapping[str, AnySection],
    entries: Sequence[EntryLike],
) -> dict[ParsedSection, AnySection]:
    """The section that each parsed one is; new ones are left out.

    parsed_sections  in the order of the file
    sections         rows in the order of the guide
    aliases          {old slug: its section}
    entries          rows of entries, to recognise a section by what is in it
    """
    return _Sections(parsed_sections, sections, aliases, entries).found


class _Sections(Generic[AnySection]):
    def __init__(
        self,
        parsed_sections: Sequence[ParsedSection],
        sections: Sequence[AnySection],
        aliases: Mapping[str, AnySection],
        entries: Sequence[EntryLike],
    ) -> None:
        self.found: dict[ParsedSection, AnySection] = {}
        self.free = {section.pk: section for section in sections}
        self.parsed = parsed_sections
        self.parents = dict(with_section_above(parsed_sections))
        self._by_place()
        self._by_slug(sections, aliases)
        self._by_title()
        self._by_content(entries)
        self._by_likeness()

    def _match(self, parsed: ParsedSection, section: AnySection) -> None:
        self.found[parsed] = section
        del self.free[section.pk]

    def _waiting(self) -> list[ParsedSection]:
        return [parsed for parsed in self.parsed if parsed not in self.found]

    def _by_place(self) -> None:
        """The same title under the same parent; a single title of the guide stays itself."""
        roots = [s for s in self.free.values() if s.parent_id is None]
        tops = [parsed for parsed in self.parsed if self.parents[parsed] is None]
        if len(roots) == len(tops) == 1:
            self._match(tops[0], roots[0])
        places = defaultdict(list)
        for section in self.free.values():
            places[section.parent_id, section.title.casefold()].append(section)
        for parsed in self._waiting():
            above = self.parents[parsed]
            parent = self.found.get(above) if above else None
            if above is None or parent:
                same = places[parent.pk if parent else None, parsed.title.casefold()]
                if same:
                    self._match(parsed, same.pop(0))

    def _by_slug(self, sections: Sequence[AnySection], aliases: Mapping[str, AnySection]) -> None:
        slugs = {**{section.slug: section for section in sections}, **aliases}
        for parsed in self._waiting():
            section = slugs.get(parsed.anchor)
            if section and section.pk in self.free:
                self._match(parsed, section)

    def _by_title(self) -> None:
        titles = defaultdict(list)
        for section in self.free.values():
            titles[section.title.casefold()].append(section)
        for parsed in self._waiting():
            if len(same := titles[parsed.title.casefold()]) == 1 and same[0].pk in self.free:
                self._match(parsed, same[0])

    def _by_content(self, entries: Sequence[EntryLike]) -> None:
        """A section that was renamed: most of its entries are those of a section here."""
        homes = {plain(e.body): e.section_id for e in entries if e.section_id in self.free}
        sizes = Counter(entry.section_id for entry in entries)
        for parsed in self._waiting():
            texts = [plain(entry.body) for entry in parsed.walk()]
            shared = Counter(homes[text] for text in texts if text in homes)
            for pk, count in shared.most_common(1):
                if pk in self.free and count >= 0.5 * max(len(texts), sizes[pk]):
                    self._match(parsed, self.free[pk])

    def _by_likeness(self) -> None:
        """A section that was renamed: under the same parent, most words of the title the same."""
        for parsed in self._waiting():
            above = self.parents[parsed]
            parent = self.found.get(above) if above else None
            rivals = [
                s for s in self.free.values() if s.parent_id == (parent.pk if parent else None)
            ]
            scored = [
                (
                    fuzz.token_set_ratio(parsed.title, s.title, processor=utils.default_process),
                    -s.pk,
                )
                for s in rivals
            ]
            if scored and max(scored)[0] >= 80:
                self._match(parsed, self.free[-max(scored)[1]])
