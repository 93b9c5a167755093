"""Changing one's own proposal: its texts, its changes. No window overwrites another silently."""

from collections.abc import Collection

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from entries.models import Entry
from guide_site.core import words
from guide_site.core.access import Permission, requires
from guide_site.core.words import Piece
from guide_site.models import MemberRequest
from moderation import actions, policies
from moderation.forms import of_change
from moderation.forms.moves import destinations
from moderation.forms.proposal import ProposalForm, VersionForm
from moderation.forms.reports import FixesForm
from moderation.models import Change, Operation, Proposal
from moderation.views.opened_forms import opened_form
from moderation.views.propose.base import SAME_TEXT, chosen_section, forget_typing, proposing
from moderation.views.propose.editor_page import EditorPage, meanwhile, show_editor
from moderation.views.propose.gone import afresh, show_gone
from moderation.views.refusals import in_words, refusal_as_message

AMENDED = "Amended. Reviewers see the new version."
CHANGE_GONE = "This change is no longer part of the proposal."
SAVED = "Saved. Nobody else sees it before you send it."


@proposing
def amend(request: MemberRequest, pk: int) -> HttpResponse:
    """Change one's own proposal: its texts, and its change if it has only one."""
    proposal = get_object_or_404(Proposal, pk=pk, author=request.user)
    changes = list(proposal.changes.select_related("entry", "section"))
    change = changes[0] if len(changes) == 1 and of_change.form_of(changes[0]) else None
    return _amend(request, proposal, change, heading="Amend your proposal")


@proposing
def edit_change(request: MemberRequest, pk: int, change: int) -> HttpResponse:
    """Change one of the changes of one's own proposal."""
    proposal = get_object_or_404(Proposal, pk=pk, author=request.user)
    edited = proposal.changes.select_related("entry", "section").filter(pk=change).first()
    if edited is None:
        return show_gone(request, CHANGE_GONE, proposal.get_absolute_url())
    if proposal.changes.count() == 1:
        return amend(request, pk)
    if of_change.form_of(edited) is None:
        messages.info(request, "This change has no text to edit: remove it, or make a new one.")
        return redirect(proposal)
    return _amend(request, proposal, edited, heading="Edit this change", only_change=True)


@requires(Permission.PROPOSE)
@require_POST
def remove_change(request: MemberRequest, pk: int, change: int) -> HttpResponse:
    """Take one of several changes out of one's own proposal."""
    proposal = get_object_or_404(Proposal, pk=pk, author=request.user)
    to_remove = proposal.changes.filter(pk=change).first()
    form = VersionForm(request.POST)
    if to_remove and form.is_valid():
        with refusal_as_message(request):
            actions.remove_change(to_remove, by=request.user, version=form.cleaned_data["version"])
            messages.success(request, "Removed. The other changes stay.")
    return redirect(proposal)


def _amend(
    request: MemberRequest,
    proposal: Proposal,
    change: Change | None,
    *,
    heading: str,
    only_change: bool = False,
) -> HttpResponse:
    """The page that amends a proposal, and `change` of it if that is given."""
    editor = change and of_change.form_of(change)
    form_class, initial, options = editor or (ProposalForm, {}, {})
    texts = {name: getattr(proposal, name) for name in ProposalForm.TEXTS}
    to = (chosen_section(request) or options["to"]) if "to" in options else None
    options = {**options, **({"to": to} if to else {})}
    options |= {"proposal": proposal, "only_change": only_change}
    form = opened_form(request, form_class, {**initial, **texts}, **options)
    fixes = _fixes_form(proposal, change, form)
    reason = policies.why_not_amend(request.user, proposal)
    if reason and not form.is_bound and not form.autosaved_at:
        messages.error(request, reason)
        return redirect(proposal)
    elsewhere = []
    if request.method == "POST" and not reason and form.is_valid():
        try:
            if _save(request, proposal, change, form, fixes):
                forget_typing(request)
                return redirect(proposal)
        except actions.Refused as refusal:
            form.add_error(None, in_words(refusal))
            elsewhere = _elsewhere(proposal, change, form)
    page = EditorPage(
        heading=heading,
        entry=change.entry if change else None,
        section=change.section if change else None,
        proposal=proposal,
        fixes=fixes,
        why_not=reason,
        afresh=afresh(change) if proposal.closed_at else "",
        elsewhere=elsewhere,
        meanwhile=None if reason else meanwhile(change),
        destinations=destinations() if to else (),
        to=to,
    )
    return show_editor(request, form, page)


def _fixes_form(proposal: Proposal, change: Change | None, form: ProposalForm) -> FixesForm:
    """The form of the reports that the proposal fixes, of the entries that `form` is about."""
    entries: Collection[Entry] = Entry.objects.filter(changes__proposal=proposal)
    if change:
        entries = [change.entry] if change.entry else []
    ticked = proposal.fixes.values_list("pk", flat=True)
    return FixesForm.beside(form, entries=entries, ticked=ticked)


def _save(
    request: MemberRequest,
    proposal: Proposal,
    change: Change | None,
    form: ProposalForm,
    fixes: FixesForm,
) -> bool:
    """Save what was typed; False if it is what the guide has. Raises Refused."""
    edit = None
    if change:
        base, proposed = of_change.outcome(change, form)
        if change.operation == Operation.EDIT and proposed.items() <= base.items():
            form.add_error(None, SAME_TEXT)
            return False
        edit = actions.ChangeEdit(change, base, proposed)
    actions.amend(
        proposal,
        by=request.user,
        version=form.cleaned_data["version"],
        texts=form.texts,
        edit=edit,
        fixes=fixes.chosen,
    )
    messages.success(request, SAVED if proposal.is_draft else AMENDED)
    return True


def _elsewhere(proposal: Proposal, change: Change | None, form: ProposalForm) -> list[Piece]:
    """If another window changed the proposal: how what is typed differs from what it saved.

    Told once: who sends the form again means to replace that.
    """
    proposal.refresh_from_db()
    if form.cleaned_data["version"] == proposal.version:
        return []
    form.take_version(proposal.version)
    if change is None:
        return []
    change.refresh_from_db()
    return words.difference(change.proposed.get("body", ""), form.cleaned_data.get("body", ""))
