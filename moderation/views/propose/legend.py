"""Typing a proposal about the legend."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from entries.models import LegendTag
from guide_site.models import MemberRequest
from moderation.forms import legend, moves, subjects
from moderation.models import Operation, Subject
from moderation.views.propose.base import RowChange, propose, proposing
from moderation.views.propose.editor_page import EditorPage


@proposing
def edit_legend_tag(request: MemberRequest, slug: str) -> HttpResponse:
    """Say otherwise what a sign of the legend means."""
    tag = _live(slug)
    return propose(
        request,
        RowChange(legend.LegendTagForm, Operation.EDIT, tag, title=f"What {tag.sign} means"),
        EditorPage(
            heading=f"Edit the legend tag {tag.sign} {tag.label}",
            back=tag.get_absolute_url(),
            instead=[
                ("move it", reverse("legend-tag-move", args=[slug])),
                ("retire it", reverse("legend-tag-retire", args=[slug])),
            ],
        ),
    )


@proposing
def retire_legend_tag(request: MemberRequest, slug: str) -> HttpResponse:
    """Take a sign that nothing carries out of the legend."""
    tag = _live(slug)
    return propose(
        request,
        RowChange(
            subjects.ReasonForm,
            Operation.RETIRE,
            tag,
            title=f"Retire the legend tag {tag.sign} {tag.label}",
        ),
        EditorPage(
            heading=f"Retire the legend tag {tag.sign} {tag.label}", back=tag.get_absolute_url()
        ),
    )


@proposing
def move_legend_tag(request: MemberRequest, slug: str) -> HttpResponse:
    """Another place for a sign in the legend."""
    tag = _live(slug)
    return propose(
        request,
        RowChange(moves.MoveLegendTagForm, Operation.MOVE, tag, title=f"Move the legend tag {tag}"),
        EditorPage(heading=f"Move the legend tag {tag}", back=tag.get_absolute_url()),
    )


@proposing
def restore_legend_tag(request: MemberRequest, slug: str) -> HttpResponse:
    """Bring a retired sign back to its place in the legend."""
    tag = get_object_or_404(LegendTag.objects.retired(), slug=slug)
    return propose(
        request,
        RowChange(
            subjects.PlainForm, Operation.RESTORE, tag, title=f"Restore the legend tag {tag}"
        ),
        EditorPage(heading=f"Restore the legend tag {tag}", back=tag.get_absolute_url()),
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


def _live(slug: str) -> LegendTag:
    return get_object_or_404(LegendTag.objects.live(), slug=slug)
