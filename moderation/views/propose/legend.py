"""Typing a proposal about the legend."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from entries.models import LegendTag
from guide_site.models import MemberRequest
from moderation.forms import legend, moves, subjects
from moderation.models import Operation, Subject
from moderation.views.propose.base import RowChange, RowEditor, propose, proposing
from moderation.views.propose.editor_page import EditorPage

# By the last word of the address
LEGEND_TAG_EDITORS = {
    "edit": RowEditor(
        legend.LegendTagForm, Operation.EDIT, "What {row.sign} means", "Edit the legend tag {row}"
    ),
    "move": RowEditor(moves.MoveLegendTagForm, Operation.MOVE, "Move the legend tag {row}"),
    "retire": RowEditor(subjects.ReasonForm, Operation.RETIRE, "Retire the legend tag {row}"),
    "restore": RowEditor(subjects.PlainForm, Operation.RESTORE, "Restore the legend tag {row}"),
}


@proposing
def change_legend_tag(request: MemberRequest, slug: str, editor: str) -> HttpResponse:
    """Change, move, retire or restore a sign of the legend: one of LEGEND_TAG_EDITORS."""
    tag = get_object_or_404(LegendTag, slug=slug)
    back = tag.get_absolute_url()
    return LEGEND_TAG_EDITORS[editor].propose(
        request, tag, key=slug, back=back, editors=LEGEND_TAG_EDITORS
    )


@proposing
def add_legend_tag(request: MemberRequest) -> HttpResponse:
    """A new sign for the legend."""
    return propose(
        request,
        RowChange(
            legend.NewLegendTagForm, Operation.ADD, Subject.LEGEND_TAG, title="A new legend tag"
        ),
        EditorPage(heading="Add a legend tag", back=reverse("legend")),
    )
