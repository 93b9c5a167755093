"""The ranks of headings: those of the file, as far as they say what is below what. Pure."""

from entries.markdown.headings import LOWEST, Heading
from entries.reading.tree import Node


class Ranks:
    """Gives each section, in the order of the guide, the rank of its heading.

    A heading reads as below the last one of a smaller rank. So a rank has to be larger than that
    of the section above, and no larger than that of the sibling before it.
    """

    def __init__(self) -> None:
        self._above: list[tuple[Node, int]] = []  # the sections that are open, with their ranks
        self._heights: dict[Node, int] = {}

    def rank_of(self, node: Node, heading: Heading | None) -> int:
        """The rank of the heading of a section: as it stands in `heading`, if that is right.

        heading  None for a section without one in the file: it takes the rank of its neighbours
        """
        before = None
        while self._above and self._above[-1][0] is not node.parent:
            before = self._above.pop()[1]
        least = self._above[-1][1] + 1 if self._above else 1
        most = LOWEST - self._height(node)
        rank = heading.rank if heading else before or _rank_behind(node) or node.depth + 1
        rank = max(least, min(rank, most, before or most))
        self._above.append((node, rank))
        return rank

    def _height(self, node: Node) -> int:
        """How many ranks are needed below a section."""
        if node not in self._heights:
            below = [1 + self._height(child) for child in node.children]
            self._heights[node] = max(below, default=0)
        return self._heights[node]


def _rank_behind(node: Node) -> int | None:
    """The rank that the first known sibling behind a section has in the file."""
    siblings = node.parent.children if node.parent else []
    place = siblings.index(node) if node in siblings else len(siblings)
    headings = (Heading.found_in(each.section.verbatim) for each in siblings[place + 1 :])
    return next((heading.rank for heading in headings if heading), None)
