"""Why something may not be done to a report: a sentence for the reader, or None."""

from entries.models import EntryKind
from guide_site.core import access
from guide_site.core.access import Permission, can


def why_not_report(user, entry):
    """Whether `user` may report a problem with the entry."""
    if not entry.is_live:
        return f"This entry was retired: {entry.retired_because}"
    if entry.kind == EntryKind.KEPT:
        return "These lines are kept for the export only: nobody reads them here."
    return access.why_not(user, Permission.COMMENT)


def why_not_discuss(user):
    return access.why_not(user, Permission.COMMENT)


def why_not_fix(user, report):
    """Whether `user` may close the report as fixed."""
    if not can(user, Permission.DECIDE):
        return "Only editors and leads close a report as fixed."
    return _why_not_close(report)


def why_not_dismiss(user, report):
    """Whether `user` may close the report without a fix; its author withdraws it so."""
    if not (can(user, Permission.DECIDE) or is_author(user, report)):
        return "Only editors, leads and its author close a report."
    return _why_not_close(report)


def why_not_reopen(user, report):
    """Whether `user` may open the report again."""
    if not can(user, Permission.DECIDE):
        return "Only editors and leads open a report again."
    return "This report is open already." if report.is_open else None


def is_author(user, report):
    """True for the member who reported it."""
    return report.author_id is not None and report.author_id == user.pk


def _why_not_close(report):
    if report.is_open:
        return None
    by = f" by {report.closed_by.username}" if report.closed_by else ""
    return f"This report was closed already: {report.get_status_display().lower()}{by}."
