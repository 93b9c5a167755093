"""What an import found and did, for the person who ran it."""

from collections import Counter

from entries.models import Entry, EntryKind
from guide_site.core import markdown

_ORDER = ("added", "edited", "moved", "removed", "respaced")


class Report:
    """Figures of the parsed guide, and what became of sections and entries."""

    def __init__(self, guide):
        entries = list(guide.walk())
        listed = [entry for entry in entries if entry.is_listed]
        self.sections = len(guide.sections)
        self.kinds = Counter(entry.kind for entry in entries)
        self.tagged = sum(bool(entry.signs) for entry in listed)
        self.kept = sum(entry.kind == EntryKind.KEPT for entry in listed)
        self.signs = Counter(sign for entry in entries for sign in entry.signs)
        self.bullets = len(listed)
        self.notes = list(guide.notes)
        self.links = self.internal = 0
        self.steps = []
        self.tables = []  # a sentence about every table that was read into the catalogue
        self.done = {"entries": Counter(), "sections": Counter()}

    def count(self, row, what, step=None):
        """Note that a row was added, edited, moved, removed or respaced (source lines only)."""
        if step and what != "respaced":
            self.steps.append(step)
        self.done.setdefault(str(row._meta.verbose_name_plural), Counter())[what] += 1

    def note(self, line, sentence):
        """Note what is odd in a line of the file."""
        self.notes.append((line, sentence))
        self.notes.sort()

    def count_links(self, guide, anchors):
        """Count links; note those within the guide that lead to none of `anchors`."""
        for entry in guide.walk():
            targets = markdown.link_targets(entry.body)
            self.links += len(targets)
            for target in targets:
                if target.startswith("#"):
                    self.internal += 1
                    if markdown.destination(target[1:], anchors) is None:
                        note = f"a link to “{target}”, which is no heading and no anchor"
                        self.notes.append((entry.line, note))
        self.notes.sort()

    @property
    def is_empty(self):
        """True if the guide was the same already."""
        return not any(any(counts.values()) for counts in self.done.values())

    def lines(self):
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
        yield f"{self.links} links, {self.internal} of them within the guide"
        yield from self.tables
        for line, note in self.notes:
            yield f"line {line}: {note}"
        for what, counts in self.done.items():
            if parts := [f"{counts[word]} {word}" for word in _ORDER if counts[word]]:
                yield f"{what}: " + ", ".join(parts)
