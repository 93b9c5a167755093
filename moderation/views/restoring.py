"""Bringing back what the guide had: a retired entry, or an earlier version of one."""

from django.shortcuts import get_object_or_404, redirect

from entries.models import Entry, EntryKind
from moderation import changes
from moderation.forms import EntryForm
from moderation.models import Operation, Subject
from moderation.versions import fields_at
from moderation.views.editing import NOTHING_CHANGED, editor, opened, save
from moderation.views.subjects import typed


@typed
def restore_entry(request, pk):
    """Restore a retired entry, or with `?revision=` the text that it had; either can be edited."""
    known = Entry.objects.exclude(kind=EntryKind.KEPT).select_related("section")
    entry = get_object_or_404(known, pk=pk)
    form = opened(request, EntryForm, _start(request, entry))
    if request.method == "POST" and form.is_valid():
        base = changes.snapshot_at(entry, form.cleaned_data["seen"])
        proposed = {"body": form.cleaned_data["body"], "tags": form.cleaned_data["tags"]}
        if entry.is_live and proposed == base:
            form.add_error(None, NOTHING_CHANGED)
        else:
            change = {
                "subject": Subject.ENTRY,
                "operation": Operation.EDIT if entry.is_live else Operation.RESTORE,
                "entry": entry,
                "section": entry.section,
                "base": base,
                "proposed": proposed,
            }
            if proposal := save(request, form, [change]):
                return redirect(proposal)
    heading = "Restore an earlier version" if entry.is_live else "Restore this entry"
    back = entry.get_absolute_url()
    return editor(request, form, heading=heading, section=entry.section, back=back)


def _start(request, entry):
    """The text to start from: as it is, or as the revision that was asked for left it."""
    number = request.GET.get("revision", "")
    fields = None
    if number.isascii() and number.isdecimal() and len(number) < 10:
        fields = fields_at(entry, int(number))
    text = changes.snapshot_of(Entry, fields) if fields else changes.snapshot(entry)
    what = f"the version of revision {number}" if fields else f"“{entry.lead}”"
    return text | {"title": f"Restore {what}"[:120]}
