"""The addresses of the API, made from the table of endpoints."""

from django.core.paginator import EmptyPage, Paginator
from django.http import Http404
from django.shortcuts import render
from django.urls import path

from guide_site.core.pages import public_page
from guide_site.public.api import openapi
from guide_site.public.api.endpoints import ENDPOINTS
from guide_site.public.api.guide import Guide
from guide_site.public.api.queries import PAGE_SIZE, Paging
from guide_site.public.api.responses import Invalid, api, json


@public_page
def index(request):
    """For people: what the API has, and where programs find the rest."""
    return render(request, "public/api.html", {"endpoints": ENDPOINTS})


@api()
def description(request):
    """The OpenAPI document."""
    return json(openapi.document(request.build_absolute_uri("/").rstrip("/")))


@api()
def missing(request, rest):
    """What is not there is told in JSON as well."""
    raise Http404("There is no such address: /api/ lists what there is.")


def _list_of(endpoint):
    @api(params=tuple(endpoint.parameters))
    def view(request):
        guide = Guide(request)
        query, paging = endpoint.query(request.GET, guide), Paging(request.GET)
        _check(query.form, paging)
        size = paging.cleaned_data["page_size"] or PAGE_SIZE
        try:
            page = Paginator(query.results, size).page(paging.cleaned_data["page"] or 1)
        except EmptyPage as empty:
            raise Http404("There is no such page of the list.") from empty
        rows = endpoint.prepare(list(page))
        return json(
            {
                "count": page.paginator.count,
                "next": _page(request, page.has_next() and page.next_page_number()),
                "previous": _page(request, page.has_previous() and page.previous_page_number()),
                "results": [endpoint.shape.data(row, guide) for row in rows],
            }
        )

    return view


def _one_of(endpoint):
    @api()
    def view(request, key):
        guide = Guide(request)
        row = endpoint.row(endpoint.query({}, guide).results, key, guide)
        if row is None:
            raise Http404(f"There is nothing under “{key}” in {endpoint.name}.")
        (row,) = endpoint.prepare([row])
        return json(endpoint.shape.data(row, guide))

    return view


def _check(*forms):
    errors = {
        name: " ".join(sentences) for form in forms for name, sentences in form.errors.items()
    }
    if errors:
        raise Invalid(errors)


def _page(request, number):
    """The address of another page of the same list; None if there is none."""
    if not number:
        return None
    query = request.GET.copy()
    query["page"] = number
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")


def _addresses():
    yield path("", index, name="api")
    yield path("openapi.json", description, name="openapi")
    for endpoint in ENDPOINTS:
        yield path(f"{endpoint.name}/", _list_of(endpoint), name=endpoint.url_name)
        if endpoint.key:
            converter, _ = endpoint.key
            address = f"{endpoint.name}/<{converter}:key>/"
            yield path(address, _one_of(endpoint), name=f"{endpoint.url_name}-one")
    yield path("<path:rest>", missing, name="api-missing")


urlpatterns = list(_addresses())
