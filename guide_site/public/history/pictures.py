"""The pictures that a revision brought, beside those that had their names before."""

from dataclasses import dataclass
from typing import Final

from reversion.models import Version

from entries.models import Figure, Picture
from guide_site.public.history.steps import state_of

MOST_PICTURES: Final = 30  # that one page shows


@dataclass(frozen=True)
class FigureStep:
    """A name that got another picture.

    before  None if the name is new
    """

    name: str
    before: Picture | None
    after: Picture


def figure_steps(revision: int) -> tuple[list[FigureStep], bool]:
    """What a revision did to pictures, and whether there is more than a page shows.

    One query, and two if there is something.
    """
    versions = Version.objects.filter(db="default", content_type__model=Figure._meta.model_name)
    found = list(versions.filter(revision=revision).order_by("pk")[: MOST_PICTURES + 1])
    if not found:
        return [], False
    shown = found[:MOST_PICTURES]
    keys = [version.object_id for version in shown]
    earlier = versions.filter(object_id__in=keys, revision__lt=revision).order_by("revision_id")
    before = {version.object_id: state_of(version).get("picture_id") for version in earlier}
    after = {version.object_id: state_of(version) for version in shown}
    pks = {*before.values(), *(state.get("picture_id") for state in after.values())}
    pictures = Picture.objects.without_bytes().in_bulk([pk for pk in pks if pk])
    steps = [
        FigureStep(state["name"], pictures.get(before.get(key)), pictures[state["picture_id"]])
        for key, state in after.items()
        if state.get("picture_id") in pictures
    ]
    return steps, len(found) > MOST_PICTURES
