"""Typing a proposal: edit, add, retire. Nothing that was typed is ever dropped."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.decorators import method_decorator
from markdownx.views import MarkdownifyView

from entries.models import Entry, EntryKind, Section
from guide_site.core import access
from guide_site.core.access import Permission
from guide_site.core.addresses import whole_number
from guide_site.models import MemberRequest
from moderation import display, policies
from moderation.changes import versions
from moderation.changes.elsewhere import place_of
from moderation.changes.field_types import Values
from moderation.changes.fields import content
from moderation.changes.taking_back import first_seen
from moderation.forms import of_change
from moderation.forms.entry import AddForm, EditForm
from moderation.forms.entry_operations import ENTRY_OPERATIONS
from moderation.forms.reports import FixesForm
from moderation.forms.section_text import SECTION_LENGTH
from moderation.models import MAX_TITLE, Change, Operation, Proposal, Subject
from moderation.states import Status
from moderation.views.opened_forms import opened_form
from moderation.views.propose.base import SAME_TEXT, proposing, save
from moderation.views.propose.editor_page import EditorPage, Meanwhile, meanwhile, show_editor


@proposing
def edit_entry(request: MemberRequest, pk: int) -> HttpResponse:
    """Propose another text or other tags for an entry."""
    entry = _entry(pk)
    if elsewhere := _elsewhere(request, entry):
        return elsewhere
    if request.method == "GET" and (there := _own_change_of(request, entry)):
        return redirect("proposal-change", there.proposal_id, there.pk)
    initial = versions.snapshot(entry) | _built_on(request, entry)
    form = opened_form(request, EditForm, initial, entry=entry)
    reports = map(whole_number, request.GET.getlist("fixes"))
    ticked = [report for report in reports if report is not None]
    fixes = FixesForm.beside(form, entries=[entry], ticked=ticked)
    if request.method == "POST" and form.is_valid():
        base = versions.snapshot_at(entry, form.cleaned_data["seen"])
        proposed = form.proposed
        source = _edit_in(form.cleaned_data.get("builds_on"), entry)
        on = _words_of(source)
        if proposed in (base, on):
            form.add_error(None, SAME_TEXT)
        else:
            base |= {"built_on": on} | first_seen(source, base) if source else {}
            change = _change(form.operation, entry.section, entry, base, proposed)
            if proposal := save(request, form, [change], fixes):
                return redirect(proposal)
    page = EditorPage(
        heading="Propose an edit",
        entry=entry,
        section=entry.section,
        fixes=fixes,
        meanwhile=_meanwhile_of(form, entry),
    )
    return show_editor(request, form, page)


@proposing
def add_entry(request: MemberRequest, slug: str) -> HttpResponse:
    """Propose a new entry for a section."""
    section = get_object_or_404(Section.objects.with_pages(), slug=slug)
    why_not = policies.why_not_change(request.user, section)
    initial = {"place": request.GET.get("place", ""), "kind": EntryKind.BULLET}
    form = opened_form(request, AddForm, initial, section=section)
    if request.method == "POST" and not why_not and form.is_valid():
        change = _change(Operation.ADD, section, None, {}, form.proposed)
        if proposal := save(request, form, [change]):
            return redirect(proposal)
    page = EditorPage(heading="Add an entry", section=section, why_not=why_not)
    return show_editor(request, form, page)


@proposing
def change_entry(request: MemberRequest, pk: int, editor: str) -> HttpResponse:
    """Propose one of the ENTRY_OPERATIONS."""
    entry, operation = _entry(pk), Operation(editor)
    if operation != Operation.RETIRE and (elsewhere := _elsewhere(request, entry)):
        return elsewhere
    form_class = ENTRY_OPERATIONS[operation]
    initial = form_class.initial_of(entry, versions.snapshot(entry))
    initial["title"] = f"{form_class.VERB} “{entry.opening_words}”"[:MAX_TITLE]
    form = opened_form(request, form_class, initial, entry=entry)
    if request.method == "POST" and form.is_valid():
        made = _change(operation, entry.section, entry, form.base, form.proposed)
        if proposal := save(request, form, [made]):
            return redirect(proposal)
    page = EditorPage(
        heading=form_class.HEADING,
        entry=entry,
        section=entry.section,
        why_not=None if form.is_bound else form.why_not,
    )
    return show_editor(request, form, page)


@method_decorator(login_not_required, name="dispatch")
class PreviewView(MarkdownifyView):
    """HTML of a text as the guide would show it, for the editor (django-markdownx)."""

    permission = Permission.PROPOSE
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Render the posted `content`, or say why not."""
        if not request.user.is_authenticated:
            words = "Your session has ended. Keep this page open and log in in another tab."
            return _notice(words, status=403)
        if reason := access.why_not(request.user, self.permission):
            return _notice(reason, status=403)
        if "content" not in request.POST:
            return _notice("There is no text to show.", status=400)
        if len(request.POST["content"]) > SECTION_LENGTH:
            limit = f"{SECTION_LENGTH:,}"
            return _notice(f"This text is too long: keep it under {limit} characters.", status=413)
        return HttpResponse(display.preview(request.POST["content"], request.user))


def _elsewhere(request: MemberRequest, entry: Entry) -> HttpResponse | None:
    """The way to where an entry is changed whose text follows facts, instead of an empty form.

    What was typed is never dropped: it comes back in its form, with the same sentence.
    """
    found = place_of(entry) if request.method == "GET" else None
    if found is None:
        return None
    messages.info(request, found.sentence)
    return redirect(found.address)


def _notice(sentence: str, status: int) -> HttpResponse:
    return HttpResponse(f'<p class="notice">{sentence}</p>', status=status)


def _built_on(request: MemberRequest, entry: Entry) -> dict[str, Any]:
    """What a form starts with if `?on=` names a proposal of somebody to go on from."""
    number = whole_number(request.GET.get("on"))
    on = Proposal.objects.public().filter(pk=number).first() if number is not None else None
    words = _words_of(_edit_in(on, entry))
    return words | {"builds_on": on.pk} if on and words else {}


def _edit_in(proposal: Proposal | None, entry: Entry) -> Change | None:
    """The change of a proposal that gives `entry` another text, or None."""
    if proposal is None:
        return None
    edits = proposal.changes.filter(entry=entry, operation=Operation.EDIT)
    change = edits.select_related("entry", "proposal").first()
    return change if change and "body" in change.proposed else None


def _words_of(change: Change | None) -> Values:
    """The text and tags that an edit gives to its entry, as it would be merged now; or {}.

    What others wrote elsewhere in the text meanwhile is in it.
    """
    if change is None or change.entry is None:
        return {}
    if change.entry.is_live and change.proposal.status != Status.MERGED:
        return content(of_change.opening(change))
    return content(change.proposed)


def _meanwhile_of(form: EditForm, entry: Entry) -> Meanwhile | None:
    """Where the words of the proposal that a form builds on conflict with the guide, or None."""
    number = whole_number(str(form["builds_on"].value() or ""))
    on = Proposal.objects.open().filter(pk=number).first() if number is not None else None
    found = meanwhile(_edit_in(on, entry), on=on)
    return found if found and found.places else None


def _own_change_of(request: MemberRequest, entry: Entry) -> Change | None:
    """The change of `entry` in the proposal that `?into=` names, if it is the member's own."""
    into = whole_number(request.GET.get("into"))
    if into is None:
        return None
    own = Proposal.objects.amendable_by(request.user)
    return Change.objects.filter(proposal__in=own, proposal=into, entry=entry).first()


def _entry(pk: int) -> Entry:
    live = Entry.objects.select_related("section").exclude(kind=EntryKind.KEPT)
    return get_object_or_404(live, pk=pk)


def _change(
    operation: Operation, section: Section, entry: Entry | None, base: Values, proposed: Values
) -> dict[str, Any]:
    """The fields of a Change of an entry."""
    return {
        "subject": Subject.ENTRY,
        "operation": operation,
        "section": section,
        "entry": entry,
        "base": base,
        "proposed": proposed,
    }
