"""The responses of the API: JSON for every origin, cached like pages, problems as sentences."""

from collections.abc import Callable, Collection, Iterable, Mapping
from functools import wraps
from typing import Any

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from guide_site.core.pages import View, public_page

# Everything here is public and needs no cookie, so pages of other sites may read it.
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
    """Raised for invalid query parameters.

    errors  a sentence for each of them, by name
    """

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__(" ".join(f"{name}: {sentence}" for name, sentence in errors.items()))
        self.parameters = list(errors)


def api(params: Collection[str] = ()) -> Callable[[View], View]:
    """Decorate a view of the API, as `public_page` does, for programs of all origins.

    params  names of the query parameters that exist; others are refused
    """

    def decorator(view: View) -> View:
        page = public_page(params=params, for_all=True)(view)

        @wraps(page)
        def for_every_origin(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            response = _respond(request, page, params, *args, **kwargs)
            for name, value in _FOR_EVERY_ORIGIN.items():
                response[name] = value
            return response

        return csrf_exempt(for_every_origin)  # it only reads, and refuses other methods in JSON

    return decorator


def _respond(
    request: HttpRequest, page: View, params: Collection[str], *args: Any, **kwargs: Any
) -> HttpResponse:
    """The page, or what is wrong with the request as JSON."""
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


def _no_such(params: Collection[str]) -> str:
    known = ", ".join(sorted(params))
    return f"There is no such parameter; there are {known}." if known else "None is expected here."


def _problem(
    sentence: str,
    status: int,
    parameters: Iterable[str] = (),
    headers: Mapping[str, str] | None = None,
) -> JsonResponse:
    data = {"error": sentence, "parameters": list(parameters)}
    return json(data, status=status, headers=headers)


def json(
    data: dict[str, Any], status: int = 200, headers: Mapping[str, str] | None = None
) -> JsonResponse:
    """A JSON response, with emoji and quotes as they are."""
    dumps = {"ensure_ascii": False}
    return JsonResponse(data, status=status, headers=headers, json_dumps_params=dumps)
