"""Which pictures the texts of the guide refer to."""

from collections.abc import Iterator

from django.db.models import Q, QuerySet

from entries.models import Entry, EntryKind, Figure, Guide, RenderContext, Section
from entries.reading.tree import subtree
from guide_site.core import markdown

_MAY_HAVE_PICTURES = Q(body__contains="![") | Q(body__icontains="<img")


def pictures_in(
    entries: QuerySet[Entry], context: RenderContext
) -> Iterator[tuple[Entry, set[str]]]:
    """Those of the entries that refer to pictures, each with the names of these."""
    shown = entries.exclude(kind__in=(EntryKind.KEPT, EntryKind.CODE)).filter(_MAY_HAVE_PICTURES)
    for entry in shown.only("pk", "body"):
        addresses = markdown.picture_addresses(entry.body, context.links_for(entry.body))
        names = {name for address in addresses if (name := context.picture_name(address))}
        if names:
            yield entry, names


def figures_of(section: Section | None) -> Iterator[Figure]:
    """The figures that the guide, or a section with all below it, refers to, with their bytes."""
    entries = Entry.objects.filter(retired_at=None)
    if section:
        entries = entries.filter(section__in=subtree(section))
    names = set().union(*(found for _, found in pictures_in(entries, RenderContext.current())))
    pks = [pk for pk, name in Figure.objects.values_list("pk", "name") if name in names]
    for pk in pks:  # one after the other: all bytes together may be many
        yield Figure.objects.select_related("picture").get(pk=pk)


def picture_hosts() -> list[str]:
    """The hosts of other sites whose pictures pages show; one query."""
    return Guide.current().hosts_of_pictures
