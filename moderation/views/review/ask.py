"""Asking somebody for a review, on the page of a proposal."""

from django.contrib import messages
from django.shortcuts import redirect

from guide_site.core.access import Permission, requires
from moderation import actions
from moderation.forms.members import AskForm
from moderation.views.proposal_page import load


@requires(Permission.PROPOSE)
def ask(request, pk):
    """Ask the member whose name was typed."""
    found = load(request, pk)
    if request.method == "POST":
        _ask(request, found)
    return redirect(f"{found.get_absolute_url()}#asked")


def _ask(request, found):
    form = AskForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Type the name of one member.")
        return
    try:
        made = actions.ask(found, by=request.user, name=form.cleaned_data["name"])
        messages.success(request, f"{made.reviewer.username} was asked.")
    except actions.Refused as refusal:
        messages.error(request, str(refusal))
