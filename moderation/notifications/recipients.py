"""Who is told of an event, and why. It only reads; `notices` does the telling.

Each function returns {primary key of a user: Reason}, where the first reason that fits counts.
Whether those people are active, and who caused the event, is left to the caller.
"""

from django.db.models import Exists, OuterRef, Q

from moderation import owners
from moderation.models import (
    Comment,
    EventKind,
    Notification,
    Reason,
    Review,
    ReviewRequest,
    Verdict,
    Watch,
)
from moderation.notifications import touched_by
from moderation.states import Status

TO_THE_AUTHOR = {  # any other event: “it is about something of yours”
    EventKind.MERGED: Reason.DECIDED,
    EventKind.DECLINED: Reason.DECIDED,
    EventKind.CHANGES_REQUESTED: Reason.WAITS,
    EventKind.CONFLICT: Reason.WAITS,
}
BETWEEN_TWO = {EventKind.ASKED, EventKind.SPAM}  # these interest nobody else
FOR_WATCHERS = {  # those who follow from afar hear what comes and what becomes of it
    EventKind.OPENED,
    EventKind.REOPENED,
    EventKind.COMMENTED,
    EventKind.MERGED,
    EventKind.DECLINED,
    EventKind.WITHDRAWN,
}


def of_proposal(event):
    """Who hears of an event of a proposal; nobody of a draft."""
    proposal, told = event.proposal, {}
    if proposal.opened_at is None or proposal.status == Status.DRAFT:
        return told
    _tell(told, [proposal.author_id], TO_THE_AUTHOR.get(event.what, Reason.YOURS))
    if event.what == EventKind.SPAM:
        return told
    _tell(told, _asked_and_not_told(proposal), Reason.ASKED)
    if event.what in BETWEEN_TWO:
        return told
    _tell(told, _who_must_look_again(event), Reason.WAITS)
    _tell(told, _who_took_part(proposal), Reason.TALKED)
    found = touched_by.by_proposal(proposal)
    _tell(told, _who_look_after(found), Reason.OWNED)
    if event.what in FOR_WATCHERS:
        _tell(told, _who_watch(found), Reason.WATCHED)
    return told


def of_report(event):
    """Who hears of an event of a report."""
    report, told = event.report, {}
    _tell(told, [report.author_id], Reason.YOURS)
    talked = Comment.objects.filter(report=report)
    _tell(told, talked.values_list("author", flat=True), Reason.TALKED)
    found = touched_by.by_report(report)
    _tell(told, _who_look_after(found), Reason.OWNED)
    _tell(told, _who_watch(found), Reason.WATCHED)
    return told


def _tell(told, people, reason):
    for pk in people:
        if pk is not None:
            told.setdefault(pk, reason)


def _asked_and_not_told(proposal):
    """Reviewers who were asked and have not heard of it yet."""
    said = Notification.objects.filter(
        event__proposal=proposal, recipient=OuterRef("reviewer"), reason=Reason.ASKED
    )
    return proposal.review_requests.exclude(Exists(said)).values_list("reviewer", flat=True)


def _who_must_look_again(event):
    """Reviewers of an earlier version, when what they said no longer stands."""
    proposal = event.proposal
    if event.what == EventKind.OPENED and event.old != Status.DRAFT:
        found = proposal.reviews.all()
    elif event.what == EventKind.AMENDED and proposal.status == Status.OPEN:
        found = proposal.reviews.filter(verdict=Verdict.APPROVE, version=proposal.version - 1)
    else:
        return []
    return found.values_list("reviewer", flat=True)


def _who_took_part(proposal):
    """Who commented, reviewed or was asked to, in one query."""
    columns = ((Comment, "author"), (Review, "reviewer"), (ReviewRequest, "reviewer"))
    first, *others = (
        model.objects.filter(proposal=proposal).order_by().values_list(name, flat=True)
        for model, name in columns
    )
    return first.union(*others).order_by()


def _who_look_after(found):
    return owners.editors(found.sections) | owners.experts(found.sections)


def _who_watch(found):
    sections = touched_by.with_all_above(found.sections)
    return Watch.objects.filter(
        Q(entry__in=found.entries)
        | Q(section__in=sections)
        | Q(service__in=found.services)
        | Q(service__section__in=sections)
        | Q(legend_tag__slug__in=found.tags)
    ).values_list("user", flat=True)
