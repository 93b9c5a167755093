"""A page of entries under chosen legend tags: who stays, who is hidden, what may be chosen next.

An entry stays if it carries every chosen tag; what is nested in it stays with it, and those
above it stay as context. Hidden ones are on the page as well, so that `static/js/toggles.js`
can do the same as this module without asking the server.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from entries.models import LegendTag
from entries.reading.lines import EntryLine
from entries.reading.parts import SectionPart
from entries.reading.tree import Node

MOST = 5  # tags chosen at once


@dataclass(frozen=True)
class Toggle:
    """A legend tag that can be chosen, and how many entries would then stay."""

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
    """A page narrowed to `chosen`: `shown` of `total` entries carry all of these tags.

    parts    the sections of the page, marked: what is hidden, what is only context
    hidden   the nodes of those that are hidden
    toggles  the tags that occur, in the order of the legend
    """

    chosen: list[str]
    parts: list[SectionPart]
    hidden: frozenset[Node]
    shown: int
    total: int
    toggles: list[Toggle]

    @property
    def too_many(self) -> str:
        """A sentence if more was chosen than can be, else ""."""
        return f"Choose at most {MOST} tags." if len(self.chosen) > MOST else ""

    @property
    def query(self) -> str:
        """The choice as it stands in an address."""
        return urlencode([("tag", slug) for slug in self.chosen])


def narrow(parts: Iterable[SectionPart], chosen: Iterable[str] = ()) -> Narrowing:
    """Narrow the sections of a page to the entries that carry all of the chosen tags.

    Arguments:
        parts: a section stands before those below it.
        chosen: slugs of legend tags, as they came in a query.
    """
    wanted = list(dict.fromkeys(chosen))
    count = _Count(wanted)
    parts = list(parts)
    marked = [count.mark(part.lines) for part in parts]
    hidden: frozenset[Node] = frozenset()
    if wanted:
        hidden = _hidden([part.node for part in parts], [stays for _, stays in marked])
        parts = [
            replace(part, lines=lines, is_out=part.node in hidden)
            for part, (lines, _) in zip(parts, marked, strict=True)
        ]
    tags = sorted(count.tags.values(), key=lambda tag: (tag.position, tag.slug))
    return Narrowing(
        chosen=wanted,
        parts=parts,
        hidden=hidden,
        shown=count.shown,
        total=count.total,
        toggles=toggles(tags, count.counts, wanted),
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
    """Marks lines, and counts those that carry all of the chosen tags."""

    def __init__(self, chosen: list[str]) -> None:
        self.shown = self.total = 0
        self.tags: dict[str, LegendTag] = {}
        self.counts: Counter[str] = Counter()
        self._needed = set(chosen)
        self._too_many = len(chosen) > MOST

    def mark(
        self, lines: Iterable[EntryLine], within: bool = False
    ) -> tuple[tuple[EntryLine, ...], bool]:
        """Lines marked at all depths, and whether any of them carries the tags.

        within: whether one above them carries the tags
        """
        marked = [self._mark(line, within) for line in lines]
        return tuple(line for line, _ in marked), any(stays for _, stays in marked)

    def _mark(self, line: EntryLine, within: bool) -> tuple[EntryLine, bool]:
        slugs = {tag.slug for tag in line.tags}
        self.tags.update((tag.slug, tag) for tag in line.tags)
        self.total += 1
        carries = self._needed <= slugs and not self._too_many
        if carries:
            self.shown += 1
            self.counts.update(slugs)
        within = within or carries
        nested, below = self.mark(line.nested, within) if line.nested else ((), False)
        if self._needed:
            is_above, is_out = below and not within, not (below or within)
            line = replace(line, nested=nested, is_above=is_above, is_out=is_out)
        return line, carries or below


def without_hidden(lines: Iterable[EntryLine]) -> tuple[EntryLine, ...]:
    """Marked lines, at all depths, without those that are hidden."""
    return tuple(
        replace(line, nested=without_hidden(line.nested)) for line in lines if not line.is_out
    )
