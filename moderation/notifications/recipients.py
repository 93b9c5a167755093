"""Who is notified of an event, and why. This module only reads; `notifying` writes.

Each public function returns Reasons; the first reason that applies to a member counts. The
caller leaves out inactive members and who caused the event.
"""

from collections.abc import Iterable

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from moderation import owners
from moderation.models import (
    Comment,
    Event,
    EventKind,
    Notification,
    Proposal,
    Reason,
    ReportEvent,
    Review,
    ReviewRequest,
    Verdict,
    Watch,
)
from moderation.notifications import touched_by
from moderation.states import Status

Reasons = dict[int, Reason]  # by primary key of a member

TO_THE_AUTHOR = {  # any other event: “it is about something of yours”
    EventKind.MERGED: Reason.DECIDED,
    EventKind.ALREADY: Reason.DECIDED,
    EventKind.DECLINED: Reason.DECIDED,
    EventKind.CHANGES_REQUESTED: Reason.WAITS,
    EventKind.CONFLICT: Reason.WAITS,
}
BETWEEN_TWO = {EventKind.ASKED, EventKind.SPAM}  # events that concern nobody else
FOR_WATCHERS = {  # how a proposal begins and ends, and comments
    EventKind.OPENED,
    EventKind.REOPENED,
    EventKind.COMMENTED,
    EventKind.MERGED,
    EventKind.ALREADY,
    EventKind.DECLINED,
    EventKind.WITHDRAWN,
}


def of_proposal(event: Event) -> Reasons:
    """Return who is notified of an event of a proposal: nobody if it is a draft."""
    proposal, reasons = event.proposal, Reasons()
    if proposal.opened_at is None or proposal.status == Status.DRAFT:
        return reasons
    what = EventKind(event.what)
    _add(reasons, [proposal.author_id], TO_THE_AUTHOR.get(what, Reason.YOURS))
    if what == EventKind.SPAM:
        return reasons
    _add(reasons, _asked_and_not_notified(proposal), Reason.ASKED)
    if what in BETWEEN_TWO:
        return reasons
    _add(reasons, _who_must_look_again(event), Reason.WAITS)
    _add(reasons, _who_took_part(proposal), Reason.TALKED)
    touched = touched_by.by_proposal(proposal)
    _add(reasons, _who_look_after(touched), Reason.OWNED)
    if what in FOR_WATCHERS:
        _add(reasons, _who_watch(touched), Reason.WATCHED)
    return reasons


def of_report(event: ReportEvent) -> Reasons:
    """Return who is notified of an event of a report."""
    report, reasons = event.report, Reasons()
    _add(reasons, [report.author_id], Reason.YOURS)
    comments = Comment.objects.filter(report=report)
    _add(reasons, comments.values_list("author", flat=True), Reason.TALKED)
    touched = touched_by.by_report(report)
    _add(reasons, _who_look_after(touched), Reason.OWNED)
    _add(reasons, _who_watch(touched), Reason.WATCHED)
    return reasons


def _add(reasons: Reasons, members: Iterable[int | None], reason: Reason) -> None:
    """Add a reason for each of these members who has none yet; None is a deleted account."""
    for pk in members:
        if pk is not None:
            reasons.setdefault(pk, reason)


def _asked_and_not_notified(proposal: Proposal) -> Iterable[int]:
    """Reviewers who were asked and have no notification of that yet."""
    notified = Notification.objects.filter(
        event__proposal=proposal, recipient=OuterRef("reviewer"), reason=Reason.ASKED
    )
    return proposal.review_requests.exclude(Exists(notified)).values_list("reviewer", flat=True)


def _who_must_look_again(event: Event) -> Iterable[int | None]:
    """Reviewers of an earlier version whose verdict no longer counts."""
    proposal = event.proposal
    if event.what == EventKind.OPENED and event.old != Status.DRAFT:
        lapsed = proposal.reviews.all()
    elif event.what == EventKind.AMENDED and proposal.status == Status.OPEN:
        lapsed = proposal.reviews.filter(verdict=Verdict.APPROVE, version=proposal.version - 1)
    else:
        return []
    return lapsed.values_list("reviewer", flat=True)


def _who_took_part(proposal: Proposal) -> Iterable[int | None]:
    """Members who commented, reviewed or were asked for a review, in one query."""
    columns: tuple[tuple[type[Model], str], ...] = (
        (Comment, "author"),
        (Review, "reviewer"),
        (ReviewRequest, "reviewer"),
    )
    first, *others = (
        model._default_manager.filter(proposal=proposal).order_by().values_list(name, flat=True)
        for model, name in columns
    )
    return first.union(*others).order_by()


def _who_look_after(touched: touched_by.Touched) -> set[int]:
    return owners.editors(touched.sections) | owners.experts(touched.sections)


def _who_watch(touched: touched_by.Touched) -> QuerySet[Watch, int]:
    sections = touched_by.with_all_above(touched.sections)
    return Watch.objects.filter(
        Q(entry__in=touched.entries)
        | Q(entry__joined_into__in=touched.entries)  # that is where its text is now
        | Q(section__in=sections)
        | Q(service__in=touched.services)
        | Q(service__section__in=sections)
        | Q(legend_tag__slug__in=touched.tags)
    ).values_list("user", flat=True)
