"""Reading pages: open to everyone, cached whole until the next published change."""

import gzip
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


def public_page(view=None, *, state=history.generation, params=()):
    """Decorate a view whose page is the same for every visitor.

    state   callable that names the state of what the page shows; a page is cached under
            (build, state, address) and never has to be invalidated
    params  names of the query parameters that the page depends on; the view sees no others,
            so that made-up ones cannot fill the cache

    Visitors get the cached bytes (ETag, 304, gzip) for one query. Members, and visitors
    who bring a session or a message, get a fresh page.
    """
    if view is None:
        return partial(public_page, state=state, params=params)

    @wraps(view)
    def page(request, *args, **kwargs):
        request.GET = _only(request.GET, params)
        if not _is_visitor(request):
            return _fresh(view, request, *args, **kwargs)
        request.page_state = state()
        response = _for_visitors(request, *args, **kwargs)
        response["Cache-Control"] = "public, no-cache"
        patch_vary_headers(response, ["Cookie", "Accept-Encoding"])
        return response

    @condition(etag_func=lambda request, *args, **kwargs: _etag(request))
    def _for_visitors(request, *args, **kwargs):
        key = f"page:{_etag(request)}:{request.path}?{request.GET.urlencode()}"
        stored = cache.get(key) if settings.PAGE_CACHE else None
        if stored is None:
            response = view(request, *args, **kwargs)
            if response.status_code != 200:
                return response
            body, content_type = response.content, response["Content-Type"]
            stored = body, gzip.compress(body, compresslevel=6), content_type
            cache.set(key, stored, timeout=DAY)
        return _response(request, *stored)

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


def _etag(request):
    # Weak, because the same page is sent plain and compressed.
    return f'W/"{settings.BUILD}-{request.page_state}"'.replace(" ", "")


def _response(request, body, compressed, content_type):
    accepts_gzip = "gzip" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(compressed if accepts_gzip else body, content_type=content_type)
    if accepts_gzip:
        response["Content-Encoding"] = "gzip"
    return response


def _fresh(view, request, *args, **kwargs):
    response = gzip_page(view)(request, *args, **kwargs)
    response["Cache-Control"] = "private, no-cache"
    return response
