"""The matrix and the table of releases, as pages and as files."""

from collections.abc import Iterable, Iterator

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from guide_site.core import downloads
from guide_site.core.pages import public_page
from services.models import Availability, Service
from services.reading import releases as release_facts
from services.reading.filters import MatrixForm, ReleaseFilter
from services.reading.matrix import Matrix
from services.reading.presence import require_catalogue
from services.reading.timeline import Item, lay_out

_OF_MATRIX = ("q", "provider")
_OF_RELEASES = tuple(ReleaseFilter.base_filters)


@public_page(params=_OF_MATRIX)
def matrix(request: HttpRequest) -> HttpResponse:
    """What each provider has for each capability."""
    require_catalogue(request, leads_may=True)
    form, everything, shown = _matrix(request)
    columns = shown.providers if shown else []
    context = {"form": form, "everything": everything, "matrix": shown, "columns": columns}
    return render(request, "services/matrix.html", context)


@public_page(params=_OF_MATRIX, for_all=True)
def matrix_csv(request: HttpRequest) -> HttpResponse:
    """The matrix as it stands on the page, for a spreadsheet."""
    require_catalogue(request)
    form, _, shown = _matrix(request)
    return downloads.as_csv("matrix", *shown.as_table()) if shown else downloads.refused(form)


@public_page(params=_OF_MATRIX, for_all=True)
def matrix_json(request: HttpRequest) -> HttpResponse:
    """The matrix as it stands on the page, as JSON."""
    require_catalogue(request)
    form, _, shown = _matrix(request)
    return downloads.as_json(shown.as_data()) if shown else downloads.refused(form)


def _matrix(request: HttpRequest) -> tuple[MatrixForm, Matrix, Matrix | None]:
    """The form, the whole matrix, and the part that the form asks for; None if it is invalid."""
    everything = Matrix.current()
    form = MatrixForm(request.GET, everything.providers)
    if not form.is_valid():
        return form, everything, None
    shown = everything.find(form.cleaned_data["q"]).under(form.cleaned_data["provider"])
    return form, everything, shown


@public_page(params=_OF_RELEASES)
def releases(request: HttpRequest) -> HttpResponse:
    """The first release of each service: a timeline and a table."""
    require_catalogue(request, leads_may=True)
    filtered, services = _releases(request)
    items = list(_items(services))
    context = {
        "filter": filtered,
        "services": services,
        "timeline": lay_out(items),
        "undated": len(services) - len(items),
        "availabilities": Availability.choices,
    }
    return render(request, "services/releases.html", context)


@public_page(params=_OF_RELEASES, for_all=True)
def releases_csv(request: HttpRequest) -> HttpResponse:
    """The table of releases as it stands on the page, for a spreadsheet."""
    require_catalogue(request)
    filtered, services = _releases(request)
    if not filtered.is_valid():
        return downloads.refused(filtered.form)
    return downloads.as_csv("releases", release_facts.HEADER, release_facts.as_table(services))


@public_page(params=_OF_RELEASES, for_all=True)
def releases_json(request: HttpRequest) -> HttpResponse:
    """The table of releases as it stands on the page, as JSON."""
    require_catalogue(request)
    filtered, services = _releases(request)
    if not filtered.is_valid():
        return downloads.refused(filtered.form)
    return downloads.as_json({"releases": release_facts.as_data(services)})


def _releases(request: HttpRequest) -> tuple[ReleaseFilter, list[Service]]:
    filtered = ReleaseFilter(request.GET, release_facts.known())
    return filtered, filtered.arranged


def _items(services: Iterable[Service]) -> Iterator[Item]:
    """The services with a date, for the timeline; some are known only by the year."""
    for service in services:
        if service.released and service.released_until:
            label = f"{service.name}{'?' * service.availability_uncertain}"
            yield Item(label, service.released, service.released_until, service)
