"""Reading pages: open to everyone, cached whole until the next published change."""

import gzip
import hashlib
import re
from functools import partial, wraps

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import HttpResponse, QueryDict
from django.utils.cache import patch_vary_headers
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import condition, require_safe

from guide_site.core import history

DAY = 24 * 60 * 60  # seconds
_LARGE = 256 * 1024  # bytes of a page
_GZIP = re.compile(r"\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))", re.I)


def public_page(view=None, *, state=None, params=(), for_all=False):
    """Decorate a view whose page is the same for every visitor.

    state   callable that names the state of what the page shows; a page is cached under
            (build, state, address) and never has to be invalidated. None: the guide with
            what hangs on it; of a file the guide alone
    params  names of the query parameters that the page depends on; the view sees no others,
            so that made-up ones cannot fill the cache
    for_all members get what visitors get: for files, which show nothing of their reader

    Visitors get the cached bytes and headers (ETag, 304, gzip) for one query. Members, and
    visitors who bring a session or a message, get a fresh page. With `PAGE_CACHE` off nothing
    is stored and nothing answered by 304, so an edited template shows at once.
    """
    if view is None:
        return partial(public_page, state=state, params=params, for_all=for_all)

    state = state or (history.generation if for_all else history.page_state)

    @wraps(view)
    def page(request, *args, **kwargs):
        request.GET = _only(request.GET, params)
        if not (for_all or _is_visitor(request)):
            return _fresh(view, request, *args, **kwargs)
        request.page_state = state()
        response = _for_visitors(request, *args, **kwargs)
        response["Cache-Control"] = "public, no-cache"
        patch_vary_headers(response, ["Cookie", "Accept-Encoding"])
        return response

    @condition(
        etag_func=lambda request, *args, **kwargs: _etag(request) if settings.PAGE_CACHE else None
    )
    def _for_visitors(request, *args, **kwargs):
        key = _key(request)
        stored = cache.get(key) if settings.PAGE_CACHE else None
        if stored is None:
            response = view(request, *args, **kwargs)
            if response.status_code != 200:
                return response
            forms = _forms(response)
            if settings.PAGE_CACHE:
                kept = _worth_keeping(forms, request)
                cache.set_many({_key(request, form): kept[form] for form in kept}, timeout=DAY)
            stored = forms[_form(request)]
        body, headers = stored
        return HttpResponse(body, headers=headers)

    return login_not_required(require_safe(page))


def _is_visitor(request):
    return not ({settings.SESSION_COOKIE_NAME, "messages"} & request.COOKIES.keys())


def _only(query, params):
    kept = QueryDict(mutable=True)
    for name in params:
        if name in query:
            kept.setlist(name, query.getlist(name))
    kept._mutable = False
    return kept


def _key(request, form=None):
    """A name for a form of the page that every cache takes, whatever is in the address."""
    site = f"{request.scheme}://{request.get_host()}"  # some pages hold absolute addresses
    name = f"{_etag(request)} {site}{request.path}?{request.GET.urlencode()}"
    return f"page:{form or _form(request)}:{hashlib.blake2s(name.encode()).hexdigest()}"


def _form(request):
    """“gzip” if the browser takes it, else “plain”: each is kept by itself, ready to send."""
    return "gzip" if _GZIP.search(request.headers.get("Accept-Encoding", "")) else "plain"


def _etag(request):
    # Weak, because the same page is sent plain and compressed.
    return f'W/"{settings.BUILD}-{request.page_state}"'.replace(" ", "")


def _forms(response):
    """What the cache keeps: (body, headers) of each form; compressed only if that saves much."""
    plain = response.content, dict(response.headers)
    compressed = gzip.compress(plain[0], compresslevel=6)
    if len(compressed) >= 0.9 * len(plain[0]):
        return {"plain": plain, "gzip": plain}
    return {"plain": plain, "gzip": (compressed, plain[1] | {"Content-Encoding": "gzip"})}


def _worth_keeping(forms, request):
    """Of a large page under query parameters, which have many values, only the small form."""
    is_large = len(forms["plain"][0]) > _LARGE
    return {"gzip": forms["gzip"]} if request.GET and is_large else forms


def _fresh(view, request, *args, **kwargs):
    response = gzip_page(view)(request, *args, **kwargs)
    response["Cache-Control"] = "private, no-cache"
    return response
