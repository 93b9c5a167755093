"""What a section or an entry says when guide and file both changed it.

Three-way: `base` is what the author of the file saw, `here` what the guide says now.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import TypeVar

from entries.markdown.parsed import ParsedEntry, ParsedSection
from entries.markdown.signs import to_write
from entries.markdown.source_lines import Frame
from entries.models import Entry, LegendTag, Section
from guide_site.core import words
from guide_site.core.words import Clash

Value = TypeVar("Value")


@dataclass(frozen=True)
class Content:
    """What one side says of a row.

    text      the title of a section, the body of an entry
    kind      of an entry; "" for a section
    signs     its legend signs
    verbatim  its source lines; they say nothing by themselves, and two contents that differ in
              them only are equal
    """

    text: str
    kind: str
    signs: frozenset[str]
    verbatim: str = field(default="", compare=False)

    @classmethod
    def parsed(cls, parsed: ParsedSection | ParsedEntry) -> Content:
        """What a file says."""
        signs = frozenset(parsed.signs)
        if isinstance(parsed, ParsedSection):
            return cls(parsed.title, "", signs, parsed.verbatim)
        return cls(parsed.body, parsed.kind, signs, parsed.verbatim)

    @classmethod
    def of_row(cls, row: Section | Entry, tags: Iterable[LegendTag]) -> Content:
        """What a row says that has these legend tags."""
        signs = frozenset(tag.key for tag in tags)
        if isinstance(row, Section):
            return cls(row.title, "", signs, row.verbatim)
        return cls(row.body, row.kind, signs, row.verbatim)


class Clashes(Exception):
    """Guide and file changed the same words, in different ways."""

    def __init__(self, clash: Clash) -> None:
        super().__init__(clash)
        self.clash = clash


@dataclass(frozen=True)
class Sides:
    """What is to be merged.

    base  as it is read from the file that the guide was exported to then
    seen  as the guide had it then: where this is the same as `here`, nobody changed it here
    here  as the guide has it now
    file  as the file has it
    """

    base: Content
    seen: Content
    here: Content
    file: Content

    @property
    def is_changed_by_file(self) -> bool:
        """True if the file says something else than its base."""
        return self.file != self.base

    @property
    def is_changed_here(self) -> bool:
        """True if the guide says something else than then."""
        return self.here not in (self.seen, self.base)

    def merged(self) -> Content:
        """What the guide shall say, with the source lines of `here`. Raises Clashes."""
        if not self.is_changed_by_file:
            return self.here
        base, seen, here, file = self.base, self.seen, self.here, self.file
        return replace(
            here,
            text=_merged(base.text, seen.text, here.text, file.text, _merged_words),
            kind=_merged(base.kind, seen.kind, here.kind, file.kind, _clash),
            signs=_merged(base.signs, seen.signs, here.signs, file.signs, _merged_sets),
        )

    def source(self, merged: Content, row: Section | Entry, tags: Iterable[LegendTag]) -> str:
        """The source lines of `merged`, or "" if the export has to frame it.

        row   the row
        tags  the legend tags that it gets
        """
        untouched = self.here.verbatim == self.seen.verbatim
        if untouched and merged == self.file:
            is_same = self.file.verbatim == self.base.verbatim
            return self.here.verbatim if is_same else self.file.verbatim
        if merged == self.here or not self.here.verbatim:
            return self.here.verbatim
        if isinstance(row, Section):
            return ""
        return _reframed(row, merged, list(tags))


def _reframed(row: Entry, merged: Content, tags: list[LegendTag]) -> str:
    """The source lines of an entry around another text."""
    keys = [tag.key for tag in tags]
    signs = [*keys, *(tag.key for tag in row.tags.all())]
    frame = Frame.around(row.verbatim, is_listed=row.is_listed, signs=signs)
    return frame.enclose(merged.text, to_write([tag.sign for tag in tags], merged.text))


def _merged(
    base: Value,
    seen: Value,
    here: Value,
    file: Value,
    both_changed: Callable[[Value, Value, Value], Value],
) -> Value:
    if file in (base, here):
        return here
    return file if here in (base, seen) else both_changed(base, here, file)


def _merged_words(base: str, here: str, file: str) -> str:
    merged = words.merge(base, here, file)
    if merged.text is None:
        raise Clashes(merged.clashes[0])
    return merged.text


def _merged_sets(
    base: frozenset[str], here: frozenset[str], file: frozenset[str]
) -> frozenset[str]:
    return here - (base - file) | (file - base)


def _clash(base: str, here: str, file: str) -> str:
    raise Clashes(Clash(base, here, file))
