"""A page of entries under chosen legend tags: who stays, who is hidden, what may be chosen next.

An entry stays if it carries every chosen tag; what is nested in it stays with it, and those
above it stay as context. Hidden ones are on the page as well, so that `static/js/toggles.js`
can do the same as this module without asking the server.
"""

from collections import Counter
from dataclasses import dataclass
from urllib.parse import urlencode

MOST = 5  # tags chosen at once


@dataclass
class Toggle:
    """A legend tag that can be chosen, and how many entries would then stay."""

    tag: object
    count: int
    is_on: bool


def toggles(tags, counts, chosen):
    """A Toggle for each of `tags`.

    counts  {slug: number of the entries that carry all of `chosen` and this tag}
    """
    return [Toggle(tag, counts[tag.slug], tag.slug in chosen) for tag in tags]


class Narrowing:
    """What a row of toggles shows: `shown` of `total` entries carry all of the `chosen` tags."""

    def __init__(self, chosen=()):
        self.chosen = list(dict.fromkeys(chosen))
        self.shown = self.total = 0
        self._needed = set(self.chosen)
        self._tags = {}
        self._counts = Counter()

    @property
    def too_many(self):
        """A sentence if more was chosen than can be, else ""."""
        return f"Choose at most {MOST} tags." if len(self.chosen) > MOST else ""

    @property
    def query(self):
        """The choice as it stands in an address."""
        return urlencode([("tag", slug) for slug in self.chosen])

    @property
    def toggles(self):
        """Those of the tags that occur, in the order of the legend."""
        tags = sorted(self._tags.values(), key=lambda tag: (tag.position, tag.slug))
        return toggles(tags, self._counts, self.chosen)

    def mark(self, entries, within=False):
        """Mark entries with what is nested in them; True if anything of it carries the tags.

        within  whether one above them carries the tags
        """
        found = False
        for entry in entries:
            found = self._mark(entry, within) or found
        return found

    def _mark(self, entry, within):
        slugs = {tag.slug for tag in entry.shown_tags}
        self._tags.update((tag.slug, tag) for tag in entry.shown_tags)
        self.total += 1
        carries = self._needed <= slugs and not self.too_many
        if carries:
            self.shown += 1
            self._counts.update(slugs)
        within = within or carries
        below = self.mark(entry.nested, within)
        entry.is_above = below and not within
        entry.is_out = not (below or within)
        return carries or below


def narrow(nodes, chosen=()):
    """Mark filled nodes (a section, then all below it) and their entries; returns the Narrowing.

    chosen  slugs of legend tags, as they came in a query

    Entries get `is_out` or `is_above` (context), nodes `is_out`.
    """
    nodes, found = list(nodes), Narrowing(chosen)
    stay = [node for node in nodes if found.mark(node.entries)]
    if found.chosen:
        for node in nodes:
            node.is_out = True
        for node in stay:
            for above in [*node.path, node]:
                above.is_out = above.is_title and above is not node
    return found


def without_hidden(entries):
    """Marked entries, at all depths, without those that are out."""
    for entry in entries:
        entry.nested = without_hidden(entry.nested)
    return [entry for entry in entries if not entry.is_out]
