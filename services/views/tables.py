"""The matrix and the table of releases, as pages and as files."""

from django.shortcuts import render

from guide_site.core import downloads
from guide_site.core.pages import public_page
from services.models import Availability
from services.reading import releases as release_facts
from services.reading.filters import MatrixForm, ReleaseFilter
from services.reading.matrix import Matrix
from services.reading.timeline import Item, lay_out

_OF_MATRIX = ("q", "provider")
_OF_RELEASES = tuple(ReleaseFilter.base_filters)


@public_page(params=_OF_MATRIX)
def matrix(request):
    """What each provider has for each capability."""
    form, everything, shown = _matrix(request)
    context = {"form": form, "everything": everything, "matrix": shown}
    return render(request, "services/matrix.html", context)


@public_page(params=_OF_MATRIX, for_all=True)
def matrix_csv(request):
    """The matrix as it stands on the page, for a spreadsheet."""
    form, _, shown = _matrix(request)
    return downloads.as_csv("matrix", *shown.as_table()) if shown else downloads.refused(form)


@public_page(params=_OF_MATRIX, for_all=True)
def matrix_json(request):
    """The same as data."""
    form, _, shown = _matrix(request)
    return downloads.as_json(shown.as_data()) if shown else downloads.refused(form)


def _matrix(request):
    """The form, the whole matrix and what is asked for of it (None: it makes no sense)."""
    everything = Matrix.current()
    form = MatrixForm(request.GET, everything.providers)
    if not form.is_valid():
        return form, everything, None
    shown = everything.find(form.cleaned_data["q"]).under(form.cleaned_data["provider"])
    return form, everything, shown


@public_page(params=_OF_RELEASES)
def releases(request):
    """Since when each service exists: a timeline and a table."""
    found, services = _releases(request)
    dated = [service for service in services if service.released]
    context = {
        "filter": found,
        "services": services,
        "timeline": lay_out([_item(service) for service in dated]),
        "undated": len(services) - len(dated),
        "availabilities": Availability.choices,
    }
    return render(request, "services/releases.html", context)


@public_page(params=_OF_RELEASES, for_all=True)
def releases_csv(request):
    """The table of releases as it stands on the page, for a spreadsheet."""
    found, services = _releases(request)
    if not found.is_valid():
        return downloads.refused(found.form)
    return downloads.as_csv("releases", release_facts.HEADER, release_facts.as_table(services))


@public_page(params=_OF_RELEASES, for_all=True)
def releases_json(request):
    """The same as data."""
    found, services = _releases(request)
    if not found.is_valid():
        return downloads.refused(found.form)
    return downloads.as_json({"releases": release_facts.as_data(services)})


def _releases(request):
    found = ReleaseFilter(request.GET, release_facts.known())
    return found, found.arranged


def _item(service):
    """A service for the timeline: somewhere in its year if no more is known."""
    label = f"{service.name}{'?' * service.availability_uncertain}"
    return Item(label, service.released, service.released_until, service)
