"""Bringing back what the guide had: a retired entry, an earlier version, all before a revision."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from reversion.models import Revision

from entries.models import Entry, EntryKind
from guide_site.core.addresses import whole_number
from guide_site.models import MemberRequest
from moderation.changes import cascades, versions
from moderation.changes.fields import content
from moderation.changes.taking_back import FIRST_SEEN
from moderation.changes.undo import MOST, changes_back
from moderation.forms.entry import RestoreForm
from moderation.forms.proposal import ProposalForm
from moderation.models import MAX_TITLE, Operation, Subject
from moderation.views.opened_forms import opened_form
from moderation.views.propose.base import SAME_TEXT, proposing, save
from moderation.views.propose.editor_page import EditorPage, show_editor


@proposing
def restore_entry(request: MemberRequest, pk: int) -> HttpResponse:
    """Restore a retired entry, or with `?revision=` the text that it had; either can be edited."""
    known = Entry.objects.exclude(kind=EntryKind.KEPT).select_related("section")
    entry = get_object_or_404(known, pk=pk)
    nested = [] if entry.is_live else cascades.retired_with(entry)
    form = opened_form(request, RestoreForm, _start(request, entry), entry=entry, nested=nested)
    if request.method == "POST" and form.is_valid():
        base = versions.snapshot_at(entry, form.cleaned_data["seen"])
        start = _start(request, entry)["body"]
        if entry.is_live and start != base["body"]:  # say what it takes back of later edits
            base[FIRST_SEEN] = {"body": start}
        proposed = content(form.cleaned_data)
        if entry.is_live and proposed.items() <= base.items():
            form.add_error(None, SAME_TEXT)
        else:
            change = {
                "subject": Subject.ENTRY,
                "operation": Operation.EDIT if entry.is_live else Operation.RESTORE,
                "entry": entry,
                "section": entry.section,
                "base": base,
                "proposed": proposed,
            }
            others = cascades.restorations(nested) if form.cleaned_data.get("along") else []
            if proposal := save(request, form, [change, *others]):
                return redirect(proposal)
    heading = "Restore an earlier version" if entry.is_live else "Restore this entry"
    page = EditorPage(heading=heading, section=entry.section, back=entry.get_absolute_url())
    return show_editor(request, form, page)


def _start(request: MemberRequest, entry: Entry) -> dict[str, Any]:
    """The text to start from: as it is, or as the revision that was asked for left it."""
    number = whole_number(request.GET.get("revision"))
    fields = None if number is None else versions.fields_at(entry, number)
    text = versions.snapshot_of(Entry, fields) if fields else versions.snapshot(entry)
    what = f"the version of revision {number}" if fields else f"“{entry.opening_words}”"
    return text | {"title": f"Restore {what}"[:MAX_TITLE]}


class UndoForm(ProposalForm):
    """What the proposal that takes a revision back says about itself."""

    def __init__(self, *args: Any, revision: Revision, **kwargs: Any) -> None:
        self.revision = revision
        super().__init__(*args, **kwargs)
        self.fields.pop("into", None)

    @property
    def texts(self) -> dict[str, Any]:
        """The proposal's own fields, cleaned, and the revision."""
        return super().texts | {"reverts": self.revision}


@proposing
def undo(request: MemberRequest, pk: int) -> HttpResponse:
    """Propose to take a revision back, merged into the guide as it stands now."""
    revision = get_object_or_404(Revision.objects.select_related("merge_note__proposal"), pk=pk)
    title = f"Undo: {revision.comment or f'revision {pk}'}"[:MAX_TITLE]
    form = opened_form(request, UndoForm, {"title": title}, revision=revision)
    if request.method == "POST" and form.is_valid():
        changes = changes_back(revision)
        if not changes:
            form.add_error(None, "This revision changed nothing that could be undone.")
        elif len(changes) > MOST:
            form.add_error(None, f"It made more than {MOST} changes: too many for one proposal.")
        elif proposal := save(request, form, changes):
            return redirect(proposal)
    page = EditorPage(heading=f"Undo revision {pk}", back=reverse("revision", args=[pk]))
    return show_editor(request, form, page)
