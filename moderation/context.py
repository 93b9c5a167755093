"""What templates may use for a member; visitors never cost a query here."""

from moderation.models import Watch
from moderation.notifications import inbox


def member(request):
    """What is asked for only where the user is logged in.

    unread    how many notices they have not read
    watched   primary keys of what they watch, by kind
    """

    def watched():
        rows = Watch.objects.filter(user=request.user).values(*Watch.TARGETS)
        return {kind: {row[kind] for row in rows} for kind in Watch.TARGETS}

    return {"unread": lambda: inbox.unread(request.user), "watched": watched}
