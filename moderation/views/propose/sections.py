"""Typing a proposal about the structure of the guide: sections, and where entries stand."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from entries.models import Entry, EntryKind, Section
from entries.reading.tree import Tree
from guide_site.models import MemberRequest
from moderation import policies
from moderation.forms import moves, subjects
from moderation.models import Operation, Subject
from moderation.views.propose.base import (
    RowChange,
    RowEditor,
    chosen_section,
    propose,
    proposing,
)
from moderation.views.propose.editor_page import EditorPage

# By the last word of the address
SECTION_EDITORS = {
    "change": RowEditor(
        subjects.SectionForm, Operation.EDIT, "Change the section “{row}”", "Change this section"
    ),
    "move": RowEditor(
        moves.MoveSectionForm, Operation.MOVE, "Move the section “{row}”", "Move this section"
    ),
    "retire": RowEditor(subjects.RetireSectionForm, Operation.RETIRE, "Retire the section “{row}”"),
    "restore": RowEditor(
        subjects.RestoreSectionForm, Operation.RESTORE, "Restore the section “{row}”"
    ),
}


@proposing
def move_entry(request: MemberRequest, pk: int) -> HttpResponse:
    """Choose another place for an entry: first the section, then the place in it."""
    known = Entry.objects.exclude(kind=EntryKind.KEPT).select_related("section")
    entry = get_object_or_404(known, pk=pk)
    to = chosen_section(request) or entry.section
    return propose(
        request,
        RowChange(
            moves.MoveEntryForm,
            Operation.MOVE,
            entry,
            title=f"Move “{entry.opening_words}”",
            options={"to": to},
        ),
        EditorPage(
            heading="Move this entry",
            back=entry.get_absolute_url(),
            destinations=moves.destinations(),
            to=to,
            entry=entry,
            section=entry.section,
        ),
    )


@proposing
def change_section(request: MemberRequest, slug: str, editor: str) -> HttpResponse:
    """Change, move, retire or restore a section, not its entries: one of SECTION_EDITORS."""
    chosen, section = SECTION_EDITORS[editor], get_object_or_404(Section, slug=slug)
    is_shown = section.is_live and chosen.operation != Operation.RESTORE
    back = section.get_absolute_url() if is_shown else reverse("section-history", args=[slug])
    return chosen.propose(request, section, key=slug, back=back, editors=SECTION_EDITORS)


@proposing
def add_section(request: MemberRequest, slug: str | None = None) -> HttpResponse:
    """A new section below another, or a main section of the guide."""
    below = get_object_or_404(Section, slug=slug) if slug else None
    asked = {"heading": request.GET.get("title", ""), "kind": request.GET.get("kind", "general")}
    return propose(
        request,
        RowChange(
            subjects.NewSectionForm,
            Operation.ADD,
            Subject.SECTION,
            title=f"Add the section “{asked['heading']}”" if asked["heading"] else "Add a section",
            options={"above": below or _title()},
            initial=asked,
        ),
        EditorPage(
            heading=f"Add a section below “{below.title}”" if below else "Add a section",
            why_not=policies.why_not_change(request.user, below) if below else None,
            back=below.get_absolute_url() if below else reverse("guide"),
        ),
    )


def _title() -> Section | None:
    """The section that all others stand below: a second one beside it would undo the contents."""
    title = Tree().title
    return title.section if title else None
