"""Proposals, reviews and comments, reports, notifications."""

from moderation.models.notifications import (
    Autosave,
    MailChoice,
    MailSettings,
    Notification,
    Reason,
    Watch,
    Watched,
)
from moderation.models.proposals import (
    MAX_AFFILIATION,
    MAX_TITLE,
    MAX_WHY,
    Change,
    MergeNote,
    Operation,
    Proposal,
    ReviewClass,
    Subject,
)
from moderation.models.reports import (
    Report,
    ReportEvent,
    ReportEventKind,
    ReportKind,
    ReportStatus,
)
from moderation.models.reviews import (
    Comment,
    Event,
    EventKind,
    Review,
    ReviewRequest,
    Verdict,
)

__all__ = [
    "MAX_AFFILIATION",
    "MAX_TITLE",
    "MAX_WHY",
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
    "ReportEventKind",
    "ReportKind",
    "ReportStatus",
    "Review",
    "ReviewClass",
    "ReviewRequest",
    "Subject",
    "Verdict",
    "Watch",
    "Watched",
]
