"""What people do with reports: report, discuss, close, reopen; and what a merge does to them."""

from django.db.models import Q, QuerySet
from django.utils import timezone
from reversion.models import Version

from entries.models import Entry
from guide_site.core import history
from guide_site.models import User
from moderation import policies
from moderation.actions.base import missing, refuse, reread
from moderation.actions.discussing import remark
from moderation.actions.values import Fixes
from moderation.models import (
    Comment,
    Proposal,
    Report,
    ReportEvent,
    ReportEventKind,
    ReportKind,
    ReportStatus,
)
from moderation.notifications import notifying


def report_entry(entry: Entry, *, by: User, kind: ReportKind, text: str) -> Report:
    """Report a problem with an entry in one sentence. The same again is the same report."""
    with history.writing():
        reread(entry)
        refuse(policies.why_not_report(by, entry))
        made = Report(entry=entry, author=by, kind=kind, text=" ".join(text.split()))
        same = Report.objects.open().filter(entry=entry, author=by, kind=kind, text=made.text)
        again: Report | None = same.first()
        if again:  # a double click
            return again
        made.full_clean(validate_constraints=False)
        made.save()
        log_report(made, ReportEventKind.OPENED, by=by)
    return made


def discuss_report(report: Report, *, by: User, body: str) -> Comment:
    """Add a remark (Markdown) to the discussion of a report, open or closed."""
    with history.writing():
        reread(report)
        refuse(policies.why_not_discuss_reports(by))
        made, is_new = remark(report, by=by, body=body)
        if is_new:
            log_report(report, ReportEventKind.COMMENTED, by=by)
    return made


def fix_report(report: Report, *, by: User, note: str = "") -> None:
    """Close a report because the entry is right now."""
    with history.writing():
        reread(report)
        refuse(policies.why_not_fix_report(by, report))
        _close(report, ReportStatus.FIXED, by=by, note=note)


def dismiss_report(report: Report, *, by: User, note: str = "") -> None:
    """Close a report without a fix, with a reason; its author may without."""
    with history.writing():
        reread(report)
        refuse(policies.why_not_dismiss_report(by, report))
        if not policies.is_reporter(by, report):
            refuse(missing(note))
        _close(report, ReportStatus.DISMISSED, by=by, note=note)


def reopen_report(report: Report, *, by: User, note: str) -> None:
    """Open a closed report again, with a reason."""
    with history.writing():
        reread(report)
        refuse(policies.why_not_reopen_report(by, report) or missing(note))
        _reopen(report, by=by, note=note)


def set_fixes(proposal: Proposal, fixes: Fixes | None, *, adds: bool = False) -> bool:
    """Say which reports a merge of the proposal closes; True if that differs.

    fixes  None, or what was chosen: of reports that were not offered it says nothing
    adds   what the proposal fixes already stays, also where it was offered and not chosen

    The caller holds the transaction, asks the policy and logs it.
    """
    if fixes is None:
        return False
    before = set(proposal.fixes.all())
    unchosen = set() if adds else set(fixes.offered)
    wanted = (before - unchosen) | set(fixes.chosen)
    if wanted == before:
        return False
    proposal.fixes.set(wanted)
    return True


def settle_reports(proposal: Proposal, *, by: User) -> None:
    """Close the reports that a merge fixes, reopen those whose fix it takes back.

    Fixed are those that the proposal names, and those of entries that it retires. Runs inside
    the transaction of the merge, after its revision. Open reports of an entry that was joined
    into another move there.
    """
    gone = _retired_by(proposal)
    for entry in gone.exclude(joined_into=None):  # its text is still in the guide
        Report.objects.open().filter(entry=entry).update(entry=entry.joined_into)
    fixed = Q(fixed_by=proposal) | Q(entry__in=gone.filter(joined_into=None))
    for report in Report.objects.open().filter(fixed).distinct():
        _close(report, ReportStatus.FIXED, by=by, through=proposal)
    if proposal.reverts_id:
        note = f"Revision {proposal.reverts_id}, which fixed it, was taken back."
        undone = {"closed_through__merge_note__revision": proposal.reverts_id}
        for report in Report.objects.filter(status=ReportStatus.FIXED, **undone):
            _reopen(report, by=by, note=note)


def log_report(report: Report, what: ReportEventKind, *, by: User, note: str = "") -> ReportEvent:
    """Write a line of the public log of reports. Every step of a report passes here.

    Raises history.OutsideWriting without `history.writing()`.
    """
    history.require_writing(f"Logging “{what}”")
    event = ReportEvent.objects.create(report=report, what=what, by=by, note=note.strip())
    notifying.notify(event)
    return event


def _close(
    report: Report,
    status: ReportStatus,
    *,
    by: User,
    note: str = "",
    through: Proposal | None = None,
) -> None:
    report.status, report.closed_through = status, through
    report.closed_at, report.closed_by = timezone.now(), by
    report.save()
    log_report(report, ReportEventKind(status.value), by=by, note=note)


def _reopen(report: Report, *, by: User, note: str) -> None:
    report.status = ReportStatus.OPEN
    report.closed_at = report.closed_by = report.closed_through = None
    report.save()
    log_report(report, ReportEventKind.REOPENED, by=by, note=note)


def _retired_by(proposal: Proposal) -> QuerySet[Entry]:
    """The entries that a merged proposal retired."""
    versions = Version.objects.get_for_model(Entry).filter(revision__merge_note__proposal=proposal)
    changed = [int(pk) for pk in versions.values_list("object_id", flat=True)]
    return Entry.objects.filter(pk__in=changed, retired_at__isnull=False)
