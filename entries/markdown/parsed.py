"""A guide as it was read from a file: plain objects, before they become rows."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

KEPT = "kept"  # kind of an entry that stays in its file but is not shown


class NotAGuide(ValueError):
    """The text cannot be read as a guide; the message says why in one sentence."""


class LegendLine(NamedTuple):
    """A line of the legend that a guide brings.

    sign     without variation selectors
    written  the sign as it is written, if that is with some
    """

    sign: str
    meaning: str
    written: str = ""


class Note(NamedTuple):
    """What is odd in a line (from 1) of a file, as a sentence without a full stop."""

    line: int
    sentence: str


@dataclass(eq=False)  # each is a key of its own
class ParsedEntry:
    """One bullet or block."""

    kind: str  # an EntryKind
    body: str
    line: int  # where it begins, from 1
    signs: list[str] = field(default_factory=list)  # before and within its text
    verbatim: str = ""
    children: list["ParsedEntry"] = field(default_factory=list)
    is_listed: bool = False

    def walk(self) -> Iterator["ParsedEntry"]:
        """This entry and all below it, in the order of the file."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(eq=False)
class ParsedSection:
    """A heading with the entries below it."""

    title: str
    level: int  # 1 to 6
    line: int  # where it is, from 1
    anchor: str  # as GitHub names it
    signs: list[str] = field(default_factory=list)
    verbatim: str = ""
    entries: list[ParsedEntry] = field(default_factory=list)
    has_heading: bool = True  # False for what comes before the first one

    def walk(self) -> Iterator[ParsedEntry]:
        """All entries of the section, in the order of the file."""
        for entry in self.entries:
            yield from entry.walk()


@dataclass
class ParsedGuide:
    """A whole guide: its sections in the order of the file, its own legend, and notes on it."""

    sections: list[ParsedSection]
    legend: list[LegendLine]
    notes: list[Note]

    def walk(self) -> Iterator[ParsedEntry]:
        """All entries, in the order of the file."""
        for section in self.sections:
            yield from section.walk()


def with_section_above(
    parsed_sections: Iterable[ParsedSection],
) -> Iterator[tuple[ParsedSection, ParsedSection | None]]:
    """Pairs of each section, in order, and the section it is under (None: at the top)."""
    above: list[ParsedSection] = []
    for parsed in parsed_sections:
        while above and above[-1].level >= parsed.level:
            above.pop()
        yield parsed, above[-1] if above else None
        above.append(parsed)
