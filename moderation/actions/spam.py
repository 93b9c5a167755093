"""Closing all that somebody has open as spam. It stays readable: a record, and no text is lost."""

from collections.abc import Collection

from django.db.models import QuerySet

from guide_site.core import history
from guide_site.models import User
from moderation import policies
from moderation.actions.base import Refused, missing, move, refuse
from moderation.actions.reporting import dismiss_report
from moderation.models import EventKind, Proposal, Report
from moderation.states import Status


def open_work(author: User) -> tuple[QuerySet[Proposal], QuerySet[Report]]:
    """The proposals and reports of `author` that wait for somebody, oldest first."""
    waiting = [Status.OPEN, Status.CHANGES_REQUESTED]
    proposals = Proposal.objects.filter(author=author, status__in=waiting)
    return proposals.order_by("opened_at", "pk"), Report.objects.open().filter(author=author)


def decline_as_spam(
    author: User, *, by: User, note: str, proposals: Collection[int], reports: Collection[int]
) -> int:
    """Decline these proposals of `author` and dismiss these reports, with a public reason.

    proposals, reports   primary keys of what was seen; what is closed by now stays as it is

    Returns how many were closed. Raises Refused.
    """
    with history.writing():
        refuse(policies.why_not_decline_as_spam(by, author) or missing(note))
        open_proposals, open_reports = open_work(author)
        to_decline = list(open_proposals.filter(pk__in=proposals))
        to_dismiss = list(open_reports.filter(pk__in=reports))
        if not to_decline and not to_dismiss:
            raise Refused("Nothing of this is open any more.")
        for proposal in to_decline:
            move(proposal, Status.DECLINED, EventKind.SPAM, by=by, note=note)
        for report in to_dismiss:
            dismiss_report(report, by=by, note=note)
    return len(to_decline) + len(to_dismiss)
