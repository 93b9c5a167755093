"""Closing all that somebody has open as spam. It stays readable: a record, and no text is lost."""

from guide_site.core import history
from moderation.actions import reporting
from moderation.actions.base import Refused, missing, move, refuse
from moderation.models import Event, Proposal, Report
from moderation.policies.spam import why_not_decline_as_spam
from moderation.states import Status


def open_work(author):
    """(proposals, reports) of `author` that wait for somebody, oldest first."""
    waiting = [Status.OPEN, Status.CHANGES_REQUESTED]
    proposals = Proposal.objects.filter(author=author, status__in=waiting)
    return proposals.order_by("opened_at", "pk"), Report.objects.open().filter(author=author)


def decline_as_spam(author, *, by, note, proposals, reports):
    """Decline these proposals of `author` and dismiss these reports, with a public reason.

    proposals, reports   primary keys of what was seen; what is closed by now stays as it is

    Returns how many were closed.
    """
    with history.writing():
        refuse(why_not_decline_as_spam(by, author) or missing(note))
        spam, told = open_work(author)
        spam, told = list(spam.filter(pk__in=proposals)), list(told.filter(pk__in=reports))
        if not spam and not told:
            raise Refused("Nothing of this is open any more.")
        for proposal in spam:
            move(proposal, Status.DECLINED, Event.What.SPAM, by=by, note=note)
        for report in told:
            reporting.dismiss(report, by=by, note=note)
    return len(spam) + len(told)
