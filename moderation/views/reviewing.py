"""A proposal's page, and what author and reviewers do there."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from reversion.models import Revision

from guide_site.core import history, kept
from guide_site.core.access import Permission, can, requires
from guide_site.core.pages import public_page
from moderation import actions, display, inbox, policies
from moderation.forms import CommentForm, DecisionForm
from moderation.models import Event, Proposal


def moderation_state():
    """Numbers of the last revision and the last event: name the state of all proposals."""
    return "{}.{}".format(*history.latest(Revision, Event))


@public_page(state=moderation_state)
def proposal(request, pk):
    """What is proposed, what was said about it, and what happened to it."""
    found = _proposal(pk)
    if not policies.may_see(request.user, found):
        raise Http404("No such proposal.")
    if request.user.is_authenticated:
        inbox.mark_read(request.user, proposal=found.pk)
    return _page(request, found)


@kept.keeps_form
@requires(Permission.DECIDE)
def decide(request, pk):
    """Approve, request changes or decline; a refusal keeps the note that was typed."""
    found = _proposal(pk)
    if not policies.may_see(request.user, found):
        raise Http404("No such proposal.")
    if request.method != "POST":
        return _page(request, found, decision=_kept(request, DecisionForm))
    form = DecisionForm(request.POST)
    if form.is_valid():
        try:
            messages.success(request, _decide(request, found, form.cleaned_data))
            return redirect(found)
        except actions.Conflicts as conflict:
            messages.error(request, f"Your approval is kept, but it does not merge. {conflict}")
            return redirect(found)
        except actions.Refused as refusal:
            form.add_error(None, str(refusal))
    found.refresh_from_db()
    return _page(request, found, decision=form, status=409)


@kept.keeps_form
@requires(Permission.COMMENT)
def comment(request, pk):
    """Add to the discussion."""
    found = _proposal(pk)
    if not policies.may_see(request.user, found):
        raise Http404("No such proposal.")
    if request.method != "POST":
        return _page(request, found, remark=_kept(request, CommentForm))
    form = CommentForm(request.POST)
    if form.is_valid():
        try:
            actions.comment(found, by=request.user, body=form.cleaned_data["body"])
            return redirect(f"{found.get_absolute_url()}#discussion")
        except actions.Refused as refusal:
            form.add_error(None, str(refusal))
    return _page(request, found, remark=form, status=400)


@requires(Permission.PROPOSE)
def send(request, pk):
    """The author opens the proposal for review."""
    return _authors_step(request, pk, actions.send, "Sent. Editors will look at it.")


def withdraw(request, pk):
    """The author takes the proposal back, whatever they may still do by now."""
    return _authors_step(request, pk, actions.withdraw, "Withdrawn. Its text stays here.")


@requires(Permission.PROPOSE)
def reopen(request, pk):
    """The author picks a withdrawn proposal up again."""
    return _authors_step(request, pk, actions.reopen, "Picked up again. Go on where you were.")


def _authors_step(request, pk, action, done):
    found = get_object_or_404(Proposal, pk=pk)
    if not policies.may_see(request.user, found):
        raise Http404("No such proposal.")
    if request.method == "POST":
        try:
            action(found, by=request.user)
            messages.success(request, done)
        except actions.Refused as refusal:
            messages.error(request, str(refusal))
    return redirect(found)


def _decide(request, found, data):
    """Carry out the chosen decision; returns what to tell the reviewer."""
    seen = {"by": request.user, "version": data["version"], "note": data["note"]}
    match request.POST.get("decision"):
        case "approve":
            merged = actions.approve(found, **seen)
            return "Approved and merged: the guide is up to date." if merged else "Approved."
        case "changes":
            actions.request_changes(found, **seen)
            return "Changes requested: the author sees your note."
        case "decline":
            actions.decline(found, **seen)
            return "Declined. The reason is public."
    raise actions.Refused("Choose what to do: approve, request changes or decline.")


def _proposal(pk):
    return get_object_or_404(
        Proposal.objects.select_related("author", "closed_by", "builds_on"), pk=pk
    )


def _kept(request, form_class):
    fields = kept.take(request)
    if fields is None:
        return None
    messages.info(request, "Your session had ended. Here is what you typed.")
    return form_class(fields)


def _page(request, found, *, decision=None, remark=None, status=200):
    user = request.user
    is_author = user.is_authenticated and user.pk == found.author_id
    context = {
        "proposal": found,
        "shown": display.show(found),
        "events": found.events.select_related("by").exclude(what=Event.What.COMMENTED),
        "comments": found.comments.select_related("author"),
        "builds_on": found.builds_on,
        "built_upon": found.built_upon.public(),
        "waits_for": policies.waits_for(found),
        "is_author": is_author,
        "why_not_amend": policies.why_not_amend(user, found) if is_author else None,
        "why_not_send": policies.why_not_send(user, found) if is_author else None,
        "why_not_reopen": policies.why_not_reopen(user, found) if is_author else None,
        "adding_to": _adding_to(found) if is_author else (),
        "why_not_withdraw": policies.why_not_withdraw(user, found) if is_author else None,
        "may_decide": user.is_authenticated and can(user, Permission.DECIDE),
        "why_not_decide": policies.why_not_decide(user, found),
        "why_not_comment": policies.why_not_comment(user, found),
        "decision": decision or DecisionForm(),
        "remark": remark or CommentForm(),
    }
    return render(request, "moderation/proposal.html", context, status=status)


def _adding_to(found):
    """The sections that a proposal changes: where its author may want to change more."""
    places = {change.section for change in found.changes.select_related("section")}
    live = [place for place in places if place and place.retired_at is None]
    return sorted(live, key=lambda place: place.title)[:5]
