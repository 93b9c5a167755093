"""The guide as the response to one request needs it, each part read on first use."""

from collections import Counter
from collections.abc import Sequence
from functools import cached_property

from django.db.models import Count
from django.http import HttpRequest

from entries.models import Entry, LegendTag, Section
from entries.reading.tags import Tags, TagsOf, read_tags
from entries.reading.tree import Node, Tree
from services.reading.tree import guide_tree


class Guide:
    """The guide as one request sees it.

    site  scheme and host, for absolute addresses
    """

    def __init__(self, request: HttpRequest) -> None:
        self.site = request.build_absolute_uri("/").rstrip("/")

    @cached_property
    def tree(self) -> Tree:
        """The sections that the site shows."""
        return guide_tree()

    @cached_property
    def legend(self) -> list[LegendTag]:
        """The live legend tags, in order."""
        return list(LegendTag.objects.live())

    @cached_property
    def counts(self) -> Counter[int]:
        """How many entries are right in a section, by its primary key."""
        rows = Entry.objects.live().values_list("section").annotate(Count("pk")).order_by()
        return Counter(dict(rows))

    @cached_property
    def _tags(self) -> Tags:
        """The legend tags of all sections, by primary key."""
        return read_tags(TagsOf(Section, pk__in=list(self.tree.nodes)))[0]

    def tags_of(self, node: Node) -> Sequence[LegendTag]:
        """The legend tags of a section, in the order of the legend."""
        return self._tags.get(node.section.pk, ())

    def path_of(self, entry: Entry) -> list[Node]:
        """The nodes that an entry is in, from the topmost down to its own."""
        node = self.tree.nodes[entry.section_id]
        return [*node.path, node]

    def service_of(self, entry: Entry) -> str | None:
        """Slug of the nearest service in whose section an entry is, or None."""
        homes = [node.home for node in self.path_of(entry)]
        return next((home.slug for home in reversed(homes) if home), None)
