"""The catalogue, the page of a service, and what the guide lacks."""

from collections.abc import Iterable
from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from entries.reading.narrowing import narrow
from entries.reading.parts import section_parts
from entries.reading.tag_choice import PARAMETERS, TagChoice
from entries.reading.tags import TagsOf, read_tags, tags_in
from guide_site.core.pages import public_page, unstored
from services.models import Availability, Service, ServiceGroup
from services.reading.completeness import Board, address_to_start, usual_parent
from services.reading.coverage import ServiceLine, service_lines
from services.reading.filters import ServiceFilter, group_place
from services.reading.matrix import service_with_rows, turned
from services.reading.presence import require_catalogue
from services.reading.tree import guide_tree


@public_page(params=tuple(ServiceFilter.base_filters))
def services(request: HttpRequest) -> HttpResponse:
    """The catalogue: by group, or as one list in the order that was chosen."""
    require_catalogue(request, leads_may=True)
    everything = service_lines(guide_tree(), with_tags=True)
    filtered = ServiceFilter(request.GET, everything)
    chosen = filtered.arranged_lines
    context = {
        "filter": filtered,
        "groups": [(None, chosen)] if filtered.is_sorted and chosen else by_group(chosen),
        "found": len(chosen),
        "count": len(everything),
    }
    return render(request, "services/services.html", context)


def by_group(lines: Iterable[ServiceLine]) -> list[tuple[ServiceGroup | None, list[ServiceLine]]]:
    """Return services by group, those without one at the end; in each group by name."""
    by_name = sorted(lines, key=lambda line: (line.row.name.casefold(), line.row.pk))
    in_place = sorted(by_name, key=lambda line: group_place(line.row))
    groups = groupby(in_place, lambda line: line.row.group)
    return [(group, list(members)) for group, members in groups]


@public_page(params=PARAMETERS)
def service(request: HttpRequest, slug: str) -> HttpResponse:
    """The facts of a service, its rows of the matrix, then its sections."""
    require_catalogue(request, leads_may=True)
    service, rows = service_with_rows(slug)
    if not service:
        raise Http404(f"There is no service “{slug}”.")
    tree = guide_tree()
    node = tree.nodes.get(service.section_id) if service.section_id else None
    nodes = list(node.walk()) if node else []
    *tags, of_services = read_tags(*tags_in(nodes), TagsOf(Service, pk=service.pk))
    parts = section_parts(nodes, top=node, tags=tags)
    narrowing = narrow(parts, TagChoice.from_query(request.GET))
    is_retired = service.availability == Availability.RETIRED
    context = {
        "service": service,
        "tags": of_services.get(service.pk, ()),
        "node": node,
        "part": narrowing.parts[0] if node else None,
        "below": narrowing.parts[1:],
        "narrowing": narrowing,
        "chapters": tree.chapters,
        "rows": rows,
        "lines": turned(rows),
        "start": "" if node or is_retired else address_to_start(service.name, usual_parent(tree)),
    }
    page = render(request, "services/service.html", context)
    return page if narrowing.is_as_typed(request.GET) else unstored(page)


@public_page
def completeness(request: HttpRequest) -> HttpResponse:
    """What the guide has and lacks of every service that is not retired."""
    require_catalogue(request, leads_may=True)
    tree = guide_tree()
    lines = service_lines(tree)
    services = [line for line in lines if line.row.availability != Availability.RETIRED]
    board = Board(services, tree)
    rows = {row.service.pk: row for row in board.rows}
    groups = [
        (group, [rows[line.row.pk] for line in members]) for group, members in by_group(services)
    ]
    context = {"board": board, "groups": groups}
    return render(request, "services/completeness.html", context)
