"""The guide as a tree, built in memory from a fixed number of queries."""

from entries.models import Entry, EntryKind, Section

_LIST_TAGS = {EntryKind.BULLET: "ul", EntryKind.STEP: "ol"}


class Node:
    """A section with its place in the tree. `depth` is 0 for a root."""

    def __init__(self, section, url):
        self.section = section
        self.url = url
        self.parent = None
        self.children = []
        self.entries = []
        self.depth = 0
        self.is_hand_made_contents = False

    def walk(self):
        """This node and all below it, in the order of the guide."""
        yield self
        for child in self.children:
            yield from child.walk()

    @property
    def runs(self):
        """Its entries as the page lists them: see `runs`."""
        return runs(self.entries)

    @property
    def path(self):
        """The nodes above this one, from the root down."""
        return [*self.parent.path, self.parent] if self.parent else []

    @property
    def level(self):
        """Rank of its heading on a page of the whole guide, 2 to 6."""
        return min(6, self.depth + 1) if self.depth else 2


class Tree:
    """All sections, with their tags: two queries.

    homes: addresses of sections (by primary key) that live elsewhere than on their own page.
    """

    def __init__(self, homes=None):
        homes = homes or {}
        self.nodes = {
            section.pk: Node(section, homes.get(section.pk) or section.get_absolute_url())
            for section in Section.objects.defer("verbatim").prefetch_related("tags")
        }
        self.roots = []
        for node in self.nodes.values():
            node.parent = self.nodes.get(node.section.parent_id)
            (node.parent.children if node.parent else self.roots).append(node)
        for root in self.roots:
            self._set_depth(root, 0)
        self.by_slug = {node.section.slug: node for node in self.nodes.values()}

    def _set_depth(self, node, depth):
        node.depth = depth
        for child in node.children:
            self._set_depth(child, depth + 1)

    def walk(self):
        """Every node in the order of the guide."""
        for root in self.roots:
            yield from root.walk()

    @property
    def chapters(self):
        """The main sections: the roots, or what is below the title of the guide."""
        if len(self.roots) == 1 and self.roots[0].children:
            return self.roots[0].children
        return self.roots

    def fill(self, nodes):
        """Give each of `nodes` its live entries, nested and with their tags: two queries."""
        nodes = list(nodes)
        entries = (
            Entry.objects.filter(section__in=[node.section.pk for node in nodes], retired_at=None)
            .defer("verbatim", "body")
            .prefetch_related("tags")
        )
        below = {node.section.pk: [] for node in nodes}
        for entry in entries:
            below[entry.section_id].append(entry)
        for node in nodes:
            found = below[node.section.pk]
            shown = [entry for entry in found if entry.kind != EntryKind.KEPT]
            node.entries = nest(shown)
            node.is_hand_made_contents = bool(found) and not shown and not node.children


def nest(entries):
    """Arrange entries in position order under their parents; returns the topmost.

    Each gets `nested`, the list of its own. One whose parent is not among them is topmost.
    """
    by_pk = {entry.pk: entry for entry in entries}
    for entry in entries:
        entry.nested = []
    top = []
    for entry in entries:
        parent = by_pk.get(entry.parent_id)
        (parent.nested if parent else top).append(entry)
    return top


def runs(entries):
    """Neighbours of one kind of list together: [("ul", …), ("ol", …) or ("", …)].

    Every entry gets `runs` of what is nested in it, and `url` and `anchor` for the template.
    """
    found = []
    for entry in entries:
        entry.url = entry.get_absolute_url()
        entry.anchor = f"e{entry.pk}"
        tag = _LIST_TAGS.get(entry.kind, "")
        if not found or found[-1][0] != tag:
            found.append((tag, []))
        found[-1][1].append(entry)
        entry.runs = runs(entry.nested) if entry.nested else ()
    return found


def lines(entries, depth=0):
    """Nested entries as a flat list of (entry, depth), in order."""
    for entry in entries:
        yield entry, depth
        yield from lines(entry.nested, depth + 1)


def path_of(entry):
    """The entries that `entry` is nested under, from the top down."""
    above = []
    while entry.parent_id:
        entry = entry.parent
        above.insert(0, entry)
    return above


def subtree(section):
    """Primary keys of `section` and all below it."""
    rows = Section.objects.values_list("pk", "parent_id")
    children = {}
    for pk, parent in rows:
        children.setdefault(parent, []).append(pk)
    found, waiting = [], [section.pk]
    while waiting:
        pk = waiting.pop()
        found.append(pk)
        waiting += children.get(pk, [])
    return found


def carrying(tag):
    """Live entries that carry the legend tag, in the order of their sections' positions."""
    return (
        Entry.objects.live()
        .filter(tags=tag)
        .select_related("section", "parent")
        .prefetch_related("tags")
    )
