"""Variables that every template may use."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from guide_site.core.access import Permission, can


def site(request: HttpRequest) -> dict[str, Any]:
    """A context processor: what pages say about the site and its reader.

    may_sign_up  True if visitors may create an account
    may_edit_facts  function: True if the reader may change the settings of the guide
    may_review   function: True if the reader sees the review queue; only a page that asks pays
                 for the query
    """

    def may_review() -> bool:
        return can(request.user, Permission.REVIEW)

    def may_edit_facts() -> bool:
        return can(request.user, Permission.EDIT_FACTS)

    return {
        "may_sign_up": settings.SIGNUP == "open",
        "may_edit_facts": may_edit_facts,
        "may_review": may_review,
    }
