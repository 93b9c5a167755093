"""Context processor: the guide's own facts, for every template."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from entries.models import Guide


def guide(request: HttpRequest) -> dict[str, Any]:
    """Return the facts; a page that shows none costs no query, any other one.

    guide       the Guide
    guide_name  what it is called
    """
    facts = SimpleLazyObject(Guide.current)
    return {"guide": facts, "guide_name": SimpleLazyObject(lambda: str(facts))}
