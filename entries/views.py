"""Pages of single entries and of the legend."""

from django.shortcuts import get_object_or_404, redirect, render

from entries.models import Entry, EntryKind, LegendTag
from entries.reading.tree import family, runs
from guide_site.core.pages import public_page


@public_page
def legend(request):
    """What the signs mean; members also see those that were retired."""
    tags = {"tags": LegendTag.objects.live(), "retired": LegendTag.objects.exclude(retired_at=None)}
    return render(request, "entries/legend.html", tags)


@public_page
def entry(request, pk):
    """The permanent page of one entry, with its context. One that was joined leads to the other."""
    known = Entry.objects.exclude(kind=EntryKind.KEPT).select_related("section__parent")
    row = get_object_or_404(known, pk=pk)
    if row.joined_into_id:
        return redirect(row.successor, permanent=True)
    found, above = family(row)
    context = {"found": found, "runs": runs(found.nested), "above": above, "section": row.section}
    return render(request, "entries/entry.html", context)
