"""Why something may not be done to a report: a sentence for the reader, or None."""

from django.contrib.auth.models import AnonymousUser

from entries.models import Entry, EntryKind
from guide_site.core import access
from guide_site.core.access import Permission, can
from guide_site.models import User
from moderation.models import Report


def why_not_report(user: User | AnonymousUser, entry: Entry) -> str | None:
    """Why `user` may not report a problem with the entry."""
    if not entry.is_live:
        return f"This entry was retired: {entry.retired_because}"
    if entry.kind == EntryKind.KEPT:
        return "These lines are kept for the export only: nobody reads them here."
    return access.why_not(user, Permission.COMMENT)


def why_not_discuss_reports(user: User | AnonymousUser) -> str | None:
    """Why `user` may not take part in the discussion of reports."""
    return access.why_not(user, Permission.COMMENT)


def why_not_fix_report(user: User, report: Report) -> str | None:
    """Why `user` may not close the report as fixed."""
    if not can(user, Permission.DECIDE):
        return "Only editors and leads close a report as fixed."
    return _why_not_close(report)


def why_not_dismiss_report(user: User, report: Report) -> str | None:
    """Why `user` may not close the report without a fix, as its author may to withdraw it."""
    if not (can(user, Permission.DECIDE) or is_reporter(user, report)):
        return "Only editors, leads and its author close a report."
    return _why_not_close(report)


def why_not_reopen_report(user: User, report: Report) -> str | None:
    """Why `user` may not open the report again."""
    if not can(user, Permission.DECIDE):
        return "Only editors and leads open a report again."
    return "This report is open already." if report.is_open else None


def is_reporter(user: User | AnonymousUser, report: Report) -> bool:
    """True for the member who reported it."""
    return report.author_id is not None and report.author_id == user.pk


def _why_not_close(report: Report) -> str | None:
    if report.is_open:
        return None
    by = f" by {report.closed_by.username}" if report.closed_by else ""
    return f"This report was closed already: {report.get_status_display().lower()}{by}."
