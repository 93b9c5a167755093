"""Pictures come into the guide under names, and texts that refer to them show them."""

from collections.abc import Collection

from django.db.models import Sum

from entries.models import Entry, Figure, Picture, RenderContext
from guide_site.core import markdown
from guide_site.core.pictures.encoding import digest
from guide_site.core.pictures.refusing import NotAPicture, why_no_more
from guide_site.core.pictures.shown import ENDINGS


def set_figure(*, name: str, original: bytes) -> Figure | None:
    """Give a name the picture of a file; None if it has that already.

    name  as `name_of` returns it

    Raises NotAPicture. Callers render what refers to the name again: `rerender_what_shows`.
    """
    if not name.lower().endswith(ENDINGS):
        raise NotAPicture(f"The name of a picture ends with one of {', '.join(ENDINGS)}.")
    figure = Figure.objects.select_related(None).filter(name=name).first() or Figure(name=name)
    key = digest(original)
    picture = Picture.objects.without_bytes().filter(original_digest=key).first()
    if picture is None:
        made = Picture.from_file(original)
        _refuse_more(len(original))
        made.save()
        picture = made
    if figure.picture_id == picture.pk:
        return None
    figure.picture = picture
    figure.save()
    return figure


def rerender_what_shows(names: Collection[str]) -> None:
    """Render again the entries whose text shows pictures of these names, or links to them."""
    if not names:
        return
    wanted, context = set(names), RenderContext.current()
    pks = [
        entry.pk
        for entry in Entry.objects.that_may_link().only("pk", "body")
        if any(
            context.picture_name(target) in wanted
            for target in markdown.link_targets(entry.body, context.links_for(entry.body))
        )
    ]
    Entry.objects.filter(pk__in=pks).rerender()


def _refuse_more(size: int) -> None:
    total = Picture.objects.aggregate(total=Sum("original_size"))["total"] or 0
    if reason := why_no_more(Figure.objects.count(), total, size):
        raise NotAPicture(reason)
