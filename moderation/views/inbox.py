"""The inbox: what a member was told, and what they have read of it."""

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from moderation import inbox as notices

PER_PAGE = 20
LARGEST = 2**63 - 1  # what both databases take as a primary key


class ReadForm(forms.Form):
    """What to mark as read: one thing, or all up to the newest notice that was shown."""

    proposal = forms.IntegerField(required=False, min_value=1, max_value=LARGEST)
    report = forms.IntegerField(required=False, min_value=1, max_value=LARGEST)
    until = forms.IntegerField(min_value=1, max_value=LARGEST)


@require_http_methods(["GET", "HEAD", "POST"])
def inbox(request):
    """Unread things first; a POST marks one or all of them as read."""
    if request.method == "POST":
        return _mark(request)
    page = Paginator(notices.things(request.user), PER_PAGE).get_page(request.GET.get("page"))
    threads = notices.threads(request.user, list(page))
    context = {
        "page": page,
        "threads": threads,
        "newest": max((thread.notices[0].pk for thread in threads), default=None),
    }
    return render(request, "moderation/inbox.html", context)


def _mark(request):
    form = ReadForm(request.POST)
    if form.is_valid():
        notices.mark_read(request.user, **form.cleaned_data)
    else:
        messages.error(request, "This did not say what to mark as read: try again.")
    return redirect("inbox")
