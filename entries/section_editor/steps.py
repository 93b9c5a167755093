"""What somebody changed in the text of a section, as the steps that an import would take."""

import copy
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from entries.actions import positions
from entries.actions.steps import Row, Step
from entries.markdown.parsed import KEPT, Note, ParsedEntry, ParsedSection, with_section_above
from entries.models import GAP, Entry, Section
from entries.section_editor.source import SectionSource
from entries.section_editor.split_and_join import AnyStep, recognise
from entries.section_editor.texts import KnownEntry, KnownSection, SectionTexts

_OF_SECTION = ("title", "parent_id", "position")
_OF_ENTRY = ("section_id", "parent_id", "position", "kind", "body", "retired_at")


@dataclass
class Edit:
    """What was changed in a text.

    steps      what differs; what is new has negative primary keys
    problems   why it cannot be proposed
    notes      what will not be as it was typed
    """

    steps: list[AnyStep] = field(default_factory=list)
    problems: list[Note] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    @property
    def removed(self) -> list[str]:
        """Titles and opening words of what is no longer there, in the order of the text."""
        gone = [step.row for step in self.steps if isinstance(step, Step) and step.row.retired_at]
        return [_name(row) for row in reversed(gone)]


def compare(source: SectionSource, typed: str, *, because: str) -> Edit:
    """The Edit that makes the text of a section what was typed.

    because   why what is no longer there is retired
    """
    texts = SectionTexts(source, typed)
    if texts.problems:
        return Edit(problems=texts.problems, notes=texts.notes)
    return Edit(recognise(_Steps(texts, because).find_all()), notes=texts.notes)


class _Steps:
    """Sections first, then entries, each at its place, then what goes."""

    def __init__(self, texts: SectionTexts, because: str) -> None:
        self.texts, self.because = texts, because
        self.steps: list[Step] = []
        # Positions as far apart as those in the database, so that an insert changes one row.
        self.section_positions = _positions(texts.known_sections.values())
        self.entry_positions = _positions(texts.known.values())
        self.sections = {  # the rows of the typed sections
            parsed: texts.sections[parsed].row for parsed in texts.typed if parsed in texts.sections
        }

    def find_all(self) -> list[Step]:
        if self.texts.with_headings:
            children: dict[ParsedSection | None, list[ParsedSection]] = defaultdict(list)
            for parsed, above in with_section_above(self.texts.typed):
                children[above].append(parsed)
            self._sections_below(None, None, children)
        for parsed in self.texts.typed:
            self._entries_below(parsed.entries, self.sections[parsed], None)
        self._retire()
        return self.steps

    def _sections_below(
        self,
        above: ParsedSection | None,
        parent: Section | None,
        children: Mapping[ParsedSection | None, list[ParsedSection]],
    ) -> None:
        siblings = children[above]
        here = parent.pk if parent else None
        known = [self.texts.sections.get(parsed) for parsed in siblings]
        before = [
            self.section_positions[section.pk] if section and section.parent_id == here else None
            for section in known
        ]
        previous = None
        for parsed, section, position in zip(
            siblings, known, positions.assign(before), strict=True
        ):
            row, old = self._section(parsed, section, here, position)
            self._note(row, old, self._tags(parsed, section), section, previous)
            self.sections[parsed] = previous = row
            self._sections_below(parsed, row, children)

    def _section(
        self, parsed: ParsedSection, known: KnownSection | None, here: int | None, position: int
    ) -> tuple[Section, dict[str, Any]]:
        """The row of a typed section, and its fields before ({} for a new one)."""
        if known is None:
            pk = self.texts.new_pk()
            return Section(pk=pk, title=parsed.title, parent_id=here, position=position), {}
        row = copy.copy(known.row)
        row.position = self.section_positions[known.pk]
        old = {name: getattr(row, name) for name in _OF_SECTION}
        if parsed.title != known.title:
            row.title = parsed.title
        if (known.parent_id, row.position) != (here, position):
            row.parent_id, row.position = here, position
        return row, old

    def _entries_below(
        self, typed: Iterable[ParsedEntry], section: Section, parent: Entry | None
    ) -> None:
        siblings = [parsed for parsed in typed if self._counts(parsed)]
        here = (section.pk, parent.pk if parent else None)
        known = [self.texts.entries.get(parsed) for parsed in siblings]
        before = [
            self.entry_positions[entry.pk]
            if entry and (entry.section_id, entry.parent_id) == here
            else None
            for entry in known
        ]
        previous = None
        for parsed, entry, position in zip(siblings, known, positions.assign(before), strict=True):
            row, old = self._entry(parsed, entry, here, position)
            self._note(row, old, self._tags(parsed, entry), entry, previous)
            previous = row
            self._entries_below(parsed.children, section, row)

    def _counts(self, parsed: ParsedEntry) -> bool:
        """False for an empty bullet, and for what is part of another row's text."""
        known = self.texts.entries.get(parsed)
        if known:
            return known.row is not None
        return parsed.kind != KEPT or not parsed.is_listed

    def _entry(
        self,
        parsed: ParsedEntry,
        known: KnownEntry | None,
        here: tuple[int, int | None],
        position: int,
    ) -> tuple[Entry, dict[str, Any]]:
        """The row of a typed entry, and its fields before ({} for a new one)."""
        if known is None or known.row is None:
            row = Entry(pk=self.texts.new_pk(), kind=parsed.kind, body=parsed.body)
            row.section_id, row.parent_id = here
            row.position = position
            return row, {}
        row = copy.copy(known.row)
        row.position = self.entry_positions[known.pk]
        old = {name: getattr(row, name) for name in _OF_ENTRY}
        if parsed.body != known.body or known.pk in self.texts.broken:
            row.body = parsed.body
        if parsed.kind != known.kind:
            row.kind = parsed.kind
        if (known.section_id, known.parent_id, row.position) != (*here, position):
            row.section_id, row.parent_id = here
            row.position = position
        return row, old

    def _tags(
        self, parsed: ParsedSection | ParsedEntry, known: KnownSection | KnownEntry | None
    ) -> set[int]:
        """Primary keys of the tags that something typed has: signs were added and taken away."""
        typed = {self.texts.tags[sign] for sign in parsed.signs if sign in self.texts.tags}
        if known is None:
            return typed
        signs = known.parsed.signs
        shown = {self.texts.tags[sign] for sign in signs if sign in self.texts.tags}
        return (known.tags - (shown - typed)) | (typed - shown)

    def _note(
        self,
        row: Row,
        old: dict[str, Any],
        tags: set[int],
        known: KnownSection | KnownEntry | None,
        previous: Row | None,
    ) -> None:
        """Add a step for a row if it is new or differs from what was shown."""
        step = Step(row, old, known.tags if known else set(), tags, previous)
        if step.what:
            self.steps.append(step)

    def _retire(self) -> None:
        """What is no longer there: entries, the deepest first, then sections."""
        entries = {known.pk for known in self.texts.entries.values()}
        sections = {known.pk for known in self.texts.sections.values()}
        gone = [known for known in self.texts.known.values() if known.pk not in entries]
        for entry in reversed(gone):
            if entry.row is not None:
                self._retire_row(entry.row, entry.tags, _OF_ENTRY)
        for section in reversed(self.texts.known_sections.values()):
            if section.pk not in sections:
                self._retire_row(section.row, set(), (*_OF_SECTION, "retired_at"))

    def _retire_row(self, row: Row, tags: set[int], names: Iterable[str]) -> None:
        retired = copy.copy(row)
        old = {name: getattr(row, name) for name in names}
        retired.retired_at, retired.retired_because = timezone.now(), self.because
        self.steps.append(Step(retired, old, tags, tags))


def _name(row: Row) -> str:
    return row.title if isinstance(row, Section) else row.opening_words


def _positions(known: Iterable[KnownSection | KnownEntry]) -> dict[int, int]:
    """{primary key: position among all that was shown}."""
    return {row.pk: number * GAP for number, row in enumerate(known, start=1)}
