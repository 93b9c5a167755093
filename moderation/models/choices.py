"""What the fields of proposals, reports and notifications may hold, and how pages say it."""

from django.db import models


class ReviewClass(models.TextChoices):
    """How much review a proposal needs; `policies` says by whom."""

    TRIVIAL = "trivial", "Trivial"
    NORMAL = "normal", "Normal"
    SENSITIVE = "sensitive", "Sensitive"


class Operation(models.TextChoices):
    """What a change does to its object."""

    ADD = "add", "Add"
    EDIT = "edit", "Edit"
    MOVE = "move", "Move"
    RETIRE = "retire", "Retire"
    RESTORE = "restore", "Restore"
    SPLIT = "split", "Split"
    JOIN = "join", "Join"


class Subject(models.TextChoices):
    """What kind of object a change is about."""

    ENTRY = "entry", "Entry"
    SECTION = "section", "Section"
    SERVICE = "service", "Service"
    OFFERING = "offering", "Matrix cell"
    LEGEND_TAG = "legend_tag", "Legend tag"
    GUIDE = "guide", "Guide settings"


class Verdict(models.TextChoices):
    """What a reviewer decided."""

    APPROVE = "approve", "Approved"
    REQUEST_CHANGES = "changes", "Requested changes"
    DECLINE = "decline", "Declined"


class EventKind(models.TextChoices):
    """What somebody did to a proposal, as the log says it after their name."""

    OPENED = "opened", "sent it for review"
    AMENDED = "amended", "amended it"
    APPROVED = "approved", "approved it"
    CHANGES_REQUESTED = "changes", "requested changes"
    MERGED = "merged", "merged it"
    ALREADY = "already", "found it in the guide already"
    CONFLICT = "conflict", "found a conflict"
    DECLINED = "declined", "declined it"
    WITHDRAWN = "withdrawn", "withdrew it"
    COMMENTED = "commented", "commented"
    CLASSED = "classed", "changed its class"
    EDITED = "edited", "edited it as a reviewer"
    SPLIT = "split", "split it"
    ASKED = "asked", "asked for a review"
    REOPENED = "reopened", "picked it up again"
    SPAM = "spam", "declined it as spam"


class ReportKind(models.TextChoices):
    """What kind of problem the reporter saw."""

    OUTDATED = "outdated", "Outdated"
    WRONG = "wrong", "Wrong"
    UNCLEAR = "unclear", "Unclear"
    MISSING = "missing", "Something is missing"
    DEAD_LINK = "link", "Dead link"
    QUESTION = "question", "Question"


class ReportStatus(models.TextChoices):
    """Where a report stands."""

    OPEN = "open", "Open"
    FIXED = "fixed", "Fixed"
    DISMISSED = "dismissed", "Dismissed"


class ReportEventKind(models.TextChoices):
    """What somebody did to a report, as the log says it after their name."""

    OPENED = "opened", "reported it"
    COMMENTED = "commented", "commented"
    FIXED = "fixed", "closed it as fixed"
    DISMISSED = "dismissed", "dismissed it"
    REOPENED = "reopened", "opened it again"


class Reason(models.TextChoices):
    """Why somebody is notified; the first reason that applies counts."""

    DECIDED = "decided", "it decides your proposal"
    ASKED = "asked", "you were asked for a review"
    WAITS = "waits", "it waits for you"
    YOURS = "yours", "it is about something of yours"
    TALKED = "talked", "you took part in the discussion"
    OWNED = "owned", "it is in a section that you look after"
    WATCHED = "watched", "you watch it"


class MailChoice(models.TextChoices):
    """What a member wants by email."""

    IMPORTANT = "important", "At once what waits for me or decides my proposal; the rest daily"
    DAILY = "daily", "Everything once a day"
    NONE = "none", "Nothing: I read the inbox"
