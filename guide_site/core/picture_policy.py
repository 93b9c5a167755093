"""Which pictures of other sites a page may load: those of hosts that the guide allows.

The content policy forbids them everywhere. A page that shows one gets a wider policy for itself.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.module_loading import import_string

_MARK = b' referrerpolicy="no-referrer"'  # what `core.pictures` gives to pictures of other sites
EMBEDDER = "Cross-Origin-Embedder-Policy"
CONTENT = "Content-Security-Policy"


def allow_pictures(response: HttpResponseBase) -> None:
    """Let a page load the pictures of other sites that it shows; costs a query if there are any.

    Such pictures say nothing about sharing, so the page takes them without credentials instead of
    not at all.
    """
    is_page = response.headers.get("Content-Type", "").startswith("text/html")
    if not (is_page and isinstance(response, HttpResponse)) or response.streaming:
        return
    if "Content-Encoding" in response.headers or _MARK not in response.content:
        return
    if hosts := import_string(settings.PICTURE_HOSTS)():
        sources = [f"https://{host}" for host in hosts]
        response.headers[CONTENT] = build_policy(update={"img-src": sources})
        response.headers[EMBEDDER] = "credentialless"


def with_pictures(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Decorate a view whose page may show pictures of other sites: the page is stored so."""

    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        allow_pictures(response)
        return response

    return page
