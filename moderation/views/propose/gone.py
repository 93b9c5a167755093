"""Where a form goes on when what it was about has gone while somebody typed."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from guide_site.models import MemberRequest
from moderation.changes import targets
from moderation.models import Change, Operation, Subject

# Fields that nobody types
_OURS = {
    *("csrfmiddlewaretoken", "form_key", "seen", "version", "into", "builds_on"),
    *("below", "to", "other", "then"),
}
_WORDS = {  # the last word of the address, where it is not the operation
    (Subject.SECTION, Operation.EDIT): "change",
    (Subject.OFFERING, Operation.RETIRE): "remove",
}
_WITHOUT_FORM = {(Subject.SERVICE, Operation.RETIRE)}


def show_gone(request: MemberRequest, heading: str, back: str) -> HttpResponse:
    """What was typed into a form whose row or change is not there any more, to copy it.

    back  address of what is left, where a page leads that nobody typed on
    """
    typed = [
        (name.replace("_", " "), value)
        for name, values in request.POST.lists()
        for value in values
        if name not in _OURS and value.strip()
    ]
    if not typed:
        messages.info(request, heading)
        return redirect(back)
    context = {"heading": heading, "back": back, "typed": typed}
    return render(request, "moderation/gone.html", context, status=409)


def afresh(change: Change | None) -> str:
    """Address where the form of a change makes a new proposal of what was typed; or "".

    Of an addition that is in the guide by now the new proposal is an edit.
    """
    if change is None:
        return ""
    subject, operation = Subject(change.subject), Operation(change.operation)
    row = targets.target(change)
    if row is None:
        is_addition = operation == Operation.ADD
        return _ADDITIONS[subject](change) if is_addition and subject in _ADDITIONS else ""
    operation = Operation.EDIT if operation == Operation.ADD else operation
    is_live = getattr(row, "retired_at", None) is None
    if (subject, operation) in _WITHOUT_FORM or is_live == (operation == Operation.RESTORE):
        return ""
    word = _WORDS.get((subject, operation), operation.value)
    if subject == Subject.GUIDE:
        return reverse("guide-edit")
    key = row.pk if subject in (Subject.ENTRY, Subject.OFFERING) else getattr(row, "slug", "")
    return reverse(f"{subject.value.replace('_', '-')}-{word}", args=[key])


def _new_entry(change: Change) -> str:
    section = change.section
    return reverse("entry-add", args=[section.slug]) if section and section.is_live else ""


def _new_offering(change: Change) -> str:
    row, provider = change.proposed["capability"], change.proposed["provider"]
    return (
        reverse("capability-add") if row is None else reverse("offering-add", args=[row, provider])
    )


_ADDITIONS: dict[Subject, Callable[[Change], str]] = {
    Subject.ENTRY: _new_entry,
    Subject.SECTION: lambda change: reverse("top-section-add"),
    Subject.SERVICE: lambda change: reverse("service-add"),
    Subject.OFFERING: _new_offering,
    Subject.LEGEND_TAG: lambda change: reverse("legend-tag-add"),
}
