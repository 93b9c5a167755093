"""What the answers of one request are read from, each thing when it is first needed."""

from collections import Counter
from functools import cached_property

from django.db.models import Count

from entries.models import Entry, LegendTag
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

    def path_of(self, entry):
        """The nodes that an entry is in, from the topmost down to its own."""
        node = self.tree.nodes[entry.section_id]
        return [*node.path, node]

    def service_of(self, entry):
        """Slug of the nearest service in whose section an entry is, or None."""
        homes = [node.section.home for node in self.path_of(entry)]
        return next((home for home in reversed(homes) if home), None)
