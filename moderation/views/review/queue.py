"""What reviewers do with many proposals: look through the queue, clear away spam."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from guide_site.core import rescued_forms
from guide_site.core.access import Permission, can, requires
from guide_site.models import MemberRequest, User
from moderation import actions, policies
from moderation.forms.reviews import SpamForm
from moderation.lists import queue
from moderation.lists.filters import QueueFilter
from moderation.models import Proposal
from moderation.views.lists import list_page
from moderation.views.opened_forms import typed_fields
from moderation.views.refusals import refusal_in_form


@require_safe
@requires(Permission.REVIEW)
def review(request: MemberRequest) -> HttpResponse:
    """What waits for a decision: first what waits for this reviewer, oldest first."""
    everything = queue.in_order_for(request.user, Proposal.objects.public().for_list())
    proposals = QueueFilter(request.GET, queryset=everything)
    context = list_page(request, proposals)
    context["queued"] = queue.queued(context["page"].object_list)
    may_decline_all = context["queued"] and can(request.user, Permission.DECIDE)
    context["author"] = _named_author(proposals) if may_decline_all else ""
    return render(request, "moderation/queue.html", context)


@rescued_forms.rescues_form(Permission.DECIDE)
def spam(request: MemberRequest, name: str) -> HttpResponse:
    """Decline all that somebody has open as spam, after a look at it."""
    author = get_object_or_404(User, username__iexact=name)
    proposals, reports = actions.open_work(author)
    form = SpamForm(typed_fields(request))
    if request.method == "POST" and form.is_valid():
        with refusal_in_form(form):
            number = actions.decline_as_spam(author, by=request.user, **form.cleaned_data)
            messages.success(request, f"{number} closed as spam. They stay readable.")
            return redirect("review")
    context = {
        "author": author,
        "proposals": proposals,
        "reports": reports,
        "form": form,
        "why_not": policies.why_not_decline_as_spam(request.user, author),
    }
    return render(request, "moderation/spam.html", context)


def _named_author(proposals: QueueFilter) -> str:
    """The name of the author that a filter asks for, or ""."""
    return str(proposals.form.cleaned_data["author"]) if proposals.is_valid() else ""
