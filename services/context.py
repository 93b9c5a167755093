"""Context processor: whether pages speak of the catalogue."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from services.reading.presence import is_shown


def catalogue(request: HttpRequest) -> dict[str, Any]:
    """Return what tells templates of the catalogue; a page that does not ask costs no query.

    has_catalogue   True if the guide has one, with something in it
    """
    return {"has_catalogue": SimpleLazyObject(is_shown)}
