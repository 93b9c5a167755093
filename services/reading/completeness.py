"""What the guide has and lacks: services × the parts that each should have."""

from collections import Counter
from typing import NamedTuple
from urllib.parse import urlencode

from django.urls import reverse

from entries.models import SectionKind
from services.reading.coverage import PARTS


class Cell(NamedTuple):
    """What there is of one part of a service. `address`: where to read it, or to start it."""

    name: str
    entries: int
    address: str


class Line(NamedTuple):
    """A service on the board. `start`: where to begin its section, if it has none."""

    service: object
    cells: list
    others: Cell
    start: str


class Board:
    """The lines of all services, which have their `coverage`; `tree` is that of the guide."""

    def __init__(self, services, tree):
        self._home = usual_parent(tree)
        self.lines = [self._line(service) for service in services]
        self.covered = sum(bool(service.coverage.entries) for service in services)
        self.columns = [
            (name, sum(bool(line.cells[n].entries) for line in self.lines if line.cells))
            for n, (_, name, _) in enumerate(PARTS)
        ]

    def _line(self, service):
        coverage = service.coverage
        if not coverage.node:
            return Line(service, [], None, address_to_start(service.name, self._home))
        cells = [self._cell(service, part) for part in coverage.parts]
        others = Cell("Other", coverage.others.entries, service.get_absolute_url())
        return Line(service, cells, others, "")

    def _cell(self, service, part):
        if part.entries:
            address = f"{service.get_absolute_url()}#{part.node.section.slug}"
        elif part.node:
            address = reverse("entry-add", args=[part.node.section.slug])
        else:
            title = f"{service.name} {part.title}"
            address = address_to_start(title, service.coverage.node, part.kind)
        return Cell(part.name, part.entries, address)


def usual_parent(tree):
    """The node under which most services have their section; the first of the guide if none."""
    homes = (node.parent for node in tree.walk() if node.section.home and node.parent)
    usual = Counter(homes).most_common(1)
    return usual[0][0] if usual else next(tree.walk(), None)


def address_to_start(title, parent, kind=SectionKind.GENERAL):
    """Where to propose a section below a node of the tree; "" if there is no guide."""
    if not parent:
        return ""
    slug = parent.section.slug
    fields = urlencode({"title": title, "kind": kind.value})
    return f"{reverse('section-add', args=[slug])}?{fields}"
