"""What a member has given to the guide."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render

from guide_site.core.access import roles_of
from guide_site.core.pages import public_page
from guide_site.models import User
from moderation.models import Proposal
from moderation.states import Status
from moderation.views.reviewing import moderation_state


@public_page(state=moderation_state, params=("page",))
def person(request, name):
    """Their proposals that were sent, newest first; how many were merged."""
    member = get_object_or_404(User, username__iexact=name, is_active=True)
    sent = Proposal.objects.public().filter(author=member).for_list().order_by("-opened_at", "-pk")
    context = {
        "member": member,
        "roles": roles_of(member),
        "merged": sent.filter(status=Status.MERGED).count(),
        "page": Paginator(sent, 30).get_page(request.GET.get("page")),
    }
    return render(request, "public/person.html", context)
