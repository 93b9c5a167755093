"""The guide as a tree, built in memory from a fixed number of queries."""

import re

from django.db.models import Case, F, IntegerField, TextField, Value, When
from django.db.models.functions import Left

from entries.models import Entry, EntryKind, LegendTag, Section

_LIST_TAGS = {EntryKind.BULLET: "ul", EntryKind.STEP: "ol"}
# The source of a step begins with its number. No other source is read for a page.
_OPENING = Case(
    When(kind=EntryKind.STEP, then=Left("verbatim", 200)),
    default=Value(""),
    output_field=TextField(),
)
_NUMBER = re.compile(r"\s*(\d{1,9})([.)])")


class Node:
    """A section with its place in the tree. `depth` is 0 for a root."""

    def __init__(self, section, url):
        self.section = section
        self.url = url
        self.parent = None
        self.children = []
        self.entries = []
        self.depth = 0
        self.level_here = 2  # rank of its heading on the page of a section above it
        self.is_title = False  # the one root that only bears the title of the guide
        self.is_out = False  # hidden, because nothing in it carries the tags chosen on the page

    def rank_below(self):
        """Set `level_here` of all below for a page whose first heading is this section's."""
        for node in self.walk():
            node.level_here = min(6, node.depth - self.depth + 1)

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
    """All sections, in one query.

    sections  queryset to read them from; a layer above may annotate it
    url       callable that gives the address of a section
    """

    def __init__(self, sections=None, url=Section.get_absolute_url):
        sections = Section.objects.shown().defer("verbatim") if sections is None else sections
        self.nodes = {row.pk: Node(row, url(row)) for row in sections}
        self.roots = []
        for node in self.nodes.values():
            node.parent = self.nodes.get(node.section.parent_id)
            (node.parent.children if node.parent else self.roots).append(node)
        for root in self.roots:
            self._set_depth(root, 0)
            root.is_title = len(self.roots) == 1 and bool(root.children)
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
        return self.title.children if self.title else self.roots

    @property
    def title(self):
        """The one section that all others stand below, or None."""
        return self.roots[0] if self.roots and self.roots[0].is_title else None

    def fill(self, nodes, *others):
        """Give each of `nodes` its live entries, nested, and all of them their tags.

        others: more rows to tag, as `attach_tags` takes them. Two queries.
        """
        nodes = list(nodes)
        pks = [node.section.pk for node in nodes]
        entries = list(
            Entry.objects.filter(section__in=pks, retired_at=None)
            .annotate(opening=_OPENING)
            .defer("verbatim", "body")
            .marked()
        )
        sections = [node.section for node in nodes]
        attach_tags(
            (Entry, entries, {"entry__section__in": pks}),
            (Section, sections, {"section__in": pks}),
            *others,
        )
        below = {pk: [] for pk in pks}
        for entry in entries:
            below[entry.section_id].append(entry)
        for node in nodes:
            shown = [e for e in below[node.section.pk] if e.kind != EntryKind.KEPT]
            node.entries = nest(shown)


def attach_tags(*groups):
    """Give every row `shown_tags`, its LegendTags in the order of the legend: one query.

    Each group is (model, rows, condition), where the condition (keyword arguments) selects
    their lines of the join table.
    """
    columns = [F(f"legendtag__{name}") for name in ("slug", "sign", "label", "position")]
    queries = []
    for number, (model, rows, condition) in enumerate(groups):
        for row in rows:
            row.shown_tags = []
        lines = model.tags.through.objects.filter(**condition)
        owner = F(model._meta.model_name)
        queries.append(
            lines.values_list(Value(number, IntegerField()), owner, "legendtag", *columns)
        )
    by_pk = [{row.pk: row for row in rows} for _, rows, _ in groups]
    known = {}
    found = queries[0].union(*queries[1:], all=True)
    for number, pk, tag, slug, sign, label, position in sorted(found, key=lambda line: line[-1]):
        if row := by_pk[number].get(pk):
            if tag not in known:
                known[tag] = LegendTag(tag, slug, sign, label, position=position)
            row.shown_tags.append(known[tag])


def nest(entries):
    """Arrange entries in position order under their parents; returns the topmost.

    Each gets `nested`, the list of its own. One whose parent is not among them is topmost.
    `is_out` and `is_above` are for `narrowing.narrow`.
    """
    by_pk = {entry.pk: entry for entry in entries}
    for entry in entries:
        entry.nested, entry.is_out, entry.is_above = [], False, False
    top = []
    for entry in entries:
        parent = by_pk.get(entry.parent_id)
        (parent.nested if parent else top).append(entry)
    return top


def runs(entries):
    """Neighbours of one kind of list together: [("ul", …), ("ol", …) or ("", …)].

    Every entry gets `runs` of what is nested in it, `url` and `anchor` for the template, and
    `start`: the number that a list begins with there, if it is not 1.
    """
    found, sign = [], None
    for entry in entries:
        entry.url = entry.get_absolute_url()
        entry.anchor = f"e{entry.pk}"
        entry.start = None
        tag = _LIST_TAGS.get(entry.kind, "")
        number = _NUMBER.match(entry.opening) if tag == "ol" else None
        if not found or found[-1][0] != tag or (number and sign not in (None, number[2])):
            found.append((tag, []))
            entry.start = int(number[1]) if number and int(number[1]) != 1 else None
            sign = None
        sign = number[2] if number else sign  # “3)” after “2.” begins another list
        found[-1][1].append(entry)
        entry.runs = runs(entry.nested) if entry.nested else ()
    return found


def lines(entries, depth=0):
    """Nested entries as a flat list of (entry, depth), in order."""
    for entry in entries:
        yield entry, depth
        yield from lines(entry.nested, depth + 1)


def family(entry):
    """An entry among those of its section: (itself with what is nested in it, those above it).

    Two queries. A retired entry is shown in its old place.
    """
    entries = list(
        Entry.objects.filter(section=entry.section_id)
        .exclude(kind=EntryKind.KEPT)
        .annotate(opening=_OPENING)
        .defer("verbatim")
        .marked()
    )
    attach_tags((Entry, entries, {"entry__section": entry.section_id}))
    by_pk = {row.pk: row for row in entries}
    nest([row for row in entries if row.is_live or row.pk == entry.pk])
    above, parent = [], by_pk.get(entry.parent_id)
    while parent:
        above.insert(0, parent)
        parent = by_pk.get(parent.parent_id)
    return by_pk[entry.pk], above


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


def in_order(tree, entries):
    """Entries (a queryset) as they stand in the guide; those of no section of it at the end."""
    below = {}
    for entry in entries:
        below.setdefault(entry.section_id, []).append(entry)
    sorted_ones = [
        entry for node in tree.walk() for entry, _ in lines(nest(below.pop(node.section.pk, [])))
    ]
    return sorted_ones + [entry for rest in below.values() for entry in rest]
