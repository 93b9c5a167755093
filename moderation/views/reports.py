"""Reports of problems with entries: their lists, their pages, and what becomes of them."""

from collections.abc import Callable
from typing import Any, TypeAlias

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from entries.models import Entry, EntryKind
from guide_site.core import rescued_forms
from guide_site.core.access import Permission, can
from guide_site.core.pages import public_page
from guide_site.models import MemberRequest
from moderation import actions, policies
from moderation.forms.proposal import CommentForm
from moderation.forms.reports import ReportForm, SettleForm
from moderation.lists import report_lines
from moderation.lists.filters import ReportFilter
from moderation.models import Report
from moderation.notifications import inbox
from moderation.views.lists import list_page, list_state
from moderation.views.opened_forms import typed_fields
from moderation.views.proposal_page import moderation_state
from moderation.views.refusals import refusal_in_form

THANKS = "Thank you. Whoever looks after this entry sees your report."
_STEPS: dict[str, tuple[Callable[..., None], str]] = {  # what to do, and to say when it is done
    "fix": (actions.fix_report, "Closed as fixed."),
    "dismiss": (actions.dismiss_report, "Closed."),
    "reopen": (actions.reopen_report, "Open again."),
}

_Form: TypeAlias = CommentForm | SettleForm  # the forms on the page of a report
_Step: TypeAlias = Callable[[MemberRequest, Report, dict[str, Any]], HttpResponse]


@public_page(
    state=list_state,
    params=("status", "kind", "section", "service", "age", "author", "page"),
)
def reports(request: HttpRequest) -> HttpResponse:
    """Every report, newest first."""
    context = list_page(request, ReportFilter(request.GET, queryset=report_lines.counted()))
    context["lines"] = report_lines.lines(context["page"])
    words = {"heading": "Reports", "empty": "Nobody has reported anything like this."}
    return render(request, "moderation/reports.html", context | words)


@public_page(state=moderation_state)
def entry_reports(request: HttpRequest, pk: int) -> HttpResponse:
    """What was reported of one entry: open reports first."""
    entry = _entry(pk)
    lines = report_lines.lines(report_lines.counted().filter(entry=entry))
    context = {
        "entry": entry,
        "open": [line for line in lines if line.report.is_open],
        "closed": [line for line in lines if not line.report.is_open],
    }
    return render(request, "moderation/entry_reports.html", context)


@rescued_forms.rescues_form(Permission.COMMENT)
def report_entry(request: MemberRequest, pk: int) -> HttpResponse:
    """Report a problem with an entry, without an edit."""
    entry = _entry(pk)
    form = ReportForm(typed_fields(request))
    if request.method == "POST" and form.is_valid():
        with refusal_in_form(form):
            made = actions.report_entry(entry, by=request.user, **form.cleaned_data)
            messages.success(request, THANKS)
            return redirect(made)
    others = Report.objects.open().filter(entry=entry).select_related("author")
    why_not = policies.why_not_report(request.user, entry)
    context = {"form": form, "entry": entry, "others": others, "why_not": why_not}
    return render(request, "moderation/report_form.html", context)


@public_page(state=moderation_state)
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """One report: what is the matter, what was said about it, what became of it."""
    report = _report(pk)
    if request.user.is_authenticated:
        inbox.mark_read(request.user, report=report.pk)
    return _page(request, report)


@rescued_forms.rescues_form(Permission.COMMENT)
def comment(request: MemberRequest, pk: int) -> HttpResponse:
    """Add to the discussion of a report."""
    return _form_on_page(request, _report(pk), CommentForm, _comment)


@rescued_forms.rescues_form(Permission.COMMENT)
def settle(request: MemberRequest, pk: int) -> HttpResponse:
    """Close a report as fixed or without a fix, or open it again."""
    return _form_on_page(request, _report(pk), SettleForm, _settle)


def _form_on_page(
    request: MemberRequest, report: Report, form_class: type[_Form], step: _Step
) -> HttpResponse:
    """Carry out what a form on the page of a report asks for, or show it there again."""
    form = form_class(typed_fields(request))
    if request.method == "POST" and form.is_valid():
        with refusal_in_form(form):
            return step(request, report, form.cleaned_data)
    return _page(request, report, form)


def _comment(request: MemberRequest, report: Report, data: dict[str, Any]) -> HttpResponse:
    actions.discuss_report(report, by=request.user, body=data["body"])
    return redirect(f"{report.get_absolute_url()}#discussion")


def _settle(request: MemberRequest, report: Report, data: dict[str, Any]) -> HttpResponse:
    step = _STEPS.get(request.POST.get("step", ""))
    if step is None:
        raise actions.Refused("Choose what to do with the report.")
    settle_report, done = step
    settle_report(report, by=request.user, note=data["note"])
    messages.success(request, done)
    return redirect(report)


def _entry(pk: int) -> Entry:
    known = Entry.objects.select_related("section").exclude(kind=EntryKind.KEPT)
    return get_object_or_404(known, pk=pk)


def _report(pk: int) -> Report:
    everything = Report.objects.select_related(
        "entry__section", "author", "closed_by", "closed_through"
    )
    return get_object_or_404(everything, pk=pk)


def _page(request: HttpRequest, report: Report, form: _Form | None = None) -> HttpResponse:
    """The page of a report. form: the one that was sent, but not accepted, or is not sent yet."""
    user = request.user
    fixing = report.fixed_by.public().filter(closed_at=None).select_related("author")
    is_author = user.is_authenticated and policies.is_reporter(user, report)
    may_decide = user.is_authenticated and can(user, Permission.DECIDE)
    context = {
        "report": report,
        "fixing": fixing,
        "moments": report_lines.history(report),
        "may_decide": may_decide,
        "may_settle": may_decide or (is_author and report.is_open),
        "why_not_discuss": policies.why_not_discuss_reports(user),
        "settling": form if isinstance(form, SettleForm) else SettleForm(),
        "remark": form if isinstance(form, CommentForm) else CommentForm(),
    }
    status = 400 if request.method == "POST" else 200
    return render(request, "moderation/report.html", context, status=status)
