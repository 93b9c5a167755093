"""How open proposals fit the guide as it changes: what no longer merges, what is there already."""

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from django.conf import settings
from django.core.cache import cache
from django.db.models import Q

from guide_site.core import history
from guide_site.core.words import Clash
from moderation.changes import kinds, targets, wording
from moderation.changes.field_types import Shown
from moderation.changes.fields import fields_of
from moderation.changes.places import PLACE
from moderation.changes.reading import ready_to_merge
from moderation.changes.references import Gone, Pending, References
from moderation.models import Change, Event, Operation, Proposal
from moderation.states import Status

_TARGETS = (
    "entry",
    "service",
    "offering",
    "legend_tag",
    "guide",
)  # and sections, unless of an entry
_CACHED = 24 * 60 * 60  # seconds
_CHANGING = [
    *(Event.What.OPENED, Event.What.AMENDED, Event.What.EDITED),
    *(Event.What.REOPENED, Event.What.SPLIT),
]


class Look(NamedTuple):
    """How an open proposal and the guide as it stands fit together.

    problem   why it does not merge, as a sentence, or ""
    is_there  True if the guide has already all that it proposes
    waits     True if it goes to what another proposal adds, which may close at any time
    """

    problem: str = ""
    is_there: bool = False
    waits: bool = False


def looks(proposals: Iterable[Proposal] | None = None) -> dict[int, Look]:
    """{primary key: Look} of open proposals.

    proposals   those to look at, such as those of a page; None: all that are open

    Each version of a proposal is looked at once for each state of the guide, but again and again
    while it waits for another proposal.
    """
    proposals = Proposal.objects.open() if proposals is None else proposals
    wanted = {proposal.pk: proposal.version for proposal in proposals if proposal.is_open}
    key = f"conflicts:{settings.BUILD}:{history.generation()}"
    known = cache.get(key, {})
    new = [pk for pk, version in wanted.items() if known.get(pk, (None,))[0] != version]
    found = look_now(new)
    if lasting := {pk: (wanted[pk], *look) for pk, look in found.items() if not look.waits}:
        cache.set(key, known | lasting, _CACHED)
    return {pk: found[pk] if pk in found else Look(*known[pk][1:]) for pk in wanted}


def look_now(proposals: Collection[int]) -> dict[int, Look]:
    """The same of proposals by primary key, and not from the cache: for a transaction.

    A fixed number of queries, unless many of them move something.
    """
    problems: dict[int, str] = {}
    is_there: dict[int, bool] = {}
    waiting = set[int]()
    if proposals:
        rows = Change.objects.filter(proposal__in=proposals)
        changes, references = ready_to_merge(rows.order_by("proposal", "position", "pk"))
        for change in changes:
            problem, is_done = _look(change, references)
            if problem and kinds.awaited(change, references):
                waiting.add(change.proposal_id)
            if problem:
                problems.setdefault(change.proposal_id, problem)
            is_there[change.proposal_id] = is_there.get(change.proposal_id, True) and is_done
    return {
        pk: Look(problems.get(pk, ""), is_there.get(pk, False), pk in waiting) for pk in proposals
    }


def problems(proposals: Iterable[Proposal] | None = None) -> dict[int, str]:
    """{primary key: sentence} of those that do not merge at present; arguments as of `looks`."""
    return {pk: look.problem for pk, look in looks(proposals).items() if look.problem}


def caused_by(proposal: Proposal) -> list[tuple[Proposal, str]]:
    """(open proposal, sentence) for each that no longer merge now that `proposal` has merged.

    Leaves out those whose author was notified of a conflict since they last changed it.
    """
    broken: dict[int, tuple[Proposal, str]] = {}
    rows = Change.objects.filter(_touching(proposal), proposal__status=Status.OPEN)
    changes, references = ready_to_merge(rows)
    for change in changes:
        problem, _ = _look(change, references)
        if problem and not kinds.awaited(change, references):
            broken.setdefault(change.proposal_id, (change.proposal, problem))
    return [pair for pair in broken.values() if not noted(pair[0])]


def noted(proposal: Proposal) -> list[str]:
    """What the log says of conflicts of the present version, the oldest first."""
    notes: list[str] = []
    for what, note in proposal.events.values_list("what", "note"):
        if what in _CHANGING:
            notes.clear()
        elif what == Event.What.CONFLICT:
            notes.append(note)
    return notes


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


def _look(change: Change, references: References) -> tuple[str, bool]:
    """(why one change does not merge, as a sentence, or "", whether the guide has it)."""
    try:
        result = kinds.merged(change, references)
    except (Gone, Pending) as gone:
        return str(gone), False
    if result.conflicts:
        return describe(change, result.conflicts), False
    return "", kinds.is_done(change, result.values)


def describe(change: Change, conflicts: Mapping[str, list[Clash]]) -> str:
    """The first conflict of a change, as a sentence. `conflicts` are by the names of fields."""
    name, clashes = next(iter(conflicts.items()))
    base, current, proposed = (words.strip() for words in clashes[0])
    if name == PLACE:
        row = targets.target(change)
        return (
            f"The guide has changed since. {wording.quoted(row) if row else 'It'} was moved to "
            f"{current} meanwhile, the proposal moves it to {proposed}."
        )
    field = fields_of(change.subject)[name]
    where = "" if field.shown == Shown.TEXT else f" ({field.label})"
    return f"The guide has changed since{where}. " + _sides(change, base, current, proposed)


def _sides(change: Change, base: str, current: str, proposed: str) -> str:
    if not base:
        theirs, ours = f"added “{current}”", f"adds “{proposed}”"
    elif not current:
        theirs, ours = f"removed “{base}”", f"makes it “{proposed}”"
    else:
        theirs, ours = f"made “{base}” into “{current}”", f"makes it “{proposed}”"
    if not proposed:
        ours = "removes it"
    if change.operation == Operation.RETIRE:
        ours = "retires it as it was"
    return f"Somebody {theirs}, the proposal {ours}."
