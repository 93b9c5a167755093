"""The sections of the guide as a tree, read in one query."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from entries.models import Section

LOWEST_RANK = 6  # of a heading in HTML


@dataclass(frozen=True)
class Home:
    """A page that shows a section in place of the section's own page.

    A layer above knows such pages: the page of a service shows the section about the service.
    """

    slug: str
    name: str
    url: str


@dataclass(frozen=True, eq=False)
class Node:
    """A section with its place in the tree.

    url       where to read it: `home.url`, or the section's own page
    depth     0 for a root
    is_title  True for the one root that only bears the title of the guide
    """

    section: Section
    url: str
    home: Home | None
    depth: int
    is_title: bool
    parent: "Node | None" = field(repr=False)
    children: "list[Node]" = field(default_factory=list, repr=False)

    def walk(self) -> "Iterator[Node]":
        """This node and all below it, in the order of the guide."""
        yield self
        for child in self.children:
            yield from child.walk()

    @property
    def path(self) -> "list[Node]":
        """The nodes above this one, from the root down."""
        return [*self.parent.path, self.parent] if self.parent else []

    @property
    def level(self) -> int:
        """Rank of its heading on a page of the whole guide, 2 to 6."""
        return min(LOWEST_RANK, self.depth + 1) if self.depth else 2

    def level_below(self, top: "Node") -> int:
        """Rank of its heading, 1 to 6, on a page whose first heading is that of `top`."""
        return min(LOWEST_RANK, self.depth - top.depth + 1)


class Tree:
    """All sections in one query. It does not change once it is built.

    nodes    {primary key of a section: its Node}
    by_slug  {slug of a section: its Node}
    roots    the nodes that have nothing above them, in order

    Arguments:
        sections: rows in the order of the guide; without them, all that the site shows.
        homes: {primary key of a section: its Home}, of the sections that have one.
    """

    def __init__(
        self,
        sections: Iterable[Section] | None = None,
        homes: Mapping[int, Home] | None = None,
    ) -> None:
        if sections is None:
            sections = Section.objects.shown().defer("verbatim")
        rows = list(sections)
        known = {row.pk for row in rows}
        self._homes = homes or {}
        self._below: dict[int | None, list[Section]] = {}
        for row in rows:
            parent = row.parent_id if row.parent_id in known else None
            self._below.setdefault(parent, []).append(row)
        self.nodes: dict[int, Node] = {}
        self.roots = self._grow(None)
        self.by_slug = {node.section.slug: node for node in self.nodes.values()}

    def _grow(self, parent: Node | None) -> list[Node]:
        """Make the nodes right below `parent`, with all below them."""
        rows = self._below.get(parent.section.pk if parent else None, [])
        is_single = parent is None and len(rows) == 1
        made = []
        for row in rows:
            home = self._homes.get(row.pk)
            node = Node(
                section=row,
                url=home.url if home else row.get_absolute_url(),
                home=home,
                depth=parent.depth + 1 if parent else 0,
                is_title=is_single and row.pk in self._below,
                parent=parent,
            )
            self.nodes[row.pk] = node
            node.children.extend(self._grow(node))
            made.append(node)
        return made

    def walk(self) -> Iterator[Node]:
        """Every node in the order of the guide."""
        for root in self.roots:
            yield from root.walk()

    @property
    def chapters(self) -> list[Node]:
        """The main sections: the roots, or what is below the title of the guide."""
        return self.title.children if self.title else self.roots

    @property
    def title(self) -> Node | None:
        """The one section that all others stand below, or None."""
        return self.roots[0] if self.roots and self.roots[0].is_title else None


def subtree(section: Section) -> list[int]:
    """Primary keys of `section` and all below it, retired sections included: one query."""
    children: dict[int | None, list[int]] = {}
    for pk, parent in Section.objects.values_list("pk", "parent_id"):
        children.setdefault(parent, []).append(pk)
    below, waiting = [], [section.pk]
    while waiting:
        pk = waiting.pop()
        below.append(pk)
        waiting += children.get(pk, [])
    return below
