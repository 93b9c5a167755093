"""What reviewers do on the page of a proposal: decide, edit, say how much of a look it needs."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from guide_site.core import edits, rescued_forms
from guide_site.core.access import Permission
from guide_site.models import MemberRequest
from moderation import actions, display, policies
from moderation.changes.field_types import Values
from moderation.changes.taking_back import texts_taken_back
from moderation.forms import of_change
from moderation.forms.proposal import ProposalForm
from moderation.forms.reviews import ClassForm, DecisionForm, EditNoteForm
from moderation.models import Change, Proposal
from moderation.views.opened_forms import opened_form, typed_fields
from moderation.views.proposal_page import load, page, say_outcome
from moderation.views.propose.amend import CHANGE_GONE
from moderation.views.propose.editor_page import EditorPage, meanwhile, show_editor
from moderation.views.propose.gone import afresh, show_gone
from moderation.views.refusals import refusal_in_form

MERGED = "Approved and merged: the guide is up to date."
NOTED = "Your approval is noted."
SAVED = "Saved as a new version. The author stays the author."
DROPS_MORE = (
    "Saved as a new version, but not approved yet: it takes out words that somebody else wrote "
    "meanwhile. See below whose they are."
)
KEPT = "Your approval is kept, but it does not merge."


@rescued_forms.rescues_form(Permission.REVIEW)
def decide(request: MemberRequest, pk: int) -> HttpResponse:
    """Approve, request changes, take that back or decline; a refusal keeps the typed note."""
    proposal = load(request, pk)
    changes = proposal.changes.values_list("pk", flat=True)
    form = DecisionForm(typed_fields(request), changes=changes)
    if request.method == "POST" and form.is_valid():
        with refusal_in_form(form):
            _decide(request, proposal, form.cleaned_data)
            return redirect(proposal)
    return page(request, proposal, decision=form, not_accepted=409)


@rescued_forms.rescues_form(Permission.DECIDE)
def set_class(request: MemberRequest, pk: int) -> HttpResponse:
    """Say that a proposal needs more, or less, of a look than its changes tell."""
    proposal = load(request, pk)
    form = ClassForm(typed_fields(request), initial={"review_class": proposal.review_class})
    if request.method == "POST" and form.is_valid():
        with refusal_in_form(form):
            outcome = actions.set_class(proposal, by=request.user, **form.cleaned_data)
            done = "The class is changed."
            say_outcome(request, outcome, merged=MERGED, done=done, problem=done)
            return redirect(proposal)
    return page(request, proposal, reclass=form, not_accepted=409)


@rescued_forms.rescues_form(Permission.DECIDE)
def edit_change(request: MemberRequest, pk: int, change: int) -> HttpResponse:
    """Edit a change as a reviewer, and approve what came of it if that is wanted.

    It is also the way out of a conflict: the page shows what the guide has now.
    """
    proposal = load(request, pk)
    edited = proposal.changes.select_related("entry", "section").filter(pk=change).first()
    if edited is None:
        return show_gone(request, CHANGE_GONE, proposal.get_absolute_url())
    form_class, initial, options = of_change.form_of(edited) or (None, {}, {})
    if form_class is None:
        messages.info(request, "This change has no text to edit: comment on it instead.")
        return redirect(proposal)
    form = opened_form(request, form_class, initial, proposal=proposal, only_change=True, **options)
    note = EditNoteForm(form.data if form.is_bound else None)
    reason = policies.why_not_decide(request.user, proposal)
    if request.method == "POST" and not reason and form.is_valid() and note.is_valid():
        with refusal_in_form(form):
            return _save_edit(request, proposal, edited, form, note.cleaned_data["note_to_author"])
    editor_page = EditorPage(
        heading="Edit as a reviewer",
        entry=edited.entry,
        section=edited.section,
        proposal=proposal,
        why_not=reason,
        afresh=afresh(edited) if proposal.closed_at else "",
        note_form=note,
        meanwhile=meanwhile(edited),
    )
    return show_editor(request, form, editor_page)


def _save_edit(
    request: MemberRequest, proposal: Proposal, change: Change, form: ProposalForm, note: str
) -> HttpResponse:
    """Save what the reviewer made of a change, and approve it if they chose so. Raises Refused."""
    seen = {"by": request.user, "version": form.cleaned_data["version"], "note": note}
    base, proposed = of_change.outcome(change, form)
    made = [actions.ChangeEdit(change, base, proposed)]
    if request.POST.get("then") != "approve":
        actions.edit_as_reviewer(proposal, edits=made, **seen)
        messages.success(request, SAVED)
    elif _drops_more(change, base, proposed):
        actions.edit_as_reviewer(proposal, edits=made, **seen)
        messages.warning(request, DROPS_MORE)
    else:
        outcome = actions.approve_with_edits(proposal, edits=made, **seen)
        kept = "Your edit and approval are kept."
        say_outcome(request, outcome, merged=MERGED, done=f"Saved. {NOTED}", problem=kept)
    return redirect(proposal)


def _drops_more(change: Change, base: Values, proposed: Values) -> bool:
    """True if the new contents drop words of others that the reviewer was not told of.

    The form shows those that the change conflicts with, the proposal those it dropped before.
    """
    conflicting = [clash.current for clash in display.show_change(change).clashes]
    told = edits.tokens(" ".join([*conflicting, *_dropped(change.base, change.proposed)]))
    return any(not {*edits.tokens(text)} <= {*told} for text in _dropped(base, proposed))


def _dropped(base: Values, proposed: Values) -> list[str]:
    return [text for texts in texts_taken_back(base, proposed).values() for text in texts]


def _decide(request: MemberRequest, proposal: Proposal, data: dict[str, Any]) -> None:
    """Carry out the chosen decision, and say what came of it. Raises Refused."""
    seen = {"by": request.user, "version": data["version"], "note": data["note"]}
    seen["checklist"] = data["checklist"]
    match request.POST.get("decision"):
        case "approve":
            outcome = actions.approve(proposal, **seen)
            say_outcome(request, outcome, merged=MERGED, done=NOTED, problem=KEPT)
        case "some":
            rest, outcome = actions.accept_some(proposal, **seen, accepted=data["accepted"])
            left = f"What you left out is proposal {rest.pk}."
            merged, done = f"{MERGED} {left}", f"{NOTED} {left}"
            say_outcome(request, outcome, merged=merged, done=done, problem=KEPT)
        case "changes":
            actions.request_changes(proposal, **seen)
            messages.success(request, "Changes requested: the author sees your note.")
        case "reopen":
            del seen["checklist"]
            actions.take_back_request(proposal, **seen)
            messages.success(request, "The request is taken back: the proposal is open again.")
        case "decline":
            actions.decline(proposal, **seen)
            messages.success(request, "Declined. The reason is public.")
        case _:
            raise actions.Refused("Choose what to do: approve, request changes or decline.")
