"""Context processor: what every template can show a member; visitors never cost a query here."""

from collections.abc import Callable, Mapping

from guide_site.models import MemberRequest
from moderation.models import Watch
from moderation.notifications import inbox


def member(request: MemberRequest) -> Mapping[str, Callable[[], object]]:
    """Return functions that templates call only where the user is logged in.

    request  of a visitor as well: the functions are not called then

    unread   number of notifications that they have not read
    watched  {kind of row: primary keys of what they watch}
    """

    def watched() -> dict[str, set[int]]:
        rows = Watch.objects.filter(user=request.user).values(*Watch.TARGETS)
        return {kind: {row[kind] for row in rows} for kind in Watch.TARGETS}

    return {"unread": lambda: inbox.unread(request.user), "watched": watched}
