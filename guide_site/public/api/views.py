"""The addresses of the API, made from the table of endpoints."""

from collections.abc import Iterator

from django.core.paginator import EmptyPage, Paginator
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path

from entries.context import facts_of
from guide_site.core.pages import View, public_page
from guide_site.public.api import openapi
from guide_site.public.api.endpoints import ENDPOINTS, Endpoint, endpoints_of
from guide_site.public.api.guide import Guide
from guide_site.public.api.queries import PAGE_SIZE, Paging
from guide_site.public.api.responses import Invalid, api, json
from services.reading.presence import require_catalogue


@public_page
def index(request: HttpRequest) -> HttpResponse:
    """The help page of the API, for people."""
    return render(request, "public/api.html", {"endpoints": endpoints_of(facts_of(request))})


@api()
def description(request: HttpRequest) -> HttpResponse:
    """The OpenAPI document."""
    return json(openapi.document(request.build_absolute_uri("/").rstrip("/")))


@api()
def missing(request: HttpRequest, rest: str) -> HttpResponse:
    """404 as JSON, for every other address below /api/.

    rest  the address after /api/; not used
    """
    raise Http404("There is no such address: /api/ lists what there is.")


def _list_of(endpoint: Endpoint) -> View:
    @api(params=tuple(endpoint.parameters))
    def view(request: HttpRequest) -> HttpResponse:
        _require(endpoint, request)
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
                "next": _page(request, page.number + 1) if page.has_next() else None,
                "previous": _page(request, page.number - 1) if page.has_previous() else None,
                **{name: fact.value(query, guide) for name, fact in endpoint.facts.items()},
                "results": [endpoint.shape.data(row, guide) for row in rows],
            }
        )

    return view


def _single_of(endpoint: Endpoint) -> View:
    @api()
    def view(request: HttpRequest, key: int | str) -> HttpResponse:
        _require(endpoint, request)
        guide = Guide(request)
        row = endpoint.row(key, guide)
        if row is None:
            raise Http404(f"There is nothing under “{key}” in {endpoint.name}.")
        (row,) = endpoint.prepare([row])
        return json(endpoint.shape.data(row, guide))

    return view


def _require(endpoint: Endpoint, request: HttpRequest) -> None:
    if endpoint.is_of_catalogue:
        require_catalogue(request)


def _check(*forms: BaseForm) -> None:
    """Raise Invalid with the errors of these forms, if there are any."""
    errors = {
        name: " ".join(map(str, sentences))
        for form in forms
        for name, sentences in form.errors.items()
    }
    if errors:
        raise Invalid(errors)


def _page(request: HttpRequest, number: int) -> str:
    """The address of another page of the same list."""
    query = request.GET.copy()
    query["page"] = str(number)
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")


def _addresses() -> Iterator[URLPattern]:
    yield path("", index, name="api")
    yield path("openapi.json", description, name="openapi")
    for endpoint in ENDPOINTS:
        yield path(f"{endpoint.name}/", _list_of(endpoint), name=endpoint.url_name)
        if endpoint.key:
            address = f"{endpoint.name}/<{endpoint.key.converter}:key>/"
            yield path(address, _single_of(endpoint), name=f"{endpoint.url_name}-one")
    yield path("<path:rest>", missing, name="api-missing")


urlpatterns = list(_addresses())
