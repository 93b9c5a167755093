"""What a member watches."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from guide_site.models import MemberRequest
from moderation import actions
from moderation.forms.members import WatchForm
from moderation.models import Watch

PER_PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
def watching(request: MemberRequest) -> HttpResponse:
    """The things that the member watches; a POST takes one up or drops it."""
    if request.method == "POST":
        return _watch(request)
    own = Watch.objects.filter(user=request.user).select_related(*Watch.TARGETS).order_by("-pk")
    page = Paginator(own, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "moderation/watching.html", {"page": page})


def _watch(request: MemberRequest) -> HttpResponse:
    """Back to the page of the thing, or to the list if the button stood there."""
    form = WatchForm(request.POST)
    target = form.target if form.is_valid() else None
    if target is None:
        messages.error(request, "There is no such thing to watch, or it is no longer there.")
        return redirect("watching")
    if form.cleaned_data["do"] == "watch":
        actions.watch(target, by=request.user)
        messages.success(request, f"You watch “{target}”: what happens to it is in your inbox.")
    else:
        actions.unwatch(target, by=request.user)
        messages.success(request, f"You no longer watch “{target}”.")
    return redirect("watching" if "listed" in request.POST else target)
