"""Why the open work of somebody may not be declined as spam: a sentence, or None."""

from guide_site.core import access
from guide_site.core.access import Permission, can


def why_not_decline_as_spam(user, author):
    """Whether `user` may close all that `author` has open."""
    if reason := access.why_not(user, Permission.DECIDE):
        return reason
    if author.pk == user.pk:
        return "This is your own work: withdraw it instead."
    if can(author, Permission.DECIDE):
        return f"{author.username} moderates this guide: talk with each other, or ask a lead."
    return None
