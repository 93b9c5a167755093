"""Pictures that are not in the guide yet, for those who may see them."""

from typing import Final

from django.contrib.auth.models import AnonymousUser

from guide_site.core.access import Permission, can
from guide_site.core.pictures.shown import Picture
from guide_site.models import User
from moderation.models import PendingPicture

_MOST: Final = 1000  # of so many, the newest ones, a page knows


def pending_pictures(viewer: User | AnonymousUser | None) -> dict[str, Picture]:
    """The pending pictures that somebody sees in texts, by name: one query."""
    if viewer is None or not viewer.is_authenticated:
        return {}
    rows = PendingPicture.objects.order_by("-pk")
    if not can(viewer, Permission.REVIEW):
        rows = rows.filter(author=viewer.pk)
    return {
        row.name: Picture(row.get_absolute_url(), row.width, row.height)
        for row in rows.only("name", "kind", "width", "height")[:_MOST]
    }
