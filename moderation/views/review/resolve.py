"""Out of a conflict with what was retired or moved, by a button on the proposal's page."""

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

RESOLVED = "Resolved: look at the change, it merges again."
ENDED = "It stays where it is. Nothing is left to propose: the proposal is closed."


@requires(Permission.PROPOSE)
@require_POST
def resolve(request: MemberRequest, pk: int, change: int) -> HttpResponse:
    """Restore an entry with the proposed text, put an addition elsewhere, or settle a place."""
    proposal = load(request, pk)
    conflicting = get_object_or_404(proposal.changes.select_related("entry", "section"), pk=change)
    form = ResolveForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Choose what to do, or a section to put it into.")
        return redirect(proposal)
    data = form.cleaned_data
    seen = {"by": request.user, "version": data["version"]}
    with refusal_as_message(request):
        if data["place"]:
            actions.settle_place(conflicting, **seen, keep=data["place"] == "keep")
        elif data["section"]:
            actions.move_to_section(conflicting, data["section"], **seen)
        else:
            actions.restore_with_text(conflicting, **seen)
        messages.success(request, ENDED if proposal.closed_at else RESOLVED)
    return redirect(proposal)
