"""Middleware of the site: response headers Django has no setting for, and invalid addresses."""

from collections.abc import Callable
from http import HTTPStatus
from wsgiref.headers import Headers

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from guide_site.core.picture_policy import CONTENT, EMBEDDER, allow_pictures

_GetResponse = Callable[[HttpRequest], HttpResponseBase]

_ISOLATION = {
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


class IsolationHeadersMiddleware:
    """Keep other origins from embedding what this site sends."""

    def __init__(self, get_response: _GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if EMBEDDER not in response.headers:
            allow_pictures(response)
        for name, value in _ISOLATION.items():
            response.headers.setdefault(name, value)
        if response.status_code == HTTPStatus.NOT_MODIFIED:
            # The browser shows its own copy, under the policies that came with it.
            for name in (CONTENT, EMBEDDER):
                response.headers.pop(name, None)
        return response


class RefuseNulMiddleware:
    """Respond with 404 to a NUL character in the path: PostgreSQL cannot compare it."""

    def __init__(self, get_response: _GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if "\0" in request.path_info:
            raise Http404("No address holds a NUL character.")
        return self.get_response(request)


def for_static_files(headers: Headers, path: str, url: str) -> None:
    """Set the headers of a static file that WhiteNoise sends (WHITENOISE_ADD_HEADERS_FUNCTION).

    headers  the headers of the response, changed in place
    path     where the file lies on this machine; not used
    url      its address, without the host; not used
    """
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
