"""Which open proposals no longer merge, found as the guide moves."""

from django.conf import settings
from django.core.cache import cache
from reversion.models import Revision

from guide_site.core import history
from moderation import changes
from moderation.models import Change, Event, Proposal
from moderation.references import Gone, Pending

_KEPT = 24 * 60 * 60  # seconds


def problems():
    """{primary key: sentence} of the open proposals that do not merge at present.

    Found once for each state of guide and proposals, then remembered.
    """
    state = ".".join(str(number) for number in history.latest(Revision, Event))
    key = f"conflicts:{settings.BUILD}:{state}"
    found = cache.get(key)
    if found is None:
        found = _problems(Proposal.objects.open())
        cache.set(key, found, _KEPT)
    return found


def problem_of(change):
    """Why one change of an open proposal does not merge, as a sentence, or None."""
    try:
        result = changes.merged(change)
    except (Gone, Pending) as gone:
        return str(gone) or None
    return describe(result.conflicts) if result.conflicts else None


def describe(conflicts):
    """The first words that clash, as a sentence. conflicts: {field: [Clash, …]}."""
    clash = next(iter(conflicts.values()))[0]
    return (
        "The guide has changed since. Somebody made "
        f"“{clash.base.strip()}” into “{clash.current.strip()}”, the proposal makes it "
        f"“{clash.proposed.strip()}”."
    )


def _problems(proposals):
    found = {}
    rows = Change.objects.filter(proposal__in=proposals.order_by())
    related = ("proposal", "entry", "section", "service", "offering", "legend_tag")
    for change in rows.select_related(*related).order_by("proposal", "position", "pk"):
        if change.proposal_id not in found and (problem := problem_of(change)):
            found[change.proposal_id] = problem
    return found
