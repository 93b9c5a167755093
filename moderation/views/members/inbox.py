"""The inbox: what a member was told, and what they have read of it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from guide_site.models import MemberRequest
from moderation.forms.members import ReadForm
from moderation.notifications import inbox as notices

PER_PAGE = 20


@require_http_methods(["GET", "HEAD", "POST"])
def inbox(request: MemberRequest) -> HttpResponse:
    """Unread things first; a POST marks one or all of them as read."""
    if request.method == "POST":
        return _mark(request)
    page = Paginator(notices.subjects(request.user), PER_PAGE).get_page(request.GET.get("page"))
    threads = notices.threads(request.user, list(page))
    context = {
        "page": page,
        "threads": threads,
        "newest": max((thread.notices[0].pk for thread in threads), default=None),
    }
    return render(request, "moderation/inbox.html", context)


def _mark(request: MemberRequest) -> HttpResponse:
    form = ReadForm(request.POST)
    if form.is_valid():
        notices.mark_read(request.user, **form.cleaned_data)
    else:
        messages.error(request, "This did not say what to mark as read: try again.")
    return redirect("inbox")
