"""What an import found and did, for the person who ran it."""

import shlex
from bisect import insort
from collections import Counter
from collections.abc import Collection, Iterable, Iterator

from django.db.models import Model

from entries.actions.steps import Step
from entries.imports.figures import Pictures
from entries.markdown.parsed import Note, ParsedEntry, ParsedGuide
from entries.models import Entry, EntryKind, RenderContext
from guide_site.core import emoji, markdown, relative_links

_LISTED = 10  # lines, or signs, that are named of many
_OFTEN = 3  # bullets that a sign stands in front of
_ORDER = ("added", "edited", "moved", "removed", "respaced")


class Report:
    """Figures of the parsed guide, and what became of sections and entries."""

    def __init__(
        self,
        guide: ParsedGuide,
        written: ParsedGuide | None = None,
        *,
        is_another: bool = False,
    ) -> None:
        """A report on a file.

        written     the guide with all that only the guide here had, if it was merged
        is_another  it replaces another guide
        """
        entries = list(guide.walk())
        listed = [entry for entry in entries if entry.is_listed]
        self.sections = len(guide.sections)
        self.kinds = Counter(entry.kind for entry in entries)
        self.tagged = sum(bool(entry.signs) for entry in listed)
        self.kept = sum(entry.kind == EntryKind.KEPT for entry in listed)
        self.signs = Counter(sign for entry in entries for sign in entry.signs)
        self.unknown = _unknown_signs(listed, {*self.signs, *(line.sign for line in guide.legend)})
        self.bullets = len(listed)
        self.notes = sorted(guide.notes)
        self.dropped: dict[str, list[int]] = {}  # what no page shows of the HTML: its lines
        for entry in entries:
            if entry.kind not in (EntryKind.KEPT, EntryKind.CODE):
                for what, times in markdown.dropped_html(entry.body).items():
                    self.dropped.setdefault(what, []).extend([entry.line] * times)
        self.is_another = is_another
        self.links = self.internal = self.nowhere = self.relative = 0
        self.source = ""  # against which relative links are read
        self.pictures = Pictures()
        self.steps: list[Step] = []
        self.guide = written or guide
        self.linked = 0  # services that found their section
        self.elsewhere: list[str] = []  # what a proposal leaves out, and where to do it
        self.conflicts: list[str] = []  # sentences about what was left as it is
        self.tables: list[str] = []  # about every table: why it is in the catalogue or not
        self.done: dict[str, Counter[str]] = {"entries": Counter(), "sections": Counter()}

    def add_step(self, step: Step) -> None:
        """Count what became of a row, and keep all but mere changes of spacing in `steps`."""
        if step.what != "respaced":
            self.steps.append(step)
        self.count(step.row, step.what)

    def count(self, row: Model, what: str) -> None:
        """Note that a row was added, edited, moved, removed or respaced (source lines only)."""
        self.done.setdefault(str(row._meta.verbose_name_plural), Counter())[what] += 1

    def count_linked(self, services: int) -> None:
        """Note how many services found their section."""
        self.linked = services

    def add_pictures(self, pictures: Pictures) -> None:
        """Note what became of the pictures that the file refers to."""
        self.pictures = pictures

    def leave_out(self, sentences: Iterable[str]) -> None:
        """Note what a proposal leaves out of the file, and where that is done."""
        self.elsewhere.extend(sentences)

    def note(self, line: int, sentence: str) -> None:
        """Note what is odd in a line of the file."""
        insort(self.notes, Note(line, sentence))

    def count_links(self, entry: ParsedEntry, targets: list[str], context: RenderContext) -> None:
        """Count the links of an entry; note those within the guide that lead nowhere.

        targets  where they lead, as `markdown.link_targets` has it
        context  what they are shown with
        """
        self.links += len(targets)
        for target in targets:
            anchor = context.anchor_of(target)
            if anchor is not None:
                self.internal += 1
                if markdown.destination(anchor, context.anchors) is None:
                    self.nowhere += 1
                    note = f"a link to “{target}”, which is no heading and no anchor"
                    self.note(entry.line, note)
            elif relative_links.is_relative(target) and not context.is_here(target):
                self.relative += 1
                self.source = context.source

    @property
    def is_empty(self) -> bool:
        """True if the guide was the same already."""
        is_changed = self.conflicts or self.pictures.new
        return not is_changed and not any(any(c.values()) for c in self.done.values())

    def lines(self) -> Iterator[str]:
        """The report as lines of text."""
        yield f"{self.sections} sections (headings)"
        yield f"{self.bullets} bullets, {self.tagged} of them with a legend tag"
        if self.kept:
            yield f"    {self.kept} of them a hand-made table of contents: kept, not shown"
        others = [
            f"{EntryKind(kind).label.lower()}: {count}"
            for kind, count in sorted(self.kinds.items())
            if kind not in (*Entry.LISTED, EntryKind.KEPT)
        ]
        if others:
            yield "other entries: " + ", ".join(others)
        if self.signs:
            yield "legend tags: " + ", ".join(f"{s} {n}" for s, n in self.signs.most_common())
        yield from self._signs_to_take()
        yield f"{self.links} links, {self.internal} of them within the guide"
        yield from self._lines_on_links()
        for what, lines in sorted(self.dropped.items()):
            yield f"HTML that pages leave out: {what}, {len(lines)} in {_in_lines(lines)}"
        yield from self.pictures.lines()
        yield from self.tables
        yield from _by_sentence(self.notes)
        yield from self.changes()

    def _signs_to_take(self) -> Iterator[str]:
        """Signs in front of bullets that no legend explains, and how to take them as tags."""
        often = [(sign, n) for sign, n in self.unknown.most_common() if n >= _OFTEN]
        if often:
            more = f" and {len(often) - _LISTED} more" if len(often) > _LISTED else ""
            listed = ", ".join(f"{sign} {n}" for sign, n in often[:_LISTED])
            yield f"signs in front of bullets that no legend explains: {listed}{more}"
            signs = shlex.join(sign for sign, _ in often[:_LISTED])
            yield f"    to take them as legend tags: python manage.py legend_from_signs {signs}"

    def _lines_on_links(self) -> Iterator[str]:
        if self.nowhere:
            yield f"    {self.nowhere} of these lead nowhere"
        if self.relative and self.source:
            yield f"    {self.relative} links to other files, read from {self.source}"
        elif self.relative:
            yield (
                f"    {self.relative} links to other files: pages show their words only, "
                "because the guide has no source address"
            )

    def changes(self) -> Iterator[str]:
        """What became of the rows, one line for each kind of them."""
        for what, counts in self.done.items():
            if parts := [f"{counts[word]} {word}" for word in _ORDER if counts[word]]:
                yield f"{what}: " + ", ".join(parts)
        for sentence in self.conflicts:
            yield f"conflict: {sentence}"
        for sentence in self.elsewhere:
            yield f"not proposed: {sentence}"
        if self.linked:
            yield f"{self.linked} services found their section"


def _unknown_signs(listed: Iterable[ParsedEntry], known: Collection[str]) -> Counter[str]:
    """How many bullets begin with each picture that is no legend sign."""
    found: Counter[str] = Counter()
    for entry in listed:
        if entry.kind != EntryKind.KEPT:
            leading = dict.fromkeys(sign for sign in _leading(entry.body) if sign not in known)
            found.update(leading.keys())
    return found


def _leading(text: str) -> Iterator[str]:
    while sign := emoji.leading(text):
        yield emoji.bare(sign)
        text = text[len(sign) :].lstrip(" \t")


def _by_sentence(notes: Iterable[Note]) -> Iterator[str]:
    """The notes, each sentence once, where its first line is."""
    lines: dict[str, list[int]] = {}
    for line, sentence in notes:
        lines.setdefault(sentence, []).append(line)
    for sentence, numbers in lines.items():
        if len(numbers) == 1:
            yield f"line {numbers[0]}: {sentence}"
        else:
            yield f"{sentence} ({len(numbers)} times: {_in_lines(numbers)})"


def _in_lines(numbers: list[int]) -> str:
    distinct = [str(number) for number in sorted(set(numbers))]
    listed = ", ".join(distinct[:_LISTED]) + (" …" if len(distinct) > _LISTED else "")
    return f"line{'s' if len(distinct) > 1 else ''} {listed}"
