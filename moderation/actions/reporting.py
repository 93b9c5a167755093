"""What people do with reports: report, discuss, close, reopen; and what a merge does to them."""

from django.db.models import Q
from django.utils import timezone
from reversion.models import Version

from entries.models import Entry
from guide_site.core import history
from moderation.actions.base import missing, refuse, reread
from moderation.actions.discussing import remark
from moderation.actions.values import Fixes
from moderation.models import Proposal, Report, ReportEvent, ReportStatus
from moderation.notifications import telling
from moderation.policies import reports as report_policies


def report(entry, *, by, kind, text):
    """Report a problem with an entry in one sentence. The same again is the same report."""
    with history.writing():
        reread(entry)
        refuse(report_policies.why_not_report(by, entry))
        made = Report(entry=entry, author=by, kind=kind, text=" ".join(text.split()))
        same = Report.objects.open().filter(entry=entry, author=by, kind=kind, text=made.text)
        if again := same.first():
            return again  # a double click
        made.full_clean(validate_constraints=False)
        made.save()
        log(made, ReportEvent.What.OPENED, by=by)
    return made


def discuss(report, *, by, body):
    """Add a remark (Markdown) to the discussion of a report, open or closed."""
    with history.writing():
        reread(report)
        refuse(report_policies.why_not_discuss(by))
        made, is_new = remark(report, by=by, body=body)
        if is_new:
            log(report, ReportEvent.What.COMMENTED, by=by)
    return made


def fix(report, *, by, note=""):
    """Close a report because the entry is right now."""
    with history.writing():
        reread(report)
        refuse(report_policies.why_not_fix(by, report))
        _close(report, ReportStatus.FIXED, by=by, note=note)


def dismiss(report, *, by, note=""):
    """Close a report without a fix, with a reason; its author may without."""
    with history.writing():
        reread(report)
        refuse(report_policies.why_not_dismiss(by, report))
        if not report_policies.is_author(by, report):
            refuse(missing(note))
        _close(report, ReportStatus.DISMISSED, by=by, note=note)


def reopen(report, *, by, note):
    """Open a closed report again, with a reason."""
    with history.writing():
        reread(report)
        refuse(report_policies.why_not_reopen(by, report) or missing(note))
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


def settle(proposal, *, by):
    """Close the reports that a merge fixes, reopen those whose fix it takes back.

    Fixed are those that the proposal names, and those of entries that it retires. Runs inside
    the transaction of the merge, after its revision.
    """
    fixed = Q(fixed_by=proposal) | Q(entry__in=_retired_by(proposal))
    for found in Report.objects.open().filter(fixed).distinct():
        _close(found, ReportStatus.FIXED, by=by, through=proposal)
    if proposal.reverts_id:
        note = f"Revision {proposal.reverts_id}, which fixed it, was taken back."
        undone = {"closed_through__merge_note__revision": proposal.reverts_id}
        for found in Report.objects.filter(status=ReportStatus.FIXED, **undone):
            _reopen(found, by=by, note=note)


def log(report, what, *, by, note=""):
    """Write a line of the public log of reports. Every step of a report passes here.

    Raises history.OutsideWriting without `history.writing()`.
    """
    history.require_writing(f"Logging “{what}”")
    event = ReportEvent.objects.create(report=report, what=what, by=by, note=note.strip())
    telling.tell(event)
    return event


def _close(report, status, *, by, note="", through=None):
    report.status, report.closed_through = status, through
    report.closed_at, report.closed_by = timezone.now(), by
    report.save()
    log(report, ReportEvent.What(status.value), by=by, note=note)


def _reopen(report, *, by, note):
    report.status = ReportStatus.OPEN
    report.closed_at = report.closed_by = report.closed_through = None
    report.save()
    log(report, ReportEvent.What.REOPENED, by=by, note=note)


def _retired_by(proposal):
    versions = Version.objects.get_for_model(Entry).filter(revision__merge_note__proposal=proposal)
    changed = [int(pk) for pk in versions.values_list("object_id", flat=True)]
    return Entry.objects.filter(pk__in=changed, retired_at__isnull=False)
