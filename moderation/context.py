"""What templates may use for a member; visitors never cost a query here."""

from moderation import inbox


def member(request):
    """The number of unread notices. Ask for it only where the user is logged in."""
    return {"unread": lambda: inbox.unread(request.user)}
