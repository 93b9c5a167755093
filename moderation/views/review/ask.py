"""Asking somebody for a review, on the page of a proposal."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from guide_site.core.access import Permission, requires
from guide_site.models import MemberRequest
from moderation import actions
from moderation.forms.members import AskForm
from moderation.models import Proposal
from moderation.views.proposal_page import load
from moderation.views.refusals import refusal_as_message


@requires(Permission.PROPOSE)
def ask(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask the member whose name was typed."""
    proposal = load(request, pk)
    if request.method == "POST":
        _ask(request, proposal)
    return redirect(f"{proposal.get_absolute_url()}#asked")


def _ask(request: MemberRequest, proposal: Proposal) -> None:
    form = AskForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Type the name of one member.")
        return
    with refusal_as_message(request):
        made = actions.ask(proposal, by=request.user, name=form.cleaned_data["name"])
        messages.success(request, f"{made.reviewer.username} was asked.")
