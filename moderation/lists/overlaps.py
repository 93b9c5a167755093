"""What other proposals do to the same rows of the guide, for authors and reviewers."""

import re
from collections.abc import Collection, Iterable, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from django.db.models import Model, Q

from entries.models import Entry, Section
from moderation.changes.versions import SUBJECTS
from moderation.models import Change, Operation, Proposal, Subject
from moderation.states import Status

WAITING = [Status.OPEN, Status.CHANGES_REQUESTED]
MOST = 20  # proposals that a page names
MOST_COMPARED = 300  # texts that an addition is compared with
ALIKE = 0.8  # of two texts, from 0 to 1: the words in the same order
_ROWS = (Subject.SERVICE, Subject.OFFERING, Subject.LEGEND_TAG, Subject.GUIDE)


class Overlap(NamedTuple):
    """Another proposal that waits, and those of its changes that are about the same."""

    proposal: Proposal
    changes: list[Change]


class Twin(NamedTuple):
    """A text that is nearly that of an addition: a live entry, or the addition of another Change.

    addition   the change that adds it again
    """

    addition: Change
    entry: Entry | None
    other: Change | None


def overlapping(changes: Sequence[Change]) -> list[Overlap]:
    """Other proposals that change what these changes of one proposal change: one query."""
    entries = {change.entry_id for change in changes} - {None}
    entries |= {change.proposed["other"] for change in changes if "other" in change.proposed}
    about = Q(entry__in=entries) | Q(operation=Operation.JOIN, proposed__other__in=list(entries))
    sections = {change.section_id for change in changes if change.subject == Subject.SECTION}
    about |= Q(subject=Subject.SECTION, section__in=sections - {None})
    for name in _ROWS:
        numbers = {getattr(change, f"{name}_id") for change in changes} - {None}
        about |= Q(**{f"{name}__in": numbers})
    return _waiting(about, but=changes[0].proposal_id) if changes else []


def about(row: Model) -> list[Overlap]:
    """Proposals that change a row of the guide: one query."""
    subject = SUBJECTS[type(row)]
    return _waiting(Q(subject=subject, **{subject.value: row}), but=None)


def within(sections: Collection[Section]) -> list[Overlap]:
    """Proposals that change entries of these sections, or add some there: one query."""
    return _waiting(Q(section__in=sections) & ~Q(subject=Subject.SECTION), but=None)


def twins(changes: Iterable[Change]) -> list[Twin]:
    """Entries, and additions that wait, that say nearly what these changes add in their section.

    Two queries if one of them is an addition of an entry, else none.
    """
    added = [c for c in changes if c.subject == Subject.ENTRY and c.operation == Operation.ADD]
    places = {change.section_id for change in added} - {None}
    if not places:
        return []
    own = added[0].proposal_id
    live = Entry.objects.live().filter(section__in=places).order_by("-pk")[:MOST_COMPARED]
    others = Change.objects.filter(
        subject=Subject.ENTRY,
        operation=Operation.ADD,
        section__in=places,
        proposal__status__in=WAITING,
    ).exclude(proposal=own)
    entries = list(live.only("body", "section"))
    additions = list(others.select_related("proposal__author").order_by("-pk")[:MOST_COMPARED])
    found = []
    for change in added:
        body = change.proposed["body"]
        found += [
            Twin(change, entry, None)
            for entry in entries
            if entry.section_id == change.section_id and _alike(body, entry.body)
        ]
        found += [
            Twin(change, None, other)
            for other in additions
            if other.section_id == change.section_id and _alike(body, other.proposed["body"])
        ]
    return found[:MOST]


def _waiting(about: Q, *, but: int | None) -> list[Overlap]:
    """The changes of waiting proposals that `about` finds, by proposal, the oldest first.

    but  the proposal that is left out
    """
    rows = (
        Change.objects.filter(about, proposal__status__in=WAITING)
        .exclude(proposal=but)
        .select_related("proposal__author", "entry", *_ROWS, "section")
        .order_by("proposal__opened_at", "proposal", "position", "pk")
    )
    found: dict[int, Overlap] = {}
    for change in rows[: MOST * 10]:
        found.setdefault(change.proposal_id, Overlap(change.proposal, [])).changes.append(change)
    return list(found.values())[:MOST]


def _alike(text: str, other: str) -> bool:
    """True if two texts have nearly the same words in the same order."""
    first, second = (re.findall(r"\w+", each.casefold()) for each in (text, other))
    words = SequenceMatcher(None, first, second, autojunk=False)
    return words.real_quick_ratio() >= ALIKE and words.ratio() >= ALIKE
