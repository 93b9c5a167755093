"""The catalogue, the page of a service, and what the guide lacks."""

from itertools import groupby

from django.http import Http404
from django.shortcuts import render

from entries.reading.narrowing import narrow
from entries.reading.tree import attach_tags
from guide_site.core.pages import public_page
from services.models import Service
from services.reading.completeness import Board, address_to_start, usual_parent
from services.reading.coverage import covered_services
from services.reading.filters import ServiceFilter, group_place
from services.reading.matrix import service_with_rows, turned
from services.reading.tree import guide_tree


@public_page(params=tuple(ServiceFilter.base_filters))
def services(request):
    """The catalogue: by group, or as one list in the order that was asked for."""
    everything, _ = covered_services()
    attach_tags((Service, everything, {}))
    found = ServiceFilter(request.GET, everything)
    chosen = found.arranged
    context = {
        "filter": found,
        "groups": [(None, chosen)] if found.is_sorted and chosen else by_group(chosen),
        "found": len(chosen),
        "count": len(everything),
    }
    return render(request, "services/services.html", context)


def by_group(services):
    """[(group, [services by name])], those of no group at the end."""
    by_name = sorted(services, key=lambda service: (service.name.casefold(), service.pk))
    in_place = sorted(by_name, key=group_place)
    return [(group, list(found)) for group, found in groupby(in_place, lambda s: s.group)]


@public_page(params=("tag",))
def service(request, slug):
    """The facts of a service, its rows of the matrix, then its sections."""
    found, rows = service_with_rows(slug)
    if not found:
        raise Http404(f"There is no service “{slug}”.")
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
        "rows": rows,
        "lines": turned(rows),
        "start": "" if node else address_to_start(found.name, usual_parent(tree)),
    }
    return render(request, "services/service.html", context)


@public_page
def completeness(request):
    """What the guide has and lacks of every service."""
    services, tree = covered_services()
    board = Board(services, tree)
    groups = by_group(services)
    lines = {line.service.pk: line for line in board.lines}
    context = {
        "board": board,
        "groups": [(group, [lines[service.pk] for service in found]) for group, found in groups],
    }
    return render(request, "services/completeness.html", context)
