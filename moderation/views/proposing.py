"""Typing a proposal: edit, add, retire, amend. Nothing that was typed is ever dropped."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.decorators import method_decorator
from markdownx.views import MarkdownifyView

from entries.models import Entry, EntryKind, Section
from guide_site.core import access, kept, markdown
from guide_site.core.access import Permission, requires
from moderation import actions, changes, display, entry_changes, policies
from moderation.forms import AddForm, EntryForm, ProposalForm, RetireForm
from moderation.models import Operation, Proposal, Subject

RESTORED = "Your session had ended. Here is what you typed: nothing is lost."
NOTHING_CHANGED = "Nothing is changed yet: the text and the tags are what the guide has."


@kept.keeps_form
@requires(Permission.PROPOSE)
def edit_entry(request, pk):
    """Propose another text or other tags for an entry."""
    entry = _entry(pk)
    form = _form(request, EntryForm, initial=changes.snapshot(entry))
    if request.method == "POST" and form.is_valid():
        base = changes.snapshot_at(entry, form.cleaned_data["seen"])
        proposed = {"body": form.cleaned_data["body"], "tags": form.cleaned_data["tags"]}
        if proposed == base:
            form.add_error(None, NOTHING_CHANGED)
        else:
            change = _change(Operation.EDIT, entry.section, entry, base, proposed)
            if proposal := _save(request, form, change):
                return redirect(proposal)
    return _editor(request, form, heading="Propose an edit", entry=entry, section=entry.section)


@kept.keeps_form
@requires(Permission.PROPOSE)
def add_entry(request, slug):
    """Propose a new entry for a section."""
    section = get_object_or_404(Section.objects.shown(), slug=slug)
    initial = {"place": request.GET.get("place", ""), "kind": EntryKind.BULLET}
    form = _form(request, AddForm, initial=initial, section=section)
    if request.method == "POST" and form.is_valid():
        change = _change(Operation.ADD, section, None, {}, form.proposed)
        if proposal := _save(request, form, change):
            return redirect(proposal)
    return _editor(request, form, heading="Add an entry", section=section)


@kept.keeps_form
@requires(Permission.PROPOSE)
def retire_entry(request, pk):
    """Propose to take an entry out of the guide."""
    entry = _entry(pk)
    initial = {"title": f"Retire “{entry.lead}”"[:120]}
    nested = entry_changes.nested(entry)
    form = _form(request, RetireForm, initial=initial, has_children=bool(nested))
    if request.method == "POST" and form.is_valid():
        base = changes.snapshot_at(entry, form.cleaned_data["seen"]) | {"nested": nested}
        proposed = {
            "retired_because": form.cleaned_data["retired_because"],
            "children": form.cleaned_data["children"],
        }
        change = _change(Operation.RETIRE, entry.section, entry, base, proposed)
        if proposal := _save(request, form, change):
            return redirect(proposal)
    return _editor(request, form, heading="Retire this entry", entry=entry, section=entry.section)


@kept.keeps_form
@requires(Permission.PROPOSE)
def amend(request, pk):
    """Change one's own proposal; one that no longer merges is brought up to date here."""
    proposal = get_object_or_404(Proposal, pk=pk, author=request.user)
    change = _only_change(proposal)
    form_class, initial, options = _amending(proposal, change)
    form = _form(request, form_class, initial=initial, **options)
    reason = policies.why_not_amend(request.user, proposal)
    if reason and not form.is_bound:
        messages.error(request, reason)
        return redirect(proposal)
    is_sent = request.method == "POST" and not reason and form.is_valid()
    if is_sent and _amend(request, proposal, change, form):
        return redirect(proposal)
    return _editor(
        request,
        form,
        heading="Amend your proposal",
        entry=change and change.entry,
        section=change and change.section,
        proposal=proposal,
        why_not=reason,
        **({} if reason else _meanwhile(change)),
    )


@method_decorator(login_not_required, name="dispatch")
class PreviewView(MarkdownifyView):
    """HTML of a text as the guide would show it, for the editor (django-markdownx)."""

    permission = Permission.PROPOSE
    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        if not request.user.is_authenticated:
            words = "Your session has ended. Keep this page open and log in in another tab."
            return _notice(words, status=403)
        if reason := access.why_not(request.user, self.permission):
            return _notice(reason, status=403)
        if "content" not in request.POST:
            return _notice("There is no text to show.", status=400)
        if len(request.POST["content"]) > markdown.MAX_LENGTH:
            limit = f"{markdown.MAX_LENGTH:,}"
            return _notice(f"This text is too long: keep it under {limit} characters.", status=413)
        return super().post(request, *args, **kwargs)


def _notice(sentence, status):
    return HttpResponse(f'<p class="notice">{sentence}</p>', status=status)


def _entry(pk):
    live = Entry.objects.select_related("section").exclude(kind=EntryKind.KEPT)
    return get_object_or_404(live, pk=pk)


def _form(request, form_class, initial, **kwargs):
    """The form as posted, as kept from a lost session, or fresh."""
    if request.method == "POST":
        return form_class(request.POST, initial=initial, **kwargs)
    if fields := kept.take(request):
        messages.info(request, RESTORED)
        return form_class(fields, initial=initial, **kwargs)
    return form_class(initial=initial, **kwargs)


def _change(operation, section, entry, base, proposed):
    return {
        "subject": Subject.ENTRY,
        "operation": operation,
        "section": section,
        "entry": entry,
        "base": base,
        "proposed": proposed,
    }


def _save(request, form, change):
    """Keep the draft; a refusal becomes an error of the form, which keeps its text."""
    key = form.cleaned_data["form_key"]
    try:
        return actions.save_draft(by=request.user, form_key=key, texts=form.texts, change=change)
    except actions.Refused as refusal:
        form.add_error(None, str(refusal))
        return None


def _only_change(proposal):
    """The change of a proposal that the editor can show: one, of one entry; else None."""
    found = list(proposal.changes.select_related("entry", "section"))
    fits = len(found) == 1 and found[0].subject == Subject.ENTRY
    return found[0] if fits and found[0].operation != Operation.MOVE else None


def _amending(proposal, change):
    """Form class, initial values and options for a proposal that exists already."""
    texts = {name: getattr(proposal, name) for name in EntryForm.TEXTS}
    if change is None:
        return ProposalForm, texts, {}
    if change.operation == Operation.RETIRE:
        has_children = bool(entry_changes.nested(change.entry))
        return RetireForm, texts | change.proposed, {"has_children": has_children}
    wanted = {name: change.proposed[name] for name in ("body", "tags")}
    if change.operation == Operation.ADD and change.section:
        place = {"place": _place(change.proposed), "kind": change.proposed["kind"]}
        return AddForm, texts | wanted | place, {"section": change.section}
    if change.operation == Operation.EDIT and change.entry.is_live:
        wanted |= changes.merged(change).values
    return EntryForm, texts | wanted, {}


def _place(proposed):
    """The place of an addition as the form has it; "" for one that only an import makes."""
    for relation, name in (("after", "after"), ("under", "parent")):
        if isinstance(proposed.get(name), int):
            return f"{relation}-{proposed[name]}"
    return ""


def _amend(request, proposal, change, form):
    entry, data = change and change.entry, form.cleaned_data
    base = change and change.base | (changes.snapshot_at(entry, data["seen"]) if entry else {})
    names = [name for name in change.proposed if name in data] if change else ()
    proposed = change and change.proposed | {name: data[name] for name in names}
    if isinstance(form, AddForm):
        proposed = form.proposed
    if entry and proposed == base:
        form.add_error(None, NOTHING_CHANGED)
        return False
    try:
        actions.amend(proposal, by=request.user, texts=form.texts, base=base, proposed=proposed)
    except actions.Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, "Amended. Reviewers see the new version.")
    return True


def _meanwhile(change):
    """What others did to the entry since the proposal was written, for its author."""
    if change is None or change.entry is None:
        return {}
    shown = display.show_change(change)
    return {"shown": shown} if shown.moved_on or shown.problem else {}


def _editor(request, form, *, heading, section, entry=None, proposal=None, why_not=None, **context):
    if entry and not proposal:
        why_not = policies.why_not_change(request.user, entry)
    others = Proposal.objects.open().filter(changes__entry=entry) if entry else ()
    context |= {
        "form": form,
        "heading": heading,
        "section": section,
        "entry": entry,
        "proposal": proposal,
        "why_not": why_not,
        "others": [other for other in others if other != proposal],
    }
    return render(request, "moderation/editor.html", context)
