"""The section editor: a section as Markdown; what was typed becomes the changes that were made."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect

from entries.models import Entry, Section
from entries.section_editor import steps
from entries.section_editor.source import SectionSource
from guide_site.core import history
from guide_site.models import MemberRequest
from moderation import policies
from moderation.changes.from_steps import as_changes
from moderation.forms.proposal import LOST
from moderation.forms.reports import FixesForm
from moderation.forms.section_text import SECTION_LENGTH, SectionTextForm
from moderation.lists import overlaps
from moderation.models import Proposal
from moderation.views.opened_forms import opened_form
from moderation.views.propose.base import SAME_SECTION_TEXT, proposing, save
from moderation.views.propose.editor_page import EditorPage, show_editor

TOO_LONG = "Together with the sections below, this is too long to edit in one piece."


@proposing
def edit_section(request: MemberRequest, slug: str) -> HttpResponse:
    """Propose what was changed in the text of a section, bullet by bullet."""
    section = get_object_or_404(Section.objects.with_pages(), slug=slug)
    why_not = policies.why_not_change(request.user, section)
    has_below = section.children.filter(retired_at=None).exists()
    below = has_below and request.GET.get("below") == "1"
    source = SectionSource(section, below=below, generation=history.generation())
    if len(source.text) > SECTION_LENGTH:
        messages.info(request, TOO_LONG)
        return redirect("section-edit" if below else "section", slug)
    form = opened_form(request, SectionTextForm, {"text": source.text, "below": below})
    entries = Entry.objects.live().filter(section__in=source.sections)
    fixes = FixesForm.beside(form, entries=entries, ticked=[])
    is_sent = request.method == "POST" and not why_not and form.is_valid()
    if is_sent and (proposal := _propose(request, section, form, fixes)):
        return redirect(proposal)
    return show_editor(
        request,
        form,
        EditorPage(
            heading=f"Edit “{section.title}”",
            section=section,
            why_not=why_not,
            fixes=fixes,
            overlaps=overlaps.within(source.sections),
            about="entries of this section",
        ),
        template="moderation/section_editor.html",
        below=str(form["below"].value()) == "True",
        has_below=has_below,
    )


def _propose(
    request: MemberRequest, section: Section, form: SectionTextForm, fixes: FixesForm
) -> Proposal | None:
    """Save what was changed as a draft; None if the form has to say something first."""
    data = form.cleaned_data
    source = SectionSource(section, below=data["below"], generation=data["seen"])
    if not source.sections:  # no page of ours names a revision before the section was there
        form.add_error(None, LOST)
        return None
    edit = steps.compare(source, data["text"], because=data["retired_because"])
    if not form.accepts(edit):
        return None
    if not edit.steps:
        form.add_error(None, SAME_SECTION_TEXT)
        return None
    return save(request, form, as_changes(edit.steps, data["seen"]), fixes)
