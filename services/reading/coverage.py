"""What the guide says about each service: how many entries, in sections of which kind."""

from django.db.models import Count, Q

from entries.models import Entry, SectionKind
from services.models import Service
from services.reading.tree import guide_tree

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


class Part:
    """The entries about a service in sections of one kind. `node`: the first such section."""

    def __init__(self, kind, name, title):
        self.kind, self.name, self.title = kind, name, title
        self.node, self.entries = None, 0


class Coverage:
    """What the guide says about one service. `node`: the service's section, or None."""

    def __init__(self, node=None):
        self.node = node
        self.parts = [Part(*part) for part in PARTS]
        self.others = Part(SectionKind.GENERAL, "Other", "")
        self.marked = 0  # entries that a legend tag marks as gotchas, in whatever section

    @property
    def entries(self):
        """How many entries there are in all."""
        return self.others.entries + sum(part.entries for part in self.parts)

    @property
    def told(self):
        """The parts that have something to read."""
        return [part for part in (*self.parts, self.others) if part.entries]

    @property
    def has_gotchas(self):
        gotchas = next(part for part in self.parts if part.kind == SectionKind.GOTCHAS)
        return bool(gotchas.entries or self.marked)


class Covered:
    """What the guide says about every service. Two queries."""

    def __init__(self):
        self.tree = guide_tree()
        gotchas = Count("pk", filter=Q(tags__slug__contains="gotcha"), distinct=True)
        sections = Entry.objects.live().order_by().values("section")
        counts = sections.annotate(entries=Count("pk", distinct=True), gotchas=gotchas)
        self._counts = {
            pk: numbers for pk, *numbers in counts.values_list("section", "entries", "gotchas")
        }

    def of(self, service):
        """The Coverage of a service."""
        node = self.tree.nodes.get(service.section_id)
        found = Coverage(node)
        for below, kind in _within(node) if node else ():
            part = next((part for part in found.parts if part.kind == kind), found.others)
            entries, marked = self._counts.get(below.section.pk, (0, 0))
            part.node = part.node or below
            part.entries += entries
            found.marked += marked
        return found


def _within(node, kind=SectionKind.GENERAL):
    """The sections of a service with the kind of each; one of no kind has that of its parent.

    What is the home of another service belongs to that one.
    """
    kind = node.section.kind if node.section.kind in _KINDS else kind
    yield node, kind
    for child in node.children:
        if not child.section.home:
            yield from _within(child, kind)


def covered_services():
    """All services with `coverage`, group and provider, and the tree they have it from.

    Three queries.
    """
    covered = Covered()
    services = list(Service.objects.select_related("group", "provider"))
    for service in services:
        service.coverage = covered.of(service)
    return services, covered.tree
