"""Typing a proposal about the structure of the guide: sections, and where entries stand."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from entries.models import Entry, Section
from entries.reading.tree import Tree
from guide_site.models import MemberRequest
from moderation.forms import moves, subjects
from moderation.models import Operation, Subject
from moderation.views.propose.base import RowChange, chosen_section, propose, proposing
from moderation.views.propose.editor_page import EditorPage


@proposing
def move_entry(request: MemberRequest, pk: int) -> HttpResponse:
    """Choose another place for an entry: first the section, then the place in it."""
    shown = Entry.objects.live().select_related("section")
    entry = get_object_or_404(shown, pk=pk)
    to = chosen_section(request) or entry.section
    return propose(
        request,
        RowChange(
            moves.MoveEntryForm,
            Operation.MOVE,
            entry,
            title=f"Move “{entry.opening_words}”",
            options={"to": to},
            base={"section": entry.section_id, "parent": entry.parent_id},
        ),
        EditorPage(
            heading="Move this entry",
            back=entry.get_absolute_url(),
            destinations=moves.destinations(),
            to=to,
            section=entry.section,
        ),
    )


@proposing
def change_section(request: MemberRequest, slug: str) -> HttpResponse:
    """Another title, kind or tags for a section."""
    section = _section(slug)
    return propose(
        request,
        RowChange(
            subjects.SectionForm,
            Operation.EDIT,
            section,
            title=f"Change the section “{section.title}”",
        ),
        EditorPage(
            heading="Change this section",
            back=section.get_absolute_url(),
            instead=[
                ("move it", reverse("section-move", args=[slug])),
                ("retire it", reverse("section-retire", args=[slug])),
            ],
        ),
    )


@proposing
def move_section(request: MemberRequest, slug: str) -> HttpResponse:
    """Another place for a section, with all below it."""
    section = _section(slug)
    return propose(
        request,
        RowChange(
            moves.MoveSectionForm,
            Operation.MOVE,
            section,
            title=f"Move the section “{section.title}”",
            base={"parent": section.parent_id},
        ),
        EditorPage(heading="Move this section", back=section.get_absolute_url()),
    )


@proposing
def retire_section(request: MemberRequest, slug: str) -> HttpResponse:
    """Take a section out of the guide, and along with it what is in it."""
    section = _section(slug)
    return propose(
        request,
        RowChange(
            subjects.RetireSectionForm,
            Operation.RETIRE,
            section,
            title=f"Retire the section “{section.title}”",
        ),
        EditorPage(
            heading=f"Retire the section “{section.title}”", back=section.get_absolute_url()
        ),
    )


@proposing
def restore_section(request: MemberRequest, slug: str) -> HttpResponse:
    """Bring a retired section back to its place."""
    section = get_object_or_404(Section.objects.retired(), slug=slug)
    return propose(
        request,
        RowChange(
            subjects.PlainForm,
            Operation.RESTORE,
            section,
            title=f"Restore the section “{section.title}”",
        ),
        EditorPage(
            heading=f"Restore the section “{section.title}”",
            back=reverse("section-history", args=[slug]),
        ),
    )


@proposing
def add_section(request: MemberRequest, slug: str | None = None) -> HttpResponse:
    """A new section below another, or a main section of the guide."""
    below = _section(slug) if slug else None
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
            back=below.get_absolute_url() if below else reverse("guide"),
        ),
    )


def _title() -> Section | None:
    """The section that all others stand below: a second one beside it would undo the contents."""
    title = Tree().title
    return title.section if title else None


def _section(slug: str) -> Section:
    return get_object_or_404(Section.objects.live(), slug=slug)
