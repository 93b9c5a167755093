"""How the API answers: JSON for every origin, cached like pages, problems as sentences."""

from functools import wraps

from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponse, JsonResponse

from guide_site.core.pages import public_page

# Everything here is public and asks for no cookie, so that pages of other sites may read it.
_FOR_EVERY_ORIGIN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "If-None-Match",
    "Access-Control-Max-Age": "86400",
}
_METHODS = "GET, HEAD, OPTIONS"


class Invalid(BadRequest):
    """Query parameters that make no sense: {name: sentence}."""

    def __init__(self, errors):
        super().__init__(" ".join(f"{name}: {sentence}" for name, sentence in errors.items()))
        self.parameters = list(errors)


def api(params=()):
    """Decorate a view of the API, as @public_page, for programs of all origins.

    params  names of the query parameters that there are; others are refused
    """

    def decorator(view):
        page = public_page(view, params=params, for_all=True)

        @wraps(page)
        def answer(request, *args, **kwargs):
            response = _answer(request, page, params, args, kwargs)
            for name, value in _FOR_EVERY_ORIGIN.items():
                response[name] = value
            return response

        answer.csrf_exempt = True  # it only reads, and refuses other methods in JSON
        return answer

    return decorator


def _answer(request, page, params, args, kwargs):
    if request.method == "OPTIONS":
        return HttpResponse(status=204, headers=_PREFLIGHT | {"Allow": _METHODS})
    if request.method not in ("GET", "HEAD"):
        return _problem("This API only reads: use GET.", 405, headers={"Allow": _METHODS})
    try:
        if unknown := [name for name in request.GET if name not in params]:
            raise Invalid({name: _no_such(params) for name in unknown})
        return page(request, *args, **kwargs)
    except Invalid as invalid:
        return _problem(str(invalid), 400, invalid.parameters)
    except Http404 as missing:
        return _problem(str(missing), 404)


def _no_such(params):
    known = ", ".join(sorted(params))
    return f"There is no such parameter; there are {known}." if known else "None is expected here."


def _problem(sentence, status, parameters=(), headers=None):
    data = {"error": sentence, "parameters": list(parameters)}
    return json(data, status=status, headers=headers)


def json(data, **options):
    """An answer in JSON, with emoji and quotes as they are."""
    return JsonResponse(data, json_dumps_params={"ensure_ascii": False}, **options)
