"""Lists of proposals, all and one's own, and how moderation is doing."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from guide_site.core.access import Permission, requires
from guide_site.core.filters import ClosedFilterSet
from guide_site.core.pages import public_page
from guide_site.models import MemberRequest
from moderation.lists import unfinished_texts
from moderation.lists.filters import ProposalListFilter
from moderation.lists.statistics import health
from moderation.lists.statistics_plot import plot
from moderation.models import Proposal
from moderation.views.proposal_page import moderation_state

PER_PAGE = 30


def list_state() -> str:
    """The state of all proposals and the hour: a list by age goes on as time does."""
    return f"{moderation_state()}.{timezone.now():%Y%m%d%H}"


@public_page(
    state=list_state,
    params=("status", "section", "service", "kind", "age", "author", "page"),
)
def proposals(request: HttpRequest) -> HttpResponse:
    """Every proposal that was ever sent, newest first."""
    everything = Proposal.objects.public().for_list().order_by("-opened_at", "-pk")
    context = list_page(request, ProposalListFilter(request.GET, queryset=everything))
    context |= {
        "heading": "All proposals",
        "empty": "Nobody has proposed anything like this yet.",
        "place": "proposals",
        "unfinished": [],
    }
    return render(request, "moderation/proposals.html", context)


@require_safe
@requires(Permission.PROPOSE)
def mine(request: MemberRequest) -> HttpResponse:
    """What the member has proposed, drafts included."""
    own = Proposal.objects.filter(author=request.user).for_list().order_by("-pk")
    page = Paginator(own, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "query": "",
        "heading": "My proposals",
        "empty": "You have proposed nothing yet: open any entry and choose “Edit”.",
        "unfinished": unfinished_texts.texts_of(request.user),
    }
    return render(request, "moderation/proposals.html", context)


@public_page(state=list_state)
def moderation_health(request: HttpRequest) -> HttpResponse:
    """How much waits, how long, where, and what became of the rest."""
    now = health()
    return render(request, "moderation/health.html", {"health": now, "plot": plot(now.months)})


def list_page(request: HttpRequest, rows: ClosedFilterSet) -> dict[str, Any]:
    """The context of a filtered list in pages: `filter`, `page`, and `query` of its other pages."""
    query = request.GET.copy()
    query.pop("page", None)
    page = Paginator(rows.matches, PER_PAGE).get_page(request.GET.get("page"))
    return {"filter": rows, "page": page, "query": query.urlencode()}
