"""Files for programs that discover the site: sitemap, robots.txt, OpenSearch, llms.txt."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from entries.models import Entry, Guide, LegendTag, Section
from guide_site.core.addresses import numbered_address, whole_number
from guide_site.core.colours import in_the_dark
from guide_site.core.pages import public_page
from services.models import Service
from services.reading.presence import is_shown, published
from services.reading.tree import guide_tree

MOST_ADDRESSES = 50_000  # in one sitemap; the limit of the protocol
_TEXT = "text/plain; charset=utf-8"
_PAGES = ["home", "guide", "legend", "tagged", "changes", "api"]
_OF_CATALOGUE = ["services", "matrix", "releases", "completeness"]


@public_page(params=("part",), for_all=True)
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every reading page; an index of parts if there are more than one sitemap may hold."""
    addresses = _addresses()
    last = len(range(0, len(addresses), MOST_ADDRESSES))
    part = request.GET.get("part")
    if part is None and last > 1:
        here = request.build_absolute_uri(request.path)
        parts = [f"{here}?part={number}" for number in range(1, last + 1)]
        return _xml(request, "public/sitemap_index.xml", {"parts": parts})
    start = (_part_number(part, last) - 1) * MOST_ADDRESSES
    site = _site(request)
    shown = [f"{site}{address}" for address in addresses[start : start + MOST_ADDRESSES]]
    return _xml(request, "public/sitemap.xml", {"addresses": shown})


@public_page(for_all=True)
def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers should leave alone: forms, comparisons, and filters they could combine."""
    context = {"sitemap": request.build_absolute_uri(reverse("sitemap"))}
    return render(request, "public/robots.txt", context, content_type=_TEXT)


@public_page(for_all=True)
def opensearch(request: HttpRequest) -> HttpResponse:
    """The description with which browsers offer the guide as a search engine."""
    context = {"site": _site(request)}
    kind = "application/opensearchdescription+xml"
    return render(request, "public/opensearch.xml", context, content_type=kind)


@public_page(for_all=True)
def colours(request: HttpRequest) -> HttpResponse:
    """The style sheet of a guide that has a colour of its own; empty for others."""
    accent = Guide.current().accent
    rule = f":root {{ --accent: light-dark({accent}, {in_the_dark(accent)}); }}\n" if accent else ""
    return HttpResponse(rule, content_type="text/css; charset=utf-8")


@public_page(for_all=True)
def llms(request: HttpRequest) -> HttpResponse:
    """For language models: what this is, and where each chapter is as Markdown."""
    site = _site(request)
    chapters = [
        (node.section.title, f"{site}{node.url.rstrip('/')}.md", node.children)
        for node in guide_tree().chapters
    ]
    context = {"site": site, "chapters": chapters}
    return render(request, "public/llms.txt", context, content_type=_TEXT)


def _site(request: HttpRequest) -> str:
    """Scheme and host, for absolute addresses."""
    return request.build_absolute_uri("/").rstrip("/")


def _addresses() -> list[str]:
    """The path of every reading page, those of entries at the end; five queries."""
    paths = [reverse(name) for name in [*_PAGES, *(_OF_CATALOGUE if is_shown() else ())]]
    services = published(Service.objects.all())
    paths += [node.url for node in guide_tree().walk() if node.home is None]
    paths += [row.get_absolute_url() for row in services.order_by("pk").only("slug")]
    paths += [row.get_absolute_url() for row in LegendTag.objects.order_by("pk").only("slug")]
    entries = Entry.objects.live().filter(section__in=Section.objects.shown())
    pks = entries.order_by("pk").values_list("pk", flat=True)
    return paths + [numbered_address("entry", pk) for pk in pks]


def _part_number(part: str | None, last: int) -> int:
    """The number of the requested part of the sitemap, from 1; raises Http404 beyond `last`."""
    if part is None:
        return 1
    number = whole_number(part)
    if number is None or not 1 <= number <= last:
        raise Http404("There is no such part of the sitemap.")
    return number


def _xml(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    return render(request, template, context, content_type="application/xml; charset=utf-8")
