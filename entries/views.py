"""Pages of single entries and of the legend."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from entries.models import Entry, EntryKind, LegendTag
from entries.reading.parts import family
from guide_site.core.pages import public_page


@public_page
def legend(request: HttpRequest) -> HttpResponse:
    """What the signs mean; members also see those that were retired."""
    tags = {"tags": LegendTag.objects.live(), "retired": LegendTag.objects.retired()}
    return render(request, "entries/legend.html", tags)


@public_page
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    """The permanent page of one entry, with its context. One that was joined leads to the other."""
    known = Entry.objects.exclude(kind=EntryKind.KEPT).select_related("section__parent")
    row = get_object_or_404(known, pk=pk)
    if row.joined_into_id:
        return redirect(row.successor, permanent=True)
    line, above = family(row)
    context = {"line": line, "entry": line.row, "above": above, "section": row.section}
    return render(request, "entries/entry.html", context)
