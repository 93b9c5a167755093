"""No text is lost: a form that arrives after its session ended is rescued and shown again.

The fields wait in the new, anonymous session, which survives logging in.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve

from guide_site.core.access import Permission, requires
from guide_site.core.pages import View

_KEY = "kept-forms"
_MAX_LENGTH = 60_000  # characters of one rescued form
_MOST = 5  # rescued forms of one session, so that several tabs can be rescued


def rescues_form(permission: Permission) -> Callable[[Callable[..., HttpResponse]], View]:
    """Decorate a form view for members whose role grants `permission`, as `requires`.

    A POST without a session is rescued, then the log-in page follows. On GET the view shows the
    rescued text by passing `rescued_fields(request)` to its form.
    """

    def decorator(view: Callable[..., HttpResponse]) -> View:
        allowed = requires(permission)(view)

        @wraps(allowed)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.user.is_authenticated:
                return allowed(request, *args, **kwargs)
            if request.method == "POST":
                _rescue(request)
            return redirect_to_login(request.get_full_path())

        vars(guarded)["rescues_form"] = True
        return login_not_required(guarded)

    return decorator


def rescued_fields(request: HttpRequest) -> QueryDict | None:
    """The rescued fields of this page, removed from the session; None if there are none."""
    forms = request.session.get(_KEY, {})
    fields = forms.pop(request.path, None)
    if fields is None:
        return None
    request.session[_KEY] = forms
    return QueryDict(fields)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Rescue a form whose token is stale and show it again, or explain what to do.

    Not a form that another site sent: nobody may plant text in a member's editor.

    reason  why Django refused the token; not used
    """
    if is_rescued_form(request.path) and _is_own(request):
        _rescue(request)
        if request.user.is_authenticated:
            return redirect(request.get_full_path())
        return redirect_to_login(request.get_full_path())
    if request.headers.get("X-Requested-With") == "XMLHttpRequest":
        words = "Your session has ended. Keep this page open and log in in another tab."
        return HttpResponse(f'<p class="notice">{words}</p>', status=403)
    return render(request, "stale_form.html", status=403)


def is_rescued_form(path: str) -> bool:
    """True if `path` is the address of a view behind `rescues_form`."""
    try:
        return getattr(resolve(path).func, "rescues_form", False)
    except Resolver404:
        return False


def _is_own(request: HttpRequest) -> bool:
    """False if the browser says that another origin sent the request."""
    origin = request.headers.get("Origin")
    return origin is None or origin == f"{request.scheme}://{request.get_host()}"


def _rescue(request: HttpRequest) -> None:
    fields = request.POST.copy()
    fields.pop("csrfmiddlewaretoken", None)
    if sum(len(value) for _, values in fields.lists() for value in values) > _MAX_LENGTH:
        messages.warning(request, "Your text was too long to keep. Go back to copy it.")
        return
    forms = list(request.session.get(_KEY, {}).items())[1 - _MOST :]
    request.session[_KEY] = dict(forms) | {request.path: fields.urlencode()}
