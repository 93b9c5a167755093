"""Context processor: the guide's own facts, for every template."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from entries.models import Guide


def facts_of(request: HttpRequest) -> Guide:
    """The facts of the guide, read once for a request."""
    known = vars(request)
    if "guide_facts" not in known:
        known["guide_facts"] = Guide.current()
    facts: Guide = known["guide_facts"]
    return facts


def guide(request: HttpRequest) -> dict[str, Any]:
    """Return the facts; they are read, in one query, when a page first shows one.

    guide       the Guide
    guide_name  what it is called
    """
    facts = SimpleLazyObject(lambda: facts_of(request))
    return {"guide": facts, "guide_name": SimpleLazyObject(lambda: str(facts))}
