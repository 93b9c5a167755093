"""A guide as it was read from a file: plain objects, before they become rows."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

KEPT = "kept"  # kind of an entry that stays in its file but is not shown


class NotAGuide(ValueError):
    """The text cannot be read as a guide; the message says why in one sentence."""


@dataclass
class ParsedEntry:
    """One bullet or block. `signs` led its text; `line` counts from 1."""

    kind: str
    body: str
    line: int
    signs: list[str] = field(default_factory=list)
    verbatim: str = ""
    children: list["ParsedEntry"] = field(default_factory=list)
    is_listed: bool = False

    def walk(self):
        """This entry and all below it, in the order of the file."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass
class ParsedSection:
    """A heading of `level` 1 to 6. `anchor` is what GitHub calls it."""

    title: str
    level: int
    line: int
    anchor: str
    signs: list[str] = field(default_factory=list)
    verbatim: str = ""
    entries: list[ParsedEntry] = field(default_factory=list)
    has_heading: bool = True  # False for what stands before the first one

    def walk(self):
        """All entries of the section, in the order of the file."""
        for entry in self.entries:
            yield from entry.walk()


@dataclass
class ParsedGuide:
    """The sections in the order of the file, the legend it brings, and what was odd in it."""

    sections: list[ParsedSection]
    legend: list[tuple[str, str]]  # (sign, meaning)
    notes: list[tuple[int, str]]  # (line, sentence)

    def walk(self):
        for section in self.sections:
            yield from section.walk()


def with_section_above(
    parsed_sections: Iterable[ParsedSection],
) -> Iterator[tuple[ParsedSection, ParsedSection | None]]:
    """Every parsed section with the one that it stands under, or None; in order."""
    above: list[ParsedSection] = []
    for parsed in parsed_sections:
        while above and above[-1].level >= parsed.level:
            above.pop()
        yield parsed, above[-1] if above else None
        above.append(parsed)
