"""Nothing typed is lost: a form that arrives after its session ended is kept and shown again.

The fields wait in the (new, anonymous) session, which survives logging in.
"""

from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve

_KEY = "kept-forms"
_MAX_LENGTH = 60_000  # characters of one kept form
_MOST = 5  # kept forms of one session, so that several tabs can be rescued


def keeps_form(view):
    """Decorate a form view: a POST without a session is kept, then the log-in page follows.

    The view shows what was kept by passing `kept.take(request)` to its form on GET.
    """

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        if request.method == "POST":
            _keep(request)
        return redirect_to_login(request.get_full_path())

    guarded.keeps_form = True
    return login_not_required(guarded)


def take(request):
    """The kept fields of this page as a QueryDict, once; None if there are none."""
    kept = request.session.get(_KEY, {})
    fields = kept.pop(request.path, None)
    if fields is None:
        return None
    request.session[_KEY] = kept
    return QueryDict(fields)


def csrf_failure(request, reason=""):
    """A form whose token is stale: keep it and show it again, or explain what to do.

    Not for a form that another site sent: nobody may plant text in a member's editor.
    """
    if is_kept_form(request.path) and _is_own(request):
        _keep(request)
        if request.user.is_authenticated:
            return redirect(request.get_full_path())
        return redirect_to_login(request.get_full_path())
    if request.headers.get("X-Requested-With") == "XMLHttpRequest":
        words = "Your session has ended. Keep this page open and log in in another tab."
        return HttpResponse(f'<p class="notice">{words}</p>', status=403)
    return render(request, "stale_form.html", status=403)


def is_kept_form(path):
    """True for the address of a form that keeps what was typed."""
    try:
        return getattr(resolve(path).func, "keeps_form", False)
    except Resolver404:
        return False


def _is_own(request):
    """False if the browser says that another origin sent the request."""
    origin = request.headers.get("Origin")
    return origin is None or origin == f"{request.scheme}://{request.get_host()}"


def _keep(request):
    fields = request.POST.copy()
    fields.pop("csrfmiddlewaretoken", None)
    if sum(len(value) for _, values in fields.lists() for value in values) > _MAX_LENGTH:
        messages.warning(request, "Your text was too long to keep. Go back to copy it.")
        return
    kept = list(request.session.get(_KEY, {}).items())[1 - _MOST :]
    request.session[_KEY] = dict(kept) | {request.path: fields.urlencode()}
