"""One click on a piece of advice: the text is mended as the rule says."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from guide_site.core.access import Permission, requires
from guide_site.models import MemberRequest, User
from moderation import actions
from moderation.forms.proposal import VersionForm
from moderation.house_style import remarks
from moderation.models import Change, Proposal
from moderation.views.proposal_page import load
from moderation.views.refusals import refusal_as_message


@requires(Permission.PROPOSE)
@require_POST
def fix(request: MemberRequest, pk: int, change: int) -> HttpResponse:
    """Mend the text of a change: as its author, or as a reviewer."""
    proposal = load(request, pk)
    to_mend = get_object_or_404(proposal.changes.select_related("entry"), pk=change)
    form = VersionForm(request.POST)
    body = remarks.fixed(to_mend, request.POST.get("rule"))
    if body is None or not form.is_valid():
        messages.info(request, "There is nothing to mend any more.")
        return redirect(proposal)
    with refusal_as_message(request):
        _mend(request.user, proposal, to_mend, body, form.cleaned_data["version"])
        messages.success(request, "Mended: look at the difference.")
    return redirect(proposal)


def _mend(user: User, proposal: Proposal, change: Change, body: str, version: int) -> None:
    edit = actions.ChangeEdit(change, change.base, change.proposed | {"body": body})
    if user.pk == proposal.author_id:
        actions.amend(proposal, by=user, version=version, edit=edit)
    else:
        actions.edit_as_reviewer(
            proposal, by=user, version=version, edits=[edit], note="House style."
        )
