"""The page of a proposal, which author, reviewers and readers share, and its discussion."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from reversion.models import Revision

from entries.models import Section
from entries.reading.choices import named_sections
from guide_site.core import history, rescued_forms
from guide_site.core.access import Permission, can, requires
from guide_site.core.pages import public_page
from guide_site.models import AccountChange, MemberRequest, User
from moderation import actions, display, policies
from moderation.changes import credits
from moderation.display import ShownChange
from moderation.forms import of_change
from moderation.forms.proposal import CommentForm
from moderation.forms.reviews import ClassForm, DecisionForm
from moderation.house_style import remarks
from moderation.house_style.rules import Advice
from moderation.lists import overlaps, review_requests
from moderation.models import Comment, Event, Proposal, ReportEvent
from moderation.notifications import inbox
from moderation.states import Status
from moderation.views.opened_forms import typed_fields
from moderation.views.refusals import refusal_as_message, refusal_in_form

IS_THERE = "The guide has this already: the proposal is closed, and its author is thanked."


@dataclass(frozen=True)
class ChangeOnPage:
    """One change as the page of its proposal has it.

    shown      how it looks
    comments   what was said about it, oldest first
    advice     what the house style says of its text; nothing for those who cannot fix it
    has_form   True if the reader, who is its author, can edit it in a form
    """

    shown: ShownChange
    comments: list[Comment]
    advice: list[Advice]
    has_form: bool


def moderation_state() -> str:
    """The state of all proposals and reports, with the names of those who wrote them."""
    return history.state_of(Revision, Event, ReportEvent, AccountChange)


@public_page(state=moderation_state)
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """What is proposed, what was said about it, and what happened to it."""
    proposal = load(request, pk)
    if request.user.is_authenticated:
        inbox.mark_read(request.user, proposal=proposal.pk)
    return page(request, proposal)


@rescued_forms.rescues_form(Permission.COMMENT)
def comment(request: MemberRequest, pk: int) -> HttpResponse:
    """Add to the discussion of the whole or of one change."""
    proposal = load(request, pk)
    form = CommentForm(typed_fields(request))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        with refusal_in_form(form):
            made = actions.comment(
                proposal, by=request.user, body=data["body"], change=data["change"]
            )
            return redirect(f"{proposal.get_absolute_url()}#comment-{made.pk}")
    return page(request, proposal, remark=form)


@requires(Permission.PROPOSE)
def send(request: MemberRequest, pk: int) -> HttpResponse:
    """The author opens the proposal for review; a moderator's trivial edit is published by it."""
    return _authors_step(request, pk, _send)


def withdraw(request: MemberRequest, pk: int) -> HttpResponse:
    """The author takes the proposal back, whatever they may still do by now."""
    return _authors_step(request, pk, _withdraw)


@requires(Permission.PROPOSE)
def reopen(request: MemberRequest, pk: int) -> HttpResponse:
    """The author picks a withdrawn proposal up again."""
    return _authors_step(request, pk, _reopen)


def load(request: HttpRequest, pk: int) -> Proposal:
    """The proposal with the primary key `pk`. Raises Http404 if the user may not see it."""
    related = ("author", "closed_by", "class_set_by", "builds_on", "merge_note", "found_in__user")
    proposal = get_object_or_404(Proposal.objects.select_related(*related), pk=pk)
    if not policies.may_see(request.user, proposal):
        raise Http404("No such proposal.")
    return proposal


def page(
    request: HttpRequest,
    proposal: Proposal,
    *,
    decision: DecisionForm | None = None,
    remark: CommentForm | None = None,
    reclass: ClassForm | None = None,
    not_accepted: int = 400,
) -> HttpResponse:
    """The page of a proposal.

    decision, remark, reclass   a form that was posted and not accepted, or is not sent yet
    not_accepted                status of the response in the first case
    """
    user, is_posted = request.user, request.method == "POST"
    if is_posted:
        proposal.refresh_from_db()  # what was refused may have changed it in memory
    standing = policies.standing(proposal) if proposal.is_open else None
    comments = list(proposal.comments.select_related("author"))
    events = list(proposal.events.select_related("by").exclude(what=Event.What.COMMENTED))
    context = _for_the_author(user, proposal)
    context |= _for_reviewers(user, proposal, standing, decision, reclass)
    may_fix = context["may_amend"] or context["may_edit"]
    shown = display.show(proposal, user)
    changes = _changes_on_page(shown, comments, forms=context["is_author"], advise=may_fix)
    context |= _beside(proposal, changes)
    has_problem = any(change.shown.problem for change in changes)
    context |= {
        "proposal": proposal,
        "changes": changes,
        "events": events,
        "asked_for": _last_request(proposal, events),
        "asked": review_requests.answers(proposal),
        "comments": [comment for comment in comments if comment.change_id is None],
        "builds_on": proposal.builds_on,
        "built_upon": proposal.built_upon.public(),
        "standing": standing,
        "waits_for": policies.waits_for(proposal, standing),
        "why_not_ask": policies.why_not_ask(user, proposal),
        "why_not_comment": policies.why_not_comment(user, proposal),
        "remark": remark or CommentForm(),
        "may_choose": len(changes) > 1 and context["may_edit"],
        "may_fix": may_fix,
        "may_resolve": may_fix and has_problem,
        "would_merge": not has_problem and context.get("would_merge", False),
        "places": _places,
    }
    status = not_accepted if is_posted else 200
    return render(request, "moderation/proposal.html", context, status=status)


def _beside(proposal: Proposal, changes: list[ChangeOnPage]) -> dict[str, Any]:
    """Who else wrote words of it, and how it stands to the guide and to other proposals."""
    rows = [change.shown.change for change in changes]
    return {
        "editors": credits.editors(rows),
        "overlaps": [] if proposal.closed_at else overlaps.overlapping(rows),
        "twins": [] if proposal.closed_at else overlaps.twins(rows),
        "is_there": bool(rows) and all(change.shown.is_there for change in changes),
    }


def _changes_on_page(
    shown: list[ShownChange], comments: list[Comment], *, forms: bool, advise: bool
) -> list[ChangeOnPage]:
    """The changes of a proposal for its author (forms) or those who may fix them (advise)."""
    advice = remarks.advice_by_change([change.change for change in shown]) if advise else {}
    by_change: dict[int | None, list[Comment]] = {}
    for comment in comments:
        by_change.setdefault(comment.change_id, []).append(comment)
    return [
        ChangeOnPage(
            shown=change,
            comments=by_change.get(change.change.pk, []),
            advice=advice.get(change.change.pk, []),
            has_form=forms and of_change.has_form(change.change),
        )
        for change in shown
    ]


def _places() -> list[tuple[Section, str]]:
    """The sections to put something into, with their names: read only if the page asks."""
    return named_sections(Section.objects.shown().defer("verbatim"))


def _last_request(proposal: Proposal, events: list[Event]) -> Event | None:
    """The event that gave the proposal back to its author, while it waits for them."""
    if proposal.status == Status.CHANGES_REQUESTED:
        requests = [event for event in events if event.what == Event.What.CHANGES_REQUESTED]
        return requests[-1] if requests else None
    return None


def _for_the_author(user: User | AnonymousUser, proposal: Proposal) -> dict[str, Any]:
    """What the page offers to the author; for others that there is nothing."""
    if not user.is_authenticated or user.pk != proposal.author_id:
        return {"is_author": False, "may_amend": False}
    places = {change.section for change in proposal.changes.select_related("section")}
    live = [place for place in places if place and place.retired_at is None]
    why_not_amend = policies.why_not_amend(user, proposal)
    return {
        "is_author": True,
        "may_amend": why_not_amend is None,
        "why_not_amend": why_not_amend,
        "why_not_send": policies.why_not_send(user, proposal),
        "why_not_reopen": policies.why_not_reopen(user, proposal),
        "why_not_withdraw": policies.why_not_withdraw(user, proposal),
        "adding_to": sorted(live, key=lambda place: (place.title.casefold(), place.pk))[:5],
    }


def _for_reviewers(
    user: User | AnonymousUser,
    proposal: Proposal,
    standing: policies.Standing | None,
    decision: DecisionForm | None,
    reclass: ClassForm | None,
) -> dict[str, Any]:
    """What the page offers to reviewers; for others that there is nothing."""
    if not user.is_authenticated or not can(user, Permission.REVIEW):
        return {"may_review": False, "may_decide": False, "may_edit": False, "reclass": None}
    why_not_decide = policies.why_not_decide(user, proposal)
    is_complete = standing and (standing.would_merge(user) or not standing.free)
    return {
        "may_review": True,
        "may_decide": can(user, Permission.DECIDE),
        "may_edit": why_not_decide is None,
        "would_merge": is_complete and can(user, Permission.DECIDE),
        "why_not": {
            "approve": policies.why_not_approve(user, proposal),
            "decide": why_not_decide,
            "request": policies.why_not_request_changes(user, proposal),
            "take_back": policies.why_not_take_back(user, proposal),
            "decline": policies.why_not_decline(user, proposal),
        },
        "decision": decision or DecisionForm(),
        "reclass": reclass or ClassForm(initial={"review_class": proposal.review_class}),
    }


def say_outcome(
    request: HttpRequest, outcome: actions.Outcome, *, merged: str, done: str, problem: str
) -> None:
    """Say what became of a proposal after a step that may publish it.

    merged   what to say if that published it, or
    done     if it did not, or
    problem  if it could not; the reason follows
    """
    if outcome.problem:
        messages.error(request, f"{problem} {outcome.problem}")
    elif outcome.is_there:
        messages.success(request, IS_THERE)
    else:
        messages.success(request, merged if outcome.is_merged else done)


def _authors_step(
    request: MemberRequest, pk: int, step: Callable[[MemberRequest, Proposal], None]
) -> HttpResponse:
    """Carry out a step of the author, or say why not, and show the proposal; a GET only shows it.

    step  a function of the request and the proposal, which says what came of it
    """
    proposal = load(request, pk)
    if request.method == "POST":
        with refusal_as_message(request):
            step(request, proposal)
    return redirect(proposal)


def _send(request: MemberRequest, proposal: Proposal) -> None:
    say_outcome(
        request,
        actions.send(proposal, by=request.user),
        merged="Published at once: it is a trivial edit.",
        done="Sent. Editors will look at it.",
        problem="It is sent, but it does not merge.",
    )


def _withdraw(request: MemberRequest, proposal: Proposal) -> None:
    actions.withdraw(proposal, by=request.user)
    messages.success(request, "Withdrawn. Its text stays here.")


def _reopen(request: MemberRequest, proposal: Proposal) -> None:
    actions.reopen(proposal, by=request.user)
    messages.success(request, "Picked up again. Go on where you were.")
