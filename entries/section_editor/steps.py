"""What somebody changed in the text of a section, as the steps that an import would take."""

import copy
from collections import defaultdict
from dataclasses import dataclass, field

from entries.actions import positions
from entries.actions.steps import Step
from entries.markdown.parsed import KEPT, with_section_above
from entries.models import GAP, Entry, Section
from entries.section_editor.split_and_join import AnyStep, recognise
from entries.section_editor.texts import SectionTexts


@dataclass
class Edit:
    """What was found.

    steps      what differs; what is new has negative primary keys
    problems   (line, sentence) why it cannot be proposed
    notes      (line, sentence) what will not be as it was typed
    """

    steps: list[AnyStep] = field(default_factory=list)
    problems: list = field(default_factory=list)
    notes: list = field(default_factory=list)

    @property
    def removed(self) -> list[str]:
        """Titles and opening words of what is no longer there, in the order of the text."""
        gone = [step.row for step in self.steps if isinstance(step, Step) and step.row.retired_at]
        return [_name(row) for row in reversed(gone)]


def compare(source, typed, *, because):
    """The Edit that makes the SectionSource `source` what was typed.

    because   why what is no longer there is retired
    """
    texts = SectionTexts(source, typed)
    edit = Edit(problems=texts.problems, notes=texts.notes)
    if not edit.problems:
        _Steps(texts, edit, because).take()
        edit.steps = recognise(edit.steps)
    return edit


class _Steps:
    """Sections first, then entries, each at its place, then what goes."""

    def __init__(self, texts, edit, because):
        self.texts, self.edit, self.because = texts, edit, because
        self.section_rows = {}  # id(typed section): Section

    def take(self):
        self._section_steps()
        self._entry_steps()
        self._retire()

    def _section_steps(self):
        self.section_rows = {
            id(parsed): k.row
            for parsed in self.texts.typed
            if (k := self.texts.sections.get(id(parsed)))
        }
        if not self.texts.with_headings:
            return
        children = defaultdict(list)
        for parsed, above in with_section_above(self.texts.typed):
            children[id(above) if above else None].append(parsed)
        self._sections_below(None, None, children, _order(self.texts.known_sections.values()))

    def _sections_below(self, above, parent, children, order):
        siblings = children[id(above) if above else None]
        known = [self.texts.sections.get(id(parsed)) for parsed in siblings]
        here = parent and parent.pk
        stood = [order[k.pk] if k and k.parent_id == here else None for k in known]
        previous = None
        for parsed, k, position in zip(siblings, known, positions.assign(stood), strict=True):
            row, old = copy.copy(k.row) if k else Section(pk=self.texts.new_pk()), {}
            if k:
                row.position = order[k.pk]
                old = {name: getattr(row, name) for name in ("title", "parent_id", "position")}
            if not k or parsed.title != k.parsed.title:
                row.title = parsed.title
            if not (k and (k.parent_id, order[k.pk]) == (here, position)):
                row.parent_id, row.position = here, position
            self.section_rows[id(parsed)] = row
            tags, old_tags = self._tags(parsed, k)
            differs = any(getattr(row, name) != value for name, value in old.items())
            if not old or differs or tags != old_tags:
                self.edit.steps.append(Step(row, old, old_tags, tags, previous))
            previous = row
            self._sections_below(parsed, row, children, order)

    def _entry_steps(self):
        order = _order(self.texts.known.values())
        for parsed in self.texts.typed:
            self._entries_below(parsed.entries, self.section_rows[id(parsed)], None, order)

    def _entries_below(self, siblings, section, parent, order):
        siblings = [parsed for parsed in siblings if self._counts(parsed)]
        known = [self.texts.entries.get(id(parsed)) for parsed in siblings]
        here = (section.pk, parent and parent.pk)
        stood = [order[k.pk] if k and (k.section_id, k.parent_id) == here else None for k in known]
        previous = None
        for parsed, k, position in zip(siblings, known, positions.assign(stood), strict=True):
            row, old = self._changed(parsed, k, order) if k else (self._added(parsed), {})
            stays = k and (k.section_id, k.parent_id) == here and position == order[k.pk]
            if not stays:
                row.section_id, row.parent_id = here
                row.position = position
            tags, old_tags = self._tags(parsed, k)
            differs = any(getattr(row, name) != value for name, value in old.items())
            if not old or differs or tags != old_tags:
                self.edit.steps.append(Step(row, old, old_tags, tags, previous))
            previous = row
            self._entries_below(parsed.children, section, row, order)

    def _counts(self, parsed):
        """False for an empty bullet, and for what is part of another row's text."""
        k = self.texts.entries.get(id(parsed))
        return k.row is not None if k else parsed.kind != KEPT or not parsed.is_listed

    def _changed(self, parsed, k, order):
        """A copy of a row with what was typed, and its fields before."""
        row = copy.copy(k.row)
        row.position = order[k.pk]
        names = ("section_id", "parent_id", "position", "kind", "body", "retired_at")
        old = {name: getattr(row, name) for name in names}
        if parsed.body != k.parsed.body or k.pk in self.texts.broken:
            row.body = parsed.body
        if parsed.kind != k.parsed.kind:
            row.kind = parsed.kind
        return row, old

    def _added(self, parsed):
        return Entry(pk=self.texts.new_pk(), kind=parsed.kind, body=parsed.body)

    def _tags(self, parsed, k):
        """(primary keys of the tags, the same before)."""
        typed = {self.texts.tags[sign] for sign in parsed.signs if sign in self.texts.tags}
        if k is None:
            return typed, set()
        old = k.tags
        shown = {self.texts.tags[sign] for sign in k.parsed.signs if sign in self.texts.tags}
        return (old - (shown - typed)) | (typed - shown), old

    def _retire(self):
        """What is no longer there: entries, the deepest first, then sections."""
        kept = {k.pk for k in self.texts.entries.values()}
        gone = [k for k in self.texts.known.values() if k.row is not None and k.pk not in kept]
        for k in reversed(gone):
            self._gone(k, k.tags)
        kept = {k.pk for k in self.texts.sections.values()}
        for k in reversed([k for k in self.texts.known_sections.values() if k.pk not in kept]):
            self._gone(k, set())

    def _gone(self, k, tags):
        row = copy.copy(k.row)
        names = ["parent_id", "position", "retired_at"]
        names += ["title"] if isinstance(row, Section) else ["section_id", "kind", "body"]
        old = {name: getattr(row, name) for name in names}
        row.retired_at, row.retired_because = "now", self.because
        self.edit.steps.append(Step(row, old, tags, tags))


def _name(row):
    return row.title if isinstance(row, Section) else row.opening_words


def _order(known):
    """{primary key: position among all that was shown}."""
    return {k.pk: number * GAP for number, k in enumerate(known, start=1)}
