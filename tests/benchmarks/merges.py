"""The first visit after a merge: the page is made anew."""

import statistics
import time
from typing import NamedTuple

from entries.models import Entry
from guide_site.core.access import Role
from moderation import actions
from tests import factories

MERGES = 5


class FirstVisit(NamedTuple):
    """Seconds of the merge, of the first visit after it, of CPU time of that visit: medians."""

    merge: float
    seconds: float
    cpu: float


def first_visits(server, service, pages):
    """{name: FirstVisit} of `pages` (name: address), after merges into the service's section."""
    entry = Entry.objects.live().filter(section=service.section).first()
    entry = entry or Entry.objects.live().filter(section__parent=service.section).first()
    author, editor = factories.user(), factories.user(Role.EDITOR)
    return {
        name: _first_visit(server, address, entry, author, editor)
        for name, address in pages.items()
    }


def _first_visit(server, address, entry, author, editor):
    found = []
    for number in range(MERGES):
        entry.refresh_from_db()
        body = f"{entry.body.partition(' (seen ')[0]} (seen {number + 1} times)"
        proposal = factories.proposal(entry, body, author=author)
        clock = time.perf_counter()
        actions.approve(proposal, by=editor, version=proposal.version)
        merge = time.perf_counter() - clock
        found.append((merge, *server.visit(address)))
        if f"(seen {number + 1} times)".encode() not in server.get(address)[1]:
            raise RuntimeError(f"{address} does not show what was merged")
    return FirstVisit(*(statistics.median(column) for column in zip(*found, strict=True)))
