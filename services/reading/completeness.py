"""What the guide has and lacks: services × the parts that each should have."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import urlencode

from django.urls import reverse

from entries.models import SectionKind
from entries.reading.tree import Node, Tree
from services.models import Service
from services.reading.coverage import PARTS, Coverage, Part, ServiceLine


class Cell(NamedTuple):
    """One part of a service on the board. `address`: where to read it, or to begin it."""

    name: str
    entries: int
    address: str


class BoardRow(NamedTuple):
    """A service on the board.

    others  None if the guide has no section about the service
    start   where to begin its section, if it has none
    """

    service: Service
    cells: list[Cell]
    others: Cell | None
    start: str


class Board:
    """All services with what the guide has and lacks of each.

    rows     a BoardRow for each service, in the order of `lines`
    covered  about how many services the guide says something
    columns  (name of a part, about how many services it says something there)

    Arguments:
        lines: all services; `tree` is that of the guide.
    """

    def __init__(self, lines: Sequence[ServiceLine], tree: Tree) -> None:
        self._home = usual_parent(tree)
        self.rows = [self._row(line.row, line.coverage) for line in lines]
        self.covered = sum(bool(line.coverage.entries) for line in lines)
        self.columns = [
            (name, sum(bool(row.cells[n].entries) for row in self.rows if row.cells))
            for n, (_, name, _) in enumerate(PARTS)
        ]

    def _row(self, service: Service, coverage: Coverage) -> BoardRow:
        if not coverage.node:
            return BoardRow(service, [], None, address_to_start(service.name, self._home))
        cells = [self._cell(service, part, coverage.node) for part in coverage.parts]
        others = Cell("Other", coverage.others.entries, service.get_absolute_url())
        return BoardRow(service, cells, others, "")

    def _cell(self, service: Service, part: Part, home: Node) -> Cell:
        if part.node is None:
            address = address_to_start(f"{service.name} {part.title}", home, part.kind)
        elif part.entries:
            address = f"{service.get_absolute_url()}#{part.node.section.slug}"
        else:
            address = reverse("entry-add", args=[part.node.section.slug])
        return Cell(part.name, part.entries, address)


def usual_parent(tree: Tree) -> Node | None:
    """The node under which most services have their section; the first of the guide if none."""
    homes = (node.parent for node in tree.walk() if node.home and node.parent)
    usual = Counter(homes).most_common(1)
    return usual[0][0] if usual else next(tree.walk(), None)


def address_to_start(title: str, parent: Node | None, kind: str = SectionKind.GENERAL) -> str:
    """Where to propose a section below a node of the tree; "" if there is no guide."""
    if not parent:
        return ""
    slug = parent.section.slug
    fields = urlencode({"title": title, "kind": str(kind)})
    return f"{reverse('section-add', args=[slug])}?{fields}"
