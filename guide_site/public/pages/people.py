"""The page of a member: what they contributed."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from guide_site.core.access import Permission, can, roles_of
from guide_site.models import User
from moderation import owners
from moderation.models import Proposal
from moderation.states import Status


@login_not_required
@require_safe
def person(request: HttpRequest, name: str) -> HttpResponse:
    """Their proposals, newest first, and how many were merged.

    Not cached, because an account changes without a revision.
    """
    member = get_object_or_404(User, username__iexact=name, is_active=True)
    sent = Proposal.objects.public().filter(author=member).for_list().order_by("-opened_at", "-pk")
    context = {
        "member": member,
        "roles": roles_of(member),
        "may_decide": request.user.is_authenticated and can(request.user, Permission.DECIDE),
        "looks_after": owners.sections_of(member),
        "merged": sent.filter(status=Status.MERGED).count(),
        "page": Paginator(sent, 30).get_page(request.GET.get("page")),
    }
    return render(request, "public/person.html", context)
