"""Pages of single entries and of the legend, and the pictures in them."""

from typing import Final

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from entries.models import Entry, EntryKind, LegendTag, Picture
from entries.reading.parts import family
from guide_site.core.pages import public_page
from guide_site.core.pictures.encoding import HEADERS

_FOREVER: Final = "public, max-age=31536000, immutable"  # its address is made from its bytes


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


@login_not_required
@require_safe
def picture(request: HttpRequest, digest: str, kind: str) -> HttpResponse:
    """A picture of the guide, as a file that browsers keep. The original is never sent."""
    known = Picture.objects.only("data", "kind").filter(digest=digest, kind=kind)
    row = get_object_or_404(known[:1])
    headers = {**HEADERS, "Cache-Control": _FOREVER, "ETag": f'"{digest}"'}
    response = HttpResponse(bytes(row.data), content_type=row.media_type, headers=headers)
    return get_conditional_response(request, etag=f'"{digest}"', response=response) or response
