"""Entries as lines: each row with its legend tags and with what is nested in it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import NamedTuple

from django.conf import settings
from django.db.models import Case, QuerySet, TextField, Value, When
from django.db.models.expressions import BaseExpression
from django.db.models.functions import Left
from django.template.loader import render_to_string
from django.utils.module_loading import import_string

from entries.models import Entry, EntryKind, LegendTag
from entries.reading.tags import Tags
from entries.reading.tree import Tree
from guide_site.core.addresses import numbered_address
from guide_site.core.folds import Fold, read

_LIST_TAGS: dict[str, str] = {EntryKind.BULLET: "ul", EntryKind.NUMBERED: "ol"}
_FOLDED = "details"  # element around link definitions
# The source of a numbered item begins with its number. No other source is read for a page.
_OPENING = Case(
    When(kind=EntryKind.NUMBERED, then=Left("verbatim", 200)),
    default=Value(""),
    output_field=TextField(),
)
_NUMBER = re.compile(r"\s*(\d{1,9})([.)])")


class ItemNumber(NamedTuple):
    """The number of a numbered item in its source, and the sign after it: “.” or “)”."""

    number: int
    sign: str


class PageFacts(NamedTuple):
    """What only a page shows of an entry.

    open_reports  how many reports of problems with it are open
    number        of a numbered item, if its source begins with one
    """

    open_reports: int
    number: ItemNumber | None


NO_FACTS = PageFacts(0, None)
ACTS = ("edit", "history", "split", "join", "retire", "report")


@dataclass(frozen=True, eq=False)
class EntryLine:
    """An entry with what a page or a file needs beside it. Made by `nest`.

    tags          its legend tags, in the order of the legend
    nested        the lines nested in it, in order
    facts         what only pages need, if they were read
    is_out        hidden: neither it, nor one above it, nor one nested in it has the chosen tags
    is_above      only shown because of what is nested in it
    is_inside     nested in what the one above it folds: see `entries.reading.folds`
    is_unclosed   what it folds has no end in the guide
    """

    row: Entry
    tags: tuple[LegendTag, ...] = ()
    nested: "tuple[EntryLine, ...]" = ()
    facts: PageFacts = NO_FACTS
    is_out: bool = False
    is_above: bool = False
    is_inside: bool = False
    is_unclosed: bool = False

    @property
    def anchor(self) -> str:
        """Its id on a page that shows more than this entry."""
        return f"e{self.row.pk}"

    @cached_property
    def url(self) -> str:
        """The address of the entry's own page."""
        return numbered_address("entry", self.row.pk)

    @property
    def reports_url(self) -> str:
        """The address of the reports of problems with it."""
        return numbered_address("entry-reports", self.row.pk)

    @property
    def has_signs(self) -> bool:
        """True if something hangs in its margin: legend tags, or the sign of an open report."""
        return bool(self.tags or self.facts.open_reports)

    @property
    def runs(self) -> "list[Run]":
        """What is nested in it and not folded, as a page lists it."""
        return runs(line for line in self.nested if not line.is_inside)

    @property
    def inside(self) -> "list[Run]":
        """What it folds, as a page lists it."""
        return runs(line for line in self.nested if line.is_inside)

    @cached_property
    def fold(self) -> Fold | None:
        """The fold that it opens; None if nothing is in it but its own text."""
        return read(self.row.body_html) if any(line.is_inside for line in self.nested) else None

    @property
    def is_open(self) -> bool:
        """True if its fold is open at first."""
        return self.is_unclosed or self.is_above or bool(self.fold and self.fold.is_open)

    @property
    def html(self) -> str:
        """Its text, up to the fold that it opens."""
        return self.fold.before if self.fold else self.row.body_html


class Run(NamedTuple):
    """Neighbours of one kind of list.

    tag    HTML element of the list, “ul” or “ol”; "" for what stands in no list; “details” for
           link definitions, which pages fold away
    start  the number that the list begins with, if it is not 1
    """

    tag: str
    start: int | None
    lines: list[EntryLine]

    @property
    def element(self) -> str:
        """HTML element of the list, or ""."""
        return "" if self.is_folded else self.tag

    @property
    def is_folded(self) -> bool:
        """True for link definitions."""
        return self.tag == _FOLDED

    @property
    def with_menus(self) -> list[tuple[EntryLine, str]]:
        """Each line with the HTML of its menu: links to do something with it."""
        last, is_listed = len(self.lines) - 1, bool(self.element)
        return [
            (line, _menu(line.row.pk, is_listed=is_listed, has_next=is_listed and place < last))
            for place, line in enumerate(self.lines)
        ]


def _menu(pk: int, *, is_listed: bool, has_next: bool) -> str:
    """The HTML of a menu. The template is rendered once: a page may have thousands of menus."""
    render = _menu_of_zero if settings.PAGE_CACHE else _menu_of_zero.__wrapped__
    return render(is_listed, has_next).replace("/0/", f"/{pk}/")


@cache
def _menu_of_zero(is_listed: bool, has_next: bool) -> str:
    acts = {act: numbered_address(f"entry-{act}", 0) for act in ACTS}
    url = numbered_address("entry", 0)
    context = {"url": url, "acts": acts, "is_listed": is_listed, "has_next": has_next}
    return render_to_string("entries/_menu.html", context)


def read_for_page(entries: QuerySet[Entry]) -> dict[Entry, PageFacts]:
    """The rows of a queryset, in their order, each with its PageFacts: one query."""
    rows = entries.annotate(open_reports=_open_reports(), opening=_OPENING)
    return {row: PageFacts(row.open_reports, _number(row.opening)) for row in rows}


@cache
def _open_reports() -> BaseExpression:
    """The number of open reports of an entry, which a layer above counts."""
    expression: BaseExpression = import_string(settings.OPEN_REPORTS)()
    return expression


def _number(opening: str) -> ItemNumber | None:
    match = _NUMBER.match(opening)
    return ItemNumber(int(match[1]), match[2]) if match else None


def nest(
    entries: Iterable[Entry],
    tags: Tags | None = None,
    facts: Mapping[Entry, PageFacts] | None = None,
) -> tuple[EntryLine, ...]:
    """Arrange entries under their parents; returns the topmost lines.

    Arguments:
        entries: rows in the order of their positions. One whose parent is not among them is
            topmost.
        tags: their legend tags, if the lines need them.
        facts: from `read_for_page`, if the lines are for a page.
    """
    rows, tags, facts = list(entries), tags or {}, facts or {}
    known = {row.pk for row in rows}
    below: dict[int | None, list[Entry]] = {}
    for row in rows:
        below.setdefault(row.parent_id if row.parent_id in known else None, []).append(row)

    def lines(parent: int | None) -> tuple[EntryLine, ...]:
        return tuple(
            EntryLine(
                row,
                tuple(tags.get(row.pk, ())),
                lines(row.pk) if row.pk in below else (),
                facts.get(row, NO_FACTS),
            )
            for row in below.get(parent, ())
        )

    return lines(None)


def rows_above(entry: Entry, rows: Mapping[int, Entry]) -> list[Entry]:
    """The entries that an entry is nested in, from the top down.

    Arguments:
        rows: known entries, by their primary keys; what is not among them is left out.
    """
    above: list[Entry] = []
    pk = entry.parent_id
    while pk is not None and pk in rows:
        above.insert(0, rows[pk])
        pk = rows[pk].parent_id
    return above


def by_section(
    entries: Iterable[Entry],
    tags: Tags | None = None,
    facts: Mapping[Entry, PageFacts] | None = None,
) -> dict[int, tuple[EntryLine, ...]]:
    """The topmost lines of each section, by its primary key; none of a section without entries.

    The arguments are those of `nest`.
    """
    below: dict[int, list[Entry]] = {}
    for row in entries:
        below.setdefault(row.section_id, []).append(row)
    return {pk: nest(rows, tags, facts) for pk, rows in below.items()}


def runs(lines: Iterable[EntryLine]) -> list[Run]:
    """Lines as a page lists them: neighbours of one kind of list together."""
    grouped: list[Run] = []
    sign = None
    for line in lines:
        is_folded = line.row.kind == EntryKind.DEFINITION
        tag = _FOLDED if is_folded else _LIST_TAGS.get(line.row.kind, "")
        number = line.facts.number if tag == "ol" else None
        # “3)” after “2.” begins another list
        is_other = bool(number and sign not in (None, number.sign))
        if not grouped or grouped[-1].tag != tag or is_other:
            start = number.number if number and number.number != 1 else None
            grouped.append(Run(tag, start, []))
            sign = None
        sign = number.sign if number else sign
        grouped[-1].lines.append(line)
    return grouped


def walk(lines: Iterable[EntryLine], depth: int = 0) -> Iterator[tuple[EntryLine, int]]:
    """All lines at all depths, in order, each with its depth (0: topmost)."""
    for line in lines:
        yield line, depth
        yield from walk(line.nested, depth + 1)


def without_kept(lines: Iterable[EntryLine]) -> tuple[EntryLine, ...]:
    """Lines, at all depths, without what the site keeps for the export and does not show.

    Such a line stays where something is nested in it.
    """
    shown = [
        replace(line, nested=without_kept(line.nested)) if line.nested else line for line in lines
    ]
    return tuple(line for line in shown if line.row.kind != EntryKind.KEPT or line.nested)


def in_order(tree: Tree, entries: Iterable[Entry]) -> list[Entry]:
    """Entries as they stand in the guide; those whose section is not in `tree` at the end."""
    entries = list(entries)
    lines = by_section(entries)
    placed = [line.row for node in tree.walk() for line, _ in walk(lines.get(node.section.pk, ()))]
    return placed + [entry for entry in entries if entry.section_id not in tree.nodes]
