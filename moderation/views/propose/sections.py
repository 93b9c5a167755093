"""Typing a proposal about the structure of the guide: sections, and where entries stand."""

from django.shortcuts import get_object_or_404
from django.urls import reverse

from entries.models import Entry, Section
from entries.reading.tree import Tree
from moderation.forms import moves, subjects
from moderation.models import Operation, Subject
from moderation.views.propose.base import chosen_section
from moderation.views.propose.subject import propose, typed


@typed
def move_entry(request, pk):
    """Choose another place for an entry: first the section, then the place in it."""
    shown = Entry.objects.live().select_related("section")
    entry = get_object_or_404(shown, pk=pk)
    to = chosen_section(request) or entry.section
    return propose(
        request,
        moves.MoveEntryForm,
        Operation.MOVE,
        entry,
        heading="Move this entry",
        back=entry.get_absolute_url(),
        title=f"Move “{entry.opening_words}”",
        options={"to": to},
        base={"section": entry.section_id, "parent": entry.parent_id},
        page={"destinations": moves.destinations(), "to": to, "section": entry.section},
    )


@typed
def change_section(request, slug):
    """Another title, kind or tags for a section."""
    section = _section(slug)
    return propose(
        request,
        subjects.SectionForm,
        Operation.EDIT,
        section,
        heading="Change this section",
        back=section.get_absolute_url(),
        title=f"Change the section “{section.title}”",
        page={
            "instead": [
                ("move it", reverse("section-move", args=[slug])),
                ("retire it", reverse("section-retire", args=[slug])),
            ]
        },
    )


@typed
def move_section(request, slug):
    """Another place for a section, with all below it."""
    section = _section(slug)
    return propose(
        request,
        moves.MoveSectionForm,
        Operation.MOVE,
        section,
        heading="Move this section",
        back=section.get_absolute_url(),
        title=f"Move the section “{section.title}”",
        base={"parent": section.parent_id},
    )


@typed
def retire_section(request, slug):
    """Take a section out of the guide, and along with it what is in it."""
    section = _section(slug)
    return propose(
        request,
        subjects.RetireSectionForm,
        Operation.RETIRE,
        section,
        heading=f"Retire the section “{section.title}”",
        back=section.get_absolute_url(),
        title=f"Retire the section “{section.title}”",
    )


@typed
def restore_section(request, slug):
    """Bring a retired section back to its place."""
    section = get_object_or_404(Section.objects.exclude(retired_at=None), slug=slug)
    return propose(
        request,
        subjects.PlainForm,
        Operation.RESTORE,
        section,
        heading=f"Restore the section “{section.title}”",
        back=reverse("section-history", args=[slug]),
        title=f"Restore the section “{section.title}”",
    )


@typed
def add_section(request, slug=None):
    """A new section below another, or a main section of the guide."""
    above = _section(slug) if slug else _title()
    asked = {"heading": request.GET.get("title", ""), "kind": request.GET.get("kind", "general")}
    return propose(
        request,
        subjects.NewSectionForm,
        Operation.ADD,
        Subject.SECTION,
        heading=f"Add a section below “{above.title}”" if slug else "Add a section",
        back=above.get_absolute_url() if slug else reverse("guide"),
        title=f"Add the section “{asked['heading']}”" if asked["heading"] else "Add a section",
        options={"above": above},
        initial=asked,
    )


def _title():
    """The section that all others stand below: a second one beside it would undo the contents."""
    title = Tree().title
    return title and title.section


def _section(slug):
    return get_object_or_404(Section.objects.live(), slug=slug)
