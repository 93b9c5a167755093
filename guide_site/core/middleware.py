"""Middleware of the site: response headers Django has no setting for, and invalid addresses."""

from django.http import Http404

_ISOLATION = {
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


class IsolationHeadersMiddleware:
    """Keep other origins from embedding what this site sends."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        for name, value in _ISOLATION.items():
            response.headers.setdefault(name, value)
        return response


class RefuseNulMiddleware:
    """Answer 404 to a NUL character in the path: PostgreSQL cannot compare it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if "\0" in request.path_info:
            raise Http404("No address holds a NUL character.")
        return self.get_response(request)


def for_static_files(headers, path, url):
    """The same for files that WhiteNoise sends."""
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
