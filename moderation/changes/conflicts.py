"""Which open proposals no longer merge, computed as the guide changes."""

from collections.abc import Iterable, Mapping

from django.conf import settings
from django.core.cache import cache
from django.db.models import Q

from guide_site.core import history
from guide_site.core.words import Clash
from moderation.changes import kinds
from moderation.changes.references import Gone, Pending
from moderation.models import Change, Event, Operation, Proposal
from moderation.states import Status

_TARGETS = ("entry", "service", "offering", "legend_tag")  # and sections, unless of an entry
_CACHED = 24 * 60 * 60  # seconds
_CHANGING = [Event.What.OPENED, Event.What.AMENDED, Event.What.EDITED, Event.What.REOPENED]


def problems(proposals: Iterable[Proposal] | None = None) -> dict[int, str]:
    """{primary key: sentence} of those that do not merge at present.

    proposals   open Proposals to look at, such as those of a page; None: all that are open

    Each version of a proposal is looked at once for each state of the guide.
    """
    proposals = Proposal.objects.open() if proposals is None else proposals
    wanted = {proposal.pk: proposal.version for proposal in proposals if proposal.is_open}
    key = f"conflicts:{settings.BUILD}:{history.generation()}"
    known = cache.get(key, {})
    if new := [pk for pk, version in wanted.items() if known.get(pk, (None,))[0] != version]:
        sentences = _problems(new)
        known |= {pk: (wanted[pk], sentences.get(pk, "")) for pk in new}
        cache.set(key, known, _CACHED)
    return {pk: known[pk][1] for pk in wanted if known[pk][1]}


def caused_by(proposal: Proposal) -> list[tuple[Proposal, str]]:
    """(open proposal, sentence) for each that no longer merge now that `proposal` has merged.

    Leaves out those whose author was notified of a conflict since they last changed it.
    """
    broken: dict[int, tuple[Proposal, str]] = {}
    for change in Change.objects.filter(_touching(proposal), proposal__status=Status.OPEN):
        if change.proposal_id not in broken and (problem := problem_of(change)):
            broken[change.proposal_id] = (change.proposal, problem)
    return [pair for pair in broken.values() if not _is_notified(pair[0])]


def _touching(proposal: Proposal) -> Q:
    """The changes of all proposals that are about a row which `proposal` changes."""
    targets = list(proposal.changes.values("section", *_TARGETS))
    sections = [row["section"] for row in targets if row["section"] and not row["entry"]]
    touching = Q(section__in=sections)
    for name in _TARGETS:
        touching |= Q(**{f"{name}__in": {row[name] for row in targets if row[name]}})
    joins = proposal.changes.filter(operation=Operation.JOIN)  # they are about two entries
    joined = set(joins.values_list("proposed__other", flat=True))
    entries = {row["entry"] for row in targets if row["entry"]} | joined
    touching |= Q(entry__in=joined) | Q(entry__parent__in=entries)
    return touching | Q(operation=Operation.JOIN, proposed__other__in=entries)


def problem_of(change: Change) -> str | None:
    """Why one change of an open proposal does not merge, as a sentence, or None."""
    try:
        result = kinds.merged(change)
    except (Gone, Pending) as gone:
        return str(gone) or None
    return describe(result.conflicts) if result.conflicts else None


def describe(conflicts: Mapping[str, list[Clash]]) -> str:
    """The first words that clash, as a sentence. `conflicts` are by the names of fields."""
    clash = next(iter(conflicts.values()))[0]
    return (
        "The guide has changed since. Somebody made "
        f"“{clash.base.strip()}” into “{clash.current.strip()}”, the proposal makes it "
        f"“{clash.proposed.strip()}”."
    )


def _is_notified(proposal: Proposal) -> bool:
    last = proposal.events.filter(what__in=[*_CHANGING, Event.What.CONFLICT]).last()
    return last is not None and last.what == Event.What.CONFLICT


def _problems(proposals: Iterable[int]) -> dict[int, str]:
    problems: dict[int, str] = {}
    rows = Change.objects.filter(proposal__in=proposals)
    related = ("proposal", "entry", "section", "service", "offering", "legend_tag")
    for change in rows.select_related(*related).order_by("proposal", "position", "pk"):
        if change.proposal_id not in problems and (problem := problem_of(change)):
            problems[change.proposal_id] = problem
    return problems
