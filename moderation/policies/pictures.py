"""How many pictures of members wait for a merge, and who sees them."""

from typing import Final

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Sum

from guide_site.core import access
from guide_site.core.access import Permission, can
from guide_site.models import User
from moderation.models import PendingPicture

MOST_PENDING: Final = 20  # pictures of one member that are not in the guide yet
MAX_PENDING: Final = 20_000_000  # bytes of their files


def why_not_upload(user: User, size: int) -> str | None:
    """Why `user` may not send a picture of so many bytes."""
    if reason := access.why_not(user, Permission.PROPOSE):
        return reason
    waiting = PendingPicture.objects.filter(author=user).order_by()
    sums = waiting.aggregate(count=Count("pk"), total=Sum("original_size"))
    if sums["count"] >= MOST_PENDING:
        return f"{MOST_PENDING} of your pictures wait for a merge: no more until some are in."
    if (sums["total"] or 0) + size > MAX_PENDING:
        limit = MAX_PENDING // 1_000_000
        return f"With it, your pictures that wait for a merge would have more than {limit} MB."
    return None


def may_see_picture(user: User | AnonymousUser, picture: PendingPicture) -> bool:
    """True for its author, and for reviewers. It becomes public by the merge alone."""
    return user.pk == picture.author_id or can(user, Permission.REVIEW)
