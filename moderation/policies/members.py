"""Why something may not be asked of a member, or done to all their work: a sentence, or None."""

from django.contrib.auth.models import AnonymousUser

from guide_site.core import access
from guide_site.core.access import Permission, can
from guide_site.models import User
from moderation.models import Proposal
from moderation.states import Status

MOST_ASKED = 10  # by name, for one proposal


def why_not_ask(user: User | AnonymousUser, proposal: Proposal) -> str | None:
    """Why `user` may not ask somebody for a review of the proposal."""
    if proposal.status != Status.OPEN:
        return "Only for an open proposal is anybody asked for a review."
    if user.pk != proposal.author_id and not can(user, Permission.DECIDE):
        return "Only its author, editors and leads ask others for a review."
    if proposal.review_requests.exclude(asked_by=None).count() >= MOST_ASKED:
        return f"{MOST_ASKED} people were asked by name already: give them some time."
    return access.why_not(user, Permission.PROPOSE)


def why_not_be_asked(person: User, proposal: Proposal) -> str | None:
    """Why `person` may not be asked for a review of the proposal."""
    name = person.username
    if person.pk == proposal.author_id:
        return f"{name} wrote this proposal: ask somebody else."
    if not person.is_active or not can(person, Permission.COMMENT):
        return f"{name} cannot answer: this account may not take part in discussions."
    if proposal.review_requests.filter(reviewer=person).exists():
        return f"{name} was asked already."
    return None


def why_not_decline_as_spam(user: User, author: User) -> str | None:
    """Why `user` may not close all that `author` has open."""
    if reason := access.why_not(user, Permission.DECIDE):
        return reason
    if author.pk == user.pk:
        return "This is your own work: withdraw it instead."
    if can(author, Permission.DECIDE):
        return f"{author.username} moderates this guide: talk with each other, or ask a lead."
    return None


def why_not_appoint(user: User) -> str | None:
    """Why `user` may not say who looks after a section."""
    return access.why_not(user, Permission.APPOINT)
