"""A page of entries under chosen legend tags: who stays, who is hidden, what may be chosen next.

An entry stays if it carries the chosen tags and no hidden one; what is nested in it stays with
it, and those above it stay as context. One with a hidden tag goes with all that is nested in it.
What is out is on the page as well, so that `static/js/toggles.js` can do the same as this module
without asking the server.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from django.http import QueryDict

from entries.models import LegendTag
from entries.reading.lines import EntryLine
from entries.reading.parts import SectionPart
from entries.reading.tag_choice import InWords, TagChoice
from entries.reading.tree import Node


@dataclass(frozen=True)
class Toggle:
    """A legend tag that can be chosen or hidden, and of how many entries that is."""

    tag: LegendTag
    count: int
    is_on: bool


def toggles(
    tags: Iterable[LegendTag], counts: Mapping[str, int], chosen: Collection[str]
) -> list[Toggle]:
    """A Toggle for each of `tags`.

    Arguments:
        counts: {slug: number of the entries that carry all of `chosen` and this tag}
        chosen: slugs.
    """
    return [Toggle(tag, counts[tag.slug], tag.slug in chosen) for tag in tags]


@dataclass(frozen=True)
class Narrowing:
    """A page narrowed to a choice: `shown` of `total` entries are what was chosen.

    parts    the sections of the page, marked: what is hidden, what is only context
    hidden   the nodes of those that are hidden
    toggles  the tags that occur, in the order of the legend, with how many entries would stay
    hiding   the same, with how many entries carry them
    """

    choice: TagChoice
    parts: list[SectionPart]
    hidden: frozenset[Node]
    shown: int
    total: int
    toggles: list[Toggle]
    hiding: list[Toggle]

    @property
    def in_words(self) -> InWords:
        """The choice as the page says it."""
        return self.choice.in_words({toggle.tag.slug: toggle.tag for toggle in self.toggles})

    def is_as_typed(self, query: QueryDict) -> bool:
        """True for an address that the site itself makes: its page is worth keeping."""
        return self.choice.is_as_typed(query, [toggle.tag.slug for toggle in self.toggles])


def narrow(parts: Iterable[SectionPart], choice: TagChoice | None = None) -> Narrowing:
    """Narrow the sections of a page to the entries of a choice.

    Arguments:
        parts: a section stands before those below it.
        choice: of all entries, if it is None.
    """
    choice = choice or TagChoice()
    count = _Count(choice)
    parts = list(parts)
    marked = [count.mark(part.lines) for part in parts]
    hidden: frozenset[Node] = frozenset()
    if choice:
        is_left = [not (choice.tags or part.lines) for part in parts]  # empty before as well
        stay = [stays or empty for (_, stays), empty in zip(marked, is_left, strict=True)]
        hidden = _hidden([part.node for part in parts], stay)
        parts = [
            replace(part, lines=lines, is_out=part.node in hidden)
            for part, (lines, _) in zip(parts, marked, strict=True)
        ]
    tags = sorted(count.tags.values(), key=lambda tag: (tag.position, tag.pk))
    return Narrowing(
        choice=choice,
        parts=parts,
        hidden=hidden,
        shown=count.shown,
        total=count.total,
        toggles=toggles(tags, count.counts, choice.tags),
        hiding=toggles(tags, count.carried, choice.hide),
    )


def _hidden(nodes: list[Node], stay: list[bool]) -> frozenset[Node]:
    """Those of `nodes` that neither stay nor stand above one that stays.

    The title of the guide stands above all, so it stays only for entries of its own.
    """
    shown: set[Node] = set()
    for node, stays in zip(nodes, stay, strict=True):
        if stays:
            shown.add(node)
            shown.update(above for above in node.path if not above.is_title)
    return frozenset(nodes) - shown


class _Count:
    """Marks lines, and counts those of a choice."""

    def __init__(self, choice: TagChoice) -> None:
        self.shown = self.total = 0
        self.tags: dict[str, LegendTag] = {}
        self.counts: Counter[str] = Counter()  # of those that would stay
        self.carried: Counter[str] = Counter()  # of all
        self._choice = choice

    def mark(
        self, lines: Iterable[EntryLine], within: bool = False, hidden: bool = False
    ) -> tuple[tuple[EntryLine, ...], bool]:
        """Lines marked at all depths, and whether any of them is of the choice.

        Arguments:
            within: whether one above them is.
            hidden: whether one above them has a hidden tag.
        """
        marked = [self._mark(line, within, hidden) for line in lines]
        return tuple(line for line, _ in marked), any(stays for _, stays in marked)

    def _mark(self, line: EntryLine, within: bool, hidden: bool) -> tuple[EntryLine, bool]:
        slugs = {tag.slug for tag in line.tags}
        self.tags.update((tag.slug, tag) for tag in line.tags)
        self.total += 1
        self.carried.update(slugs)
        hidden = hidden or self._choice.hides(slugs)
        carries = not hidden and self._choice.fits(slugs) and not self._choice.too_many
        self.shown += carries
        if carries or (self._choice.is_any and not hidden):
            self.counts.update(slugs)
        within = (within or carries) and not hidden
        nested, below = self.mark(line.nested, within, hidden) if line.nested else ((), False)
        if self._choice:
            is_above, is_out = below and not within, not (below or within)
            line = replace(line, nested=nested, is_above=is_above, is_out=is_out)
        return line, carries or below


def without_hidden(lines: Iterable[EntryLine]) -> tuple[EntryLine, ...]:
    """Marked lines, at all depths, without those that are hidden."""
    return tuple(
        replace(line, nested=without_hidden(line.nested)) for line in lines if not line.is_out
    )
