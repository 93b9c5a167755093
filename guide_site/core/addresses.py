"""Addresses that no page can have."""

from django.http import Http404


class RefuseNulMiddleware:
    """404 for a NUL character: PostgreSQL cannot compare it, so that a look-up would fail."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if "\0" in request.path_info:
            raise Http404("No address holds a NUL character.")
        return self.get_response(request)
