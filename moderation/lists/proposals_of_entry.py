"""Who is changing an entry already: for the page on which one more member starts to."""

from dataclasses import dataclass

from django.db.models import Q

from entries.models import Entry
from guide_site.models import User
from moderation.models import Change, Operation, Proposal
from moderation.states import AMENDABLE, Status


@dataclass(frozen=True)
class TouchingProposal:
    """A proposal that changes an entry, as one member sees it.

    own_change   the change of the entry, if the proposal is the member's own; else None
    has_words    True if it gives the entry a text that others can build on
    """

    proposal: Proposal
    own_change: Change | None
    has_words: bool


def touching(entry: Entry, user: User) -> list[TouchingProposal]:
    """What changes `entry`: proposals that wait for a decision, and the member's own unfinished.

    A proposal to join another entry with this one is among them.

    The one that was opened first comes first. One query.
    """
    waiting = Q(status__in=[Status.OPEN, Status.CHANGES_REQUESTED])
    own = Q(author=user, status__in=AMENDABLE)
    about = Q(entry=entry) | Q(operation=Operation.JOIN, proposed__other=entry.pk)
    changes = (
        Change.objects.filter(about, proposal__in=Proposal.objects.filter(waiting | own))
        .order_by("proposal__opened_at", "proposal")
        .select_related("proposal__author")
    )
    return [
        TouchingProposal(
            proposal=change.proposal,
            own_change=change if change.proposal.author_id == user.pk else None,
            has_words=change.operation == Operation.EDIT and "body" in change.proposed,
        )
        for change in changes
    ]
