"""Out of a conflict with what was retired meanwhile, by a button on the proposal's page."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from guide_site.core.access import Permission, requires
from guide_site.models import MemberRequest
from moderation import actions
from moderation.forms.reviews import ResolveForm
from moderation.views.proposal_page import load
from moderation.views.refusals import refusal_as_message


@requires(Permission.PROPOSE)
@require_POST
def resolve(request: MemberRequest, pk: int, change: int) -> HttpResponse:
    """Restore an entry with the proposed text, or put an addition elsewhere."""
    proposal = load(request, pk)
    conflicting = get_object_or_404(proposal.changes.select_related("entry", "section"), pk=change)
    form = ResolveForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Choose a section to put it into.")
        return redirect(proposal)
    data = form.cleaned_data
    seen = {"by": request.user, "version": data["version"]}
    with refusal_as_message(request):
        if data["section"]:
            actions.move_to_section(conflicting, data["section"], **seen)
        else:
            actions.restore_with_text(conflicting, **seen)
        messages.success(request, "Resolved: look at the change, it merges again.")
    return redirect(proposal)
