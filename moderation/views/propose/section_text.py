"""The section editor: a section as Markdown; what was typed becomes the changes that were made."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect

from entries.models import Entry, Section
from entries.section_editor import steps
from entries.section_editor.source import SectionSource
from guide_site.core import history, rescued_forms
from guide_site.core.access import Permission, requires
from moderation.changes.from_steps import as_changes
from moderation.forms.proposal import LOST
from moderation.forms.reports import FixesForm
from moderation.forms.section_text import SECTION_LENGTH, SectionTextForm
from moderation.views.opened_forms import opened_form
from moderation.views.propose.base import save
from moderation.views.propose.editor_page import EditorPage, show_editor

UNCHANGED = "Nothing is changed yet: the text says what the guide says."
TOO_LONG = "Together with the sections below, this is too long to edit in one piece."


@rescued_forms.keeps_form
@requires(Permission.PROPOSE)
def edit_section(request, slug):
    """Propose what was changed in the text of a section, bullet by bullet."""
    section = get_object_or_404(Section.objects.shown(), slug=slug)
    has_below = section.children.filter(retired_at=None).exists()
    below = has_below and request.GET.get("below") == "1"
    source = SectionSource(section, below=below, generation=history.generation())
    if len(source.text) > SECTION_LENGTH:
        messages.info(request, TOO_LONG)
        return redirect("section-edit" if below else "section", slug)
    form = opened_form(request, SectionTextForm, {"text": source.text, "below": below})
    entries = Entry.objects.live().filter(section__in=source.sections)
    fixes = FixesForm.beside(form, entries=entries, ticked=[])
    is_sent = request.method == "POST" and form.is_valid()
    if is_sent and (proposal := _propose(request, section, form, fixes)):
        return redirect(proposal)
    return show_editor(
        request,
        form,
        EditorPage(heading=f"Edit “{section.title}”", section=section, fixes=fixes),
        template="moderation/section_editor.html",
        below=str(form["below"].value()) == "True",
        has_below=has_below,
    )


def _propose(request, section, form, fixes):
    """Keep what was found as a draft; None if the form has to say something first."""
    data = form.cleaned_data
    source = SectionSource(section, below=data["below"], generation=data["seen"])
    if not source.sections:  # no page of ours names a revision before the section was there
        form.add_error(None, LOST)
        return None
    found = steps.compare(source, data["text"], because=data["retired_because"])
    if not form.tell(found):
        return None
    if not found.steps:
        form.add_error(None, UNCHANGED)
        return None
    return save(request, form, as_changes(found.steps), fixes)
