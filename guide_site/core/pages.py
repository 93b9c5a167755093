"""Reading pages: open to everyone, cached whole until the next published change."""

import gzip
import hashlib
import re
from collections.abc import Callable, Collection
from functools import wraps
from typing import Any, Literal, NamedTuple, TypeAlias, cast, overload

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from guide_site.core import history
from guide_site.core.picture_policy import with_pictures

View: TypeAlias = Callable[..., HttpResponse]  # takes the request, then what is in the address

DAY = 24 * 60 * 60  # seconds
_UNSTORED = "no-store"  # marks a page that `unstored` returned
_LARGE = 256 * 1024  # bytes of a page
_GZIP = re.compile(r"\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))", re.I)

_Encoding: TypeAlias = Literal["plain", "gzip"]


class _Stored(NamedTuple):
    """A page as the cache stores it, ready to send."""

    body: bytes
    headers: dict[str, str]


@overload
def public_page(view: View, /) -> View: ...


@overload
def public_page(
    *,
    state: Callable[[], object] | None = None,
    params: Collection[str] = (),
    for_all: bool = False,
) -> Callable[[View], View]: ...


def public_page(
    view: View | None = None,
    /,
    *,
    state: Callable[[], object] | None = None,
    params: Collection[str] = (),
    for_all: bool = False,
) -> View | Callable[[View], View]:
    """Decorate a view whose page is the same for every visitor.

    state    function whose result, as text, names the state of what the page shows; a page is
             cached under (build, state, address), so nothing ever needs to be invalidated.
             None: `history.page_state`, or `history.file_state` with `for_all`
    params   names of the query parameters that the page depends on; the view sees no others,
             so that made-up ones cannot fill the cache
    for_all  members get what visitors get: for files, which show nothing of their reader

    Visitors get the cached bytes and headers (ETag, 304, gzip) for one query. Members, and
    visitors with a session or a message, get a fresh page. With PAGE_CACHE off there is neither
    cache nor 304, so an edited template shows at once.
    """
    state_of_page = state or (history.file_state if for_all else history.page_state)

    def decorator(view: View) -> View:
        view = with_pictures(view)

        @wraps(view)
        def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            request.GET = cast(Any, _only(request.GET, params))
            if for_all or _is_visitor(request):
                return _for_visitors(view, state_of_page, request, *args, **kwargs)
            return _fresh(view, request, *args, **kwargs)

        return login_not_required(require_safe(page))

    return decorator(view) if view else decorator


def unstored(page: HttpResponse) -> HttpResponse:
    """A page that is made again for each visit: of an address that somebody made up.

    Without it, made-up values of a parameter that the page does depend on fill the cache.
    """
    page["Cache-Control"] = _UNSTORED
    return page


def _is_visitor(request: HttpRequest) -> bool:
    return not ({settings.SESSION_COOKIE_NAME, "messages"} & request.COOKIES.keys())


def _only(query: QueryDict, params: Collection[str]) -> QueryDict:
    """The parameters of `query` that are named in `params`, as an immutable QueryDict."""
    selected = QueryDict(mutable=True)
    for name in params:
        if name in query:
            selected.setlist(name, query.getlist(name))
    selected._mutable = False
    return selected


def _for_visitors(
    view: View, state: Callable[[], object], request: HttpRequest, *args: Any, **kwargs: Any
) -> HttpResponse:
    """The page for everyone; if PAGE_CACHE is on from the cache, or 304 if the browser has it."""
    if settings.PAGE_CACHE:
        # Weak, because the same page is sent plain and compressed.
        etag = f'W/"{settings.BUILD}-{state()}"'.replace(" ", "")
        response = get_conditional_response(request, etag=etag)
        response = response or _cached(view, etag, request, *args, **kwargs)
        response.headers.setdefault("ETag", etag)
    else:
        response = gzip_page(view)(request, *args, **kwargs)
    response["Cache-Control"] = "public, no-cache"
    patch_vary_headers(response, ["Cookie", "Accept-Encoding"])
    return response


def _cached(view: View, etag: str, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """The page from the cache, or made by `view` and stored there."""
    encoding = _accepted_encoding(request)
    stored: _Stored | None = cache.get(_key(request, etag, encoding))
    if stored is None:
        response = view(request, *args, **kwargs)
        if response.status_code != 200 or response.get("Cache-Control") == _UNSTORED:
            return response
        encodings = _encodings(response)
        worthwhile = _worth_storing(encodings, request)
        cache.set_many({_key(request, etag, name): worthwhile[name] for name in worthwhile}, DAY)
        stored = encodings[encoding]
    return HttpResponse(stored.body, headers=stored.headers)


def _key(request: HttpRequest, etag: str, encoding: _Encoding) -> str:
    """A cache key that every cache accepts, whatever is in the address."""
    site = f"{request.scheme}://{request.get_host()}"  # some pages hold absolute addresses
    name = f"{etag} {site}{request.path}?{request.GET.urlencode()}"
    return f"page:{encoding}:{hashlib.blake2s(name.encode()).hexdigest()}"


def _accepted_encoding(request: HttpRequest) -> _Encoding:
    """“gzip” if the browser accepts it, else “plain”; each is stored separately."""
    return "gzip" if _GZIP.search(request.headers.get("Accept-Encoding", "")) else "plain"


def _encodings(response: HttpResponse) -> dict[_Encoding, _Stored]:
    """The response in both encodings; compressed only if that saves much."""
    plain = _Stored(response.content, dict(response.headers))
    compressed = gzip.compress(plain.body, compresslevel=6)
    if len(compressed) >= 0.9 * len(plain.body):
        return {"plain": plain, "gzip": plain}
    zipped = _Stored(compressed, plain.headers | {"Content-Encoding": "gzip"})
    return {"plain": plain, "gzip": zipped}


def _worth_storing(
    encodings: dict[_Encoding, _Stored], request: HttpRequest
) -> dict[_Encoding, _Stored]:
    """Of a large page under query parameters, which have many values, only the small one."""
    is_large = len(encodings["plain"].body) > _LARGE
    return {"gzip": encodings["gzip"]} if request.GET and is_large else encodings


def _fresh(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    response = gzip_page(view)(request, *args, **kwargs)
    response["Cache-Control"] = "private, no-cache"
    return response
