"""Proposals, what is said about them, reports, and who is told."""

from moderation.models.notifications import (
    Autosave,
    MailChoice,
    MailSettings,
    Notification,
    Reason,
    Watch,
)
from moderation.models.proposals import (
    Change,
    MergeNote,
    Operation,
    Proposal,
    ReviewClass,
    Subject,
)
from moderation.models.reports import Report, ReportEvent, ReportKind, ReportStatus
from moderation.models.reviews import (
    Comment,
    Event,
    EventKind,
    Review,
    ReviewRequest,
    Verdict,
)

__all__ = [
    "Autosave",
    "Change",
    "Comment",
    "Event",
    "EventKind",
    "MailChoice",
    "MailSettings",
    "MergeNote",
    "Notification",
    "Operation",
    "Proposal",
    "Reason",
    "Report",
    "ReportEvent",
    "ReportKind",
    "ReportStatus",
    "Review",
    "ReviewClass",
    "ReviewRequest",
    "Subject",
    "Verdict",
    "Watch",
]
