"""The page of a proposal, which author, reviewers and readers share, and its discussion."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from reversion.models import Revision

from entries.models import Section
from guide_site.core import history, rescued_forms
from guide_site.core.access import Permission, can, requires
from guide_site.core.pages import public_page
from moderation import actions, display, policies
from moderation.forms import of_change
from moderation.forms.proposal import CommentForm
from moderation.forms.reviews import ClassForm, DecisionForm
from moderation.house_style import remarks
from moderation.lists import review_requests
from moderation.models import Event, Proposal, ReportEvent
from moderation.notifications import inbox
from moderation.states import AMENDABLE, Status


def moderation_state():
    """Numbers of the last revision and events: name the state of all proposals and reports."""
    return "{}.{}.{}".format(*history.latest(Revision, Event, ReportEvent))


@public_page(state=moderation_state)
def proposal(request, pk):
    """What is proposed, what was said about it, and what happened to it."""
    found = load(request, pk)
    if request.user.is_authenticated:
        inbox.mark_read(request.user, proposal=found.pk)
    return page(request, found)


@rescued_forms.keeps_form
@requires(Permission.COMMENT)
def comment(request, pk):
    """Add to the discussion of the whole or of one change."""
    found = load(request, pk)
    if request.method != "POST":
        return page(request, found, remark=kept_form(request, CommentForm))
    form = CommentForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        try:
            made = actions.comment(found, by=request.user, body=data["body"], change=data["change"])
            return redirect(f"{found.get_absolute_url()}#comment-{made.pk}")
        except actions.Refused as refusal:
            form.add_error(None, str(refusal))
    return page(request, found, remark=form, status=400)


@requires(Permission.PROPOSE)
def send(request, pk):
    """The author opens the proposal for review; a moderator's trivial edit is published by it."""
    at_once = "Published at once: it is a trivial edit."
    done = {True: at_once, False: "Sent. Editors will look at it."}
    return _authors_step(request, pk, actions.send, done)


def withdraw(request, pk):
    """The author takes the proposal back, whatever they may still do by now."""
    return _authors_step(request, pk, actions.withdraw, {None: "Withdrawn. Its text stays here."})


@requires(Permission.PROPOSE)
def reopen(request, pk):
    """The author picks a withdrawn proposal up again."""
    done = {None: "Picked up again. Go on where you were."}
    return _authors_step(request, pk, actions.reopen, done)


def load(request, pk):
    """The proposal `pk`, if whoever asks may see it."""
    related = ("author", "closed_by", "class_set_by", "builds_on", "merge_note")
    found = get_object_or_404(Proposal.objects.select_related(*related), pk=pk)
    if not policies.may_see(request.user, found):
        raise Http404("No such proposal.")
    return found


def kept_form(request, form_class):
    """What was typed into a form before the session ended, or None."""
    fields = rescued_forms.rescued_fields(request)
    if fields is None:
        return None
    messages.info(request, "Your session had ended. Here is what you typed.")
    return form_class(fields)


def page(request, found, *, decision=None, remark=None, reclass=None, status=200):
    """The page with forms that were not accepted, if any."""
    user = request.user
    shown = display.show(found)
    standing = policies.standing(found) if found.is_open else None
    comments = list(found.comments.select_related("author"))
    events = list(found.events.select_related("by").exclude(what=Event.What.COMMENTED))
    context = {
        "proposal": found,
        "shown": shown,
        "events": events,
        "asked_for": _last_request(found, events),
        "asked": review_requests.of(found, user),
        "comments": [remark for remark in comments if remark.change_id is None],
        "builds_on": found.builds_on,
        "built_upon": found.built_upon.public(),
        "standing": standing,
        "waits_for": policies.waits_for(found, standing),
        "why_not_comment": policies.why_not_comment(user, found),
        "remark": remark or CommentForm(),
    }
    for change in shown:
        change.comments = [one for one in comments if one.change_id == change.change.pk]
    if user.is_authenticated and user.pk == found.author_id:
        context |= _for_the_author(user, found)
        for change in shown:
            change.has_form = of_change.has_form(change.change)
        context["may_fix"] = context["why_not_amend"] is None
    if user.is_authenticated and can(user, Permission.REVIEW):
        context |= _for_reviewers(user, found, standing, decision, reclass)
        context["may_choose"] = len(shown) > 1 and context["may_edit"]
        context["may_fix"] = context.get("may_fix") or context["may_edit"]
    if context.get("may_fix") and found.status in AMENDABLE:
        _add_advice(shown)
        context["may_resolve"] = any(change.problem for change in shown)
        context["places"] = Section.objects.shown().order_by("title").only("slug", "title")
    return render(request, "moderation/proposal.html", context, status=status)


def _last_request(found, events):
    """The event that gave the proposal back to its author, while it waits for them."""
    if found.status == Status.CHANGES_REQUESTED:
        requests = [one for one in events if one.what == Event.What.CHANGES_REQUESTED]
        return requests[-1] if requests else None
    return None


def _for_the_author(user, found):
    places = {change.section for change in found.changes.select_related("section")}
    live = [place for place in places if place and place.retired_at is None]
    return {
        "is_author": True,
        "why_not_amend": policies.why_not_amend(user, found),
        "why_not_send": policies.why_not_send(user, found),
        "why_not_reopen": policies.why_not_reopen(user, found),
        "why_not_withdraw": policies.why_not_withdraw(user, found),
        "adding_to": sorted(live, key=lambda place: place.title)[:5],
    }


def _for_reviewers(user, found, standing, decision, reclass):
    why_not_decide = policies.why_not_decide(user, found)
    is_complete = standing and (standing.would_merge(user) or not standing.free)
    return {
        "may_review": True,
        "may_decide": can(user, Permission.DECIDE),
        "may_edit": why_not_decide is None,
        "would_merge": is_complete and can(user, Permission.DECIDE),
        "why_not_approve": policies.why_not_approve(user, found),
        "why_not_decide": why_not_decide,
        "decision": decision or DecisionForm(),
        "reclass": reclass or ClassForm(initial={"review_class": found.review_class}),
    }


def _add_advice(shown):
    found = remarks.on([one.change for one in shown])
    for one in shown:
        one.advice = found.get(one.change.pk, [])


def _authors_step(request, pk, action, done):
    """Carry out a step of the author; done: what to say by what the action returns."""
    found = load(request, pk)
    if request.method == "POST":
        try:
            messages.success(request, done[action(found, by=request.user)])
        except actions.Conflicts as conflict:
            messages.error(request, f"It is sent, but it does not merge. {conflict}")
        except actions.Refused as refusal:
            messages.error(request, str(refusal))
    return redirect(found)
