"""Typing a proposal about one thing: the page that all forms of `subject_forms` share."""

from django.shortcuts import redirect

from entries.models import Entry
from guide_site.core import rescued_forms
from guide_site.core.access import Permission, requires
from moderation.changes import versions
from moderation.forms.reports import FixesForm
from moderation.models import MAX_TITLE, Operation, Subject
from moderation.views.opened_forms import opened_form
from moderation.views.propose.base import save
from moderation.views.propose.editor_page import EditorPage, show_editor

NOTHING_CHANGED = "Nothing is changed yet: this is what the guide has."


def typed(view):
    """Decorate a view for members who may propose, whose form outlives a lost session."""
    return rescued_forms.keeps_form(requires(Permission.PROPOSE)(view))


def propose(
    request,
    form_class,
    operation,
    target,
    *,
    heading,
    back,
    title,
    options=None,
    initial=None,
    base=None,
    page=None,
):
    """Show the form of a change of `target` (a Subject for an addition) and keep what it says.

    base   what the change keeps of the guide, if it is not the snapshot of the row
    """
    row = None if isinstance(target, Subject) else target
    subject = target if row is None else versions.SUBJECTS[type(row)]
    start = {"title": title[:MAX_TITLE]} | (initial or {})
    if row is not None and operation == Operation.EDIT:
        start |= form_class.initial_of(versions.snapshot(row))
    form = opened_form(request, form_class, start, target=row, **(options or {}))
    entries = [row] if isinstance(row, Entry) else []
    fixes = FixesForm.beside(form, entries=entries, ticked=[])
    if request.method == "POST" and form.is_valid():
        proposed = form.proposed
        if base is None:
            base = versions.snapshot_at(row, form.cleaned_data["seen"]) if row else {}
        if operation == Operation.EDIT and all(base[n] == v for n, v in proposed.items()):
            form.add_error(None, NOTHING_CHANGED)
        else:
            change = {"subject": subject, "operation": operation, "base": base}
            change |= {subject.value: row, "proposed": proposed}
            if entries:
                change["section"] = row.section
            if proposal := save(request, form, [*form.first, change], fixes):
                return redirect(proposal)
    shown = EditorPage(heading=heading, back=back, fixes=fixes, **(page or {}))
    return show_editor(request, form, shown)
