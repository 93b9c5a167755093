"""Proposals, reviews and comments, reports, notifications."""

from moderation.models.choices import (
    EventKind,
    MailChoice,
    Operation,
    Reason,
    ReportEventKind,
    ReportKind,
    ReportStatus,
    ReviewClass,
    Subject,
    Verdict,
)
from moderation.models.files import ImportedFile
from moderation.models.notifications import (
    Autosave,
    MailSettings,
    Notification,
    Watch,
    Watched,
)
from moderation.models.pictures import PendingPicture
from moderation.models.proposals import (
    MAX_AFFILIATION,
    MAX_TITLE,
    MAX_WHY,
    Change,
    MergeNote,
    Proposal,
)
from moderation.models.reports import (
    Report,
    ReportEvent,
)
from moderation.models.reviews import (
    Comment,
    Event,
    Review,
    ReviewerEdit,
    ReviewRequest,
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
    "ImportedFile",
    "MailChoice",
    "MailSettings",
    "MergeNote",
    "Notification",
    "Operation",
    "PendingPicture",
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
    "ReviewerEdit",
    "Subject",
    "Verdict",
    "Watch",
    "Watched",
]
