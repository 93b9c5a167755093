"""Typing a proposal about the legend."""

from django.shortcuts import get_object_or_404
from django.urls import reverse

from entries.models import LegendTag
from moderation.forms import legend, moves, subjects
from moderation.models import Operation, Subject
from moderation.views.propose.subject import propose, typed


@typed
def edit_legend_tag(request, slug):
    """Say otherwise what a sign of the legend means."""
    tag = _live(slug)
    return propose(
        request,
        legend.LegendTagForm,
        Operation.EDIT,
        tag,
        heading=f"Edit the legend tag {tag.sign} {tag.label}",
        back=tag.get_absolute_url(),
        title=f"What {tag.sign} means",
        page={
            "instead": [
                ("move it", reverse("legend-tag-move", args=[slug])),
                ("retire it", reverse("legend-tag-retire", args=[slug])),
            ]
        },
    )


@typed
def retire_legend_tag(request, slug):
    """Take a sign that nothing carries out of the legend."""
    tag = _live(slug)
    return propose(
        request,
        subjects.ReasonForm,
        Operation.RETIRE,
        tag,
        heading=f"Retire the legend tag {tag.sign} {tag.label}",
        back=tag.get_absolute_url(),
        title=f"Retire the legend tag {tag.sign} {tag.label}",
    )


@typed
def move_legend_tag(request, slug):
    """Another place for a sign in the legend."""
    tag = _live(slug)
    return propose(
        request,
        moves.MoveLegendTagForm,
        Operation.MOVE,
        tag,
        heading=f"Move the legend tag {tag}",
        back=tag.get_absolute_url(),
        title=f"Move the legend tag {tag}",
    )


@typed
def restore_legend_tag(request, slug):
    """Bring a retired sign back to its place in the legend."""
    tag = get_object_or_404(LegendTag.objects.exclude(retired_at=None), slug=slug)
    return propose(
        request,
        subjects.PlainForm,
        Operation.RESTORE,
        tag,
        heading=f"Restore the legend tag {tag}",
        back=tag.get_absolute_url(),
        title=f"Restore the legend tag {tag}",
    )


@typed
def add_legend_tag(request):
    """A new sign for the legend."""
    return propose(
        request,
        legend.NewLegendTagForm,
        Operation.ADD,
        Subject.LEGEND_TAG,
        heading="Add a legend tag",
        back=reverse("legend"),
        title="A new legend tag",
    )


def _live(slug):
    return get_object_or_404(LegendTag.objects.live(), slug=slug)
