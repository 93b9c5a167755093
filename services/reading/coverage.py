"""What the guide says about each service: how many entries, in sections of which kind."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Count, Q

from entries.models import Entry, LegendTag, SectionKind
from entries.reading.tags import TagsOf, read_tags
from entries.reading.tree import Node, Tree
from services.models import Service

# What the guide should have of every service, in its order: kind, name of the column, and how
# the section of a service is usually called after the service's name.
PARTS = [
    (SectionKind.BASICS, "Basics", "Basics"),
    (SectionKind.TIPS, "Tips", "Tips"),
    (SectionKind.ALTERNATIVES, "Alternatives", "Alternatives and Lock-In"),
    (SectionKind.COST, "Cost", "Cost Management"),
    (SectionKind.GOTCHAS, "Gotchas", "Gotchas and Limitations"),
]
_KINDS = {kind for kind, _, _ in PARTS}
_NO_KIND = SectionKind.GENERAL


@dataclass(frozen=True, eq=False)
class Part:
    """The entries about a service in sections of one kind.

    name     heading of its column on the board
    title    how such a section is usually called, after the name of the service
    node     the first such section, or None
    entries  how many entries there are in all sections of the kind
    """

    kind: str
    name: str
    title: str
    node: Node | None
    entries: int


@dataclass(frozen=True, eq=False)
class Coverage:
    """What the guide says about one service.

    node     the section about the service, or None
    parts    one Part for each of PARTS
    others   the entries in sections of no kind that PARTS has
    gotchas  how many entries a legend tag marks as gotchas, in whatever section
    """

    node: Node | None
    parts: tuple[Part, ...]
    others: Part
    gotchas: int

    @property
    def entries(self) -> int:
        """How many entries there are in all."""
        return self.others.entries + sum(part.entries for part in self.parts)

    @property
    def with_entries(self) -> list[Part]:
        """The parts that have something to read."""
        return [part for part in (*self.parts, self.others) if part.entries]

    @property
    def has_gotchas(self) -> bool:
        """True if a section or a legend tag says what goes wrong with the service."""
        gotchas = next(part for part in self.parts if part.kind == SectionKind.GOTCHAS)
        return bool(gotchas.entries or self.gotchas)


@dataclass(frozen=True, eq=False)
class ServiceLine:
    """A service as lists show it. Made by `service_lines`.

    tags   its legend tags, in the order of the legend; none if they were not read
    """

    row: Service
    coverage: Coverage
    tags: tuple[LegendTag, ...] = ()


def service_lines(tree: Tree, *, with_tags: bool = False) -> list[ServiceLine]:
    """All services with group, provider, coverage and, if asked for, legend tags.

    Two queries, and one for the tags. `tree` is that of `guide_tree`.
    """
    counts = _counts()
    services = Service.objects.select_related("group", "provider")
    tags = read_tags(TagsOf(Service))[0] if with_tags else {}
    return [
        ServiceLine(
            row=row,
            coverage=_coverage(tree.nodes.get(row.section_id) if row.section_id else None, counts),
            tags=tuple(tags.get(row.pk, ())),
        )
        for row in services
    ]


class _Count(NamedTuple):
    """How many entries are right in a section, and how many of them are marked as gotchas."""

    entries: int
    gotchas: int


def _counts() -> dict[int, _Count]:
    """The counts of all sections that hold entries, by primary key: one query."""
    gotchas = Count("pk", filter=Q(tags__slug__contains="gotcha"), distinct=True)
    sections = Entry.objects.live().order_by().values("section")
    counted = sections.annotate(entries=Count("pk", distinct=True), gotchas=gotchas)
    rows = counted.values_list("section", "entries", "gotchas")
    return {section: _Count(entries, marked) for section, entries, marked in rows}


def _coverage(node: Node | None, counts: dict[int, _Count]) -> Coverage:
    """What the guide says in the section about a service, and below it."""
    sections = list(_within(node)) if node else []
    numbers = {below: counts.get(below.section.pk, _Count(0, 0)) for below, _ in sections}

    def part(kind: str, name: str, title: str) -> Part:
        nodes = [below for below, its_kind in sections if its_kind == kind]
        entries = sum(numbers[below].entries for below in nodes)
        return Part(kind, name, title, nodes[0] if nodes else None, entries)

    return Coverage(
        node=node,
        parts=tuple(part(*columns) for columns in PARTS),
        others=part(_NO_KIND, "Other", ""),
        gotchas=sum(number.gotchas for number in numbers.values()),
    )


def _within(node: Node, kind: str = _NO_KIND) -> Iterator[tuple[Node, str]]:
    """The sections of a service with the kind of each; one of no kind has that of its parent.

    What is the home of another service belongs to that one.
    """
    kind = node.section.kind if node.section.kind in _KINDS else kind
    yield node, kind
    for child in node.children:
        if not child.home:
            yield from _within(child, kind)
