"""Response headers that Django has no setting for."""

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


def for_static_files(headers, path, url):
    """The same for files that WhiteNoise sends."""
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
