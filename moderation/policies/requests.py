"""Who may ask for a review of a proposal, and who may be asked."""

from guide_site.core import access
from guide_site.core.access import Permission, can
from moderation.states import Status

MOST_ASKED = 10  # by name, for one proposal


def why_not_ask(user, proposal):
    """Whether `user` may ask somebody for a review of the proposal."""
    if proposal.status != Status.OPEN:
        return "Only for an open proposal is anybody asked for a review."
    if user.pk != proposal.author_id and not can(user, Permission.DECIDE):
        return "Only its author, editors and leads ask others for a review."
    if proposal.review_requests.exclude(asked_by=None).count() >= MOST_ASKED:
        return f"{MOST_ASKED} people were asked by name already: give them some time."
    return access.why_not(user, Permission.PROPOSE)


def why_not_be_asked(person, proposal):
    """Whether `person` may be asked for a review of the proposal."""
    name = person.username
    if person.pk == proposal.author_id:
        return f"{name} wrote this proposal: ask somebody else."
    if not person.is_active or not can(person, Permission.COMMENT):
        return f"{name} cannot answer: this account may not take part in discussions."
    if proposal.review_requests.filter(reviewer=person).exists():
        return f"{name} was asked already."
    return None
