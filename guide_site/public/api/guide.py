"""What the answers of one request are read from, each thing when it is first needed."""

from collections import Counter
from collections.abc import Sequence
from functools import cached_property

from django.db.models import Count

from entries.models import Entry, LegendTag, Section
from entries.reading.tags import Tags, TagsOf, read_tags
from entries.reading.tree import Node
from services.reading.tree import guide_tree


class Guide:
    """The guide as one request sees it. `site`: scheme and host, for absolute addresses."""

    def __init__(self, request):
        self.site = request.build_absolute_uri("/").rstrip("/")

    @cached_property
    def tree(self):
        return guide_tree()

    @cached_property
    def legend(self):
        return list(LegendTag.objects.live())

    @cached_property
    def counts(self):
        """{primary key of a section: how many entries are right in it}"""
        rows = Entry.objects.live().values_list("section").annotate(Count("pk")).order_by()
        return Counter(dict(rows))

    @cached_property
    def _tags(self) -> Tags:
        """The legend tags of all sections, by primary key."""
        return read_tags(TagsOf(Section, pk__in=list(self.tree.nodes)))[0]

    def tags_of(self, node: Node) -> Sequence[LegendTag]:
        """The legend tags of a section, in the order of the legend."""
        return self._tags.get(node.section.pk, ())

    def path_of(self, entry):
        """The nodes that an entry is in, from the topmost down to its own."""
        node = self.tree.nodes[entry.section_id]
        return [*node.path, node]

    def service_of(self, entry):
        """Slug of the nearest service in whose section an entry is, or None."""
        homes = [node.home for node in self.path_of(entry)]
        return next((home.slug for home in reversed(homes) if home), None)
