"""Pages of the catalogue."""

from itertools import groupby

from django.db.models import F
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from entries.models import Section
from entries.narrowing import narrow
from entries.tree import Tree
from guide_site.core.pages import public_page
from services.models import Offering, Service


def guide_tree():
    """The tree of the guide, where the section of a service has its home on that service's page."""
    return Tree(
        Section.objects.shown()
        .defer("verbatim")
        .annotate(home=F("service__slug"), home_name=F("service__name")),
        url=_home,
    )


def _home(section):
    return reverse("service", args=[section.home]) if section.home else section.get_absolute_url()


@public_page
def services(request):
    """The catalogue, by group."""
    everything = Service.objects.for_catalogue().order_by("group__position", "group", "name", "pk")
    groups = [(group, list(found)) for group, found in groupby(everything, lambda s: s.group)]
    named = [pair for pair in groups if pair[0]] + [pair for pair in groups if not pair[0]]
    return render(request, "services/services.html", {"groups": named})


@public_page(params=("tag",))
def service(request, slug):
    """The facts of a service, then its sections."""
    found = get_object_or_404(Service.objects.select_related("group", "provider"), slug=slug)
    tree = guide_tree()
    node = tree.nodes.get(found.section_id)
    nodes = list(node.walk()) if node else []
    tree.fill(nodes, (Service, [found], {"service": found.pk}))
    if node:
        node.rank_below()
    context = {
        "service": found,
        "node": node,
        "narrowing": narrow(nodes, request.GET.getlist("tag")),
        "chapters": tree.chapters,
        "alternatives": _alternatives(found),
    }
    return render(request, "services/service.html", context)


def _alternatives(found):
    """What others have for the same capability: [(capability, [offerings])]."""
    capabilities = found.offerings.values("capability")
    others = (
        Offering.objects.filter(capability__in=capabilities)
        .exclude(service=found)
        .select_related("capability", "provider")
        .order_by("capability__position", "capability", "provider__position", "position", "pk")
    )
    return [(row, list(cells)) for row, cells in groupby(others, lambda o: o.capability)]
