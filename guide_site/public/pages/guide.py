"""The pages that people read: home, the whole guide, a section."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe
from reversion.models import Revision

from entries.models import Entry, EntryKind, LegendTag, Section, SectionAlias
from entries.reading.narrowing import narrow
from entries.reading.parts import section_parts
from entries.reading.tag_choice import PARAMETERS, TagChoice
from entries.reading.tree import Tree
from guide_site.core.pages import public_page, unstored
from guide_site.public.history.revisions import RevisionSummary, revision_lines, with_people
from services.models import Service
from services.reading.tree import guide_tree

LATEST = 6  # revisions on the home page


@public_page
def home(request: HttpRequest) -> HttpResponse:
    """What the guide is, its table of contents, the legend, the latest changes."""
    tree = guide_tree()
    latest = with_people(Revision.objects.order_by("-pk"))[:LATEST]
    context = {
        "tree": tree,
        "legend": LegendTag.objects.live(),
        "latest": [RevisionSummary(line) for line in revision_lines(latest, with_approvers=False)],
        "entries": Entry.objects.live().exclude(kind=EntryKind.DEFINITION).count(),
        "services": Service.objects.count(),
    }
    return render(request, "public/home.html", context)


@public_page(params=PARAMETERS)
def guide(request: HttpRequest) -> HttpResponse:
    """The whole guide on one page."""
    tree = guide_tree()
    narrowing = narrow(section_parts(tree.walk()), TagChoice.from_query(request.GET))
    context = {"tree": tree, "narrowing": narrowing}
    page = render(request, "public/guide.html", context)
    return page if narrowing.is_as_typed(request.GET) else unstored(page)


@public_page(params=PARAMETERS)
def section(request: HttpRequest, slug: str) -> HttpResponse:
    """A section with all below it; redirects to the page of a service that shows it."""
    tree = guide_tree()
    node = tree.by_slug.get(slug)
    if node is None:
        return _elsewhere(request, tree, slug)
    if node.url != node.section.get_absolute_url():
        return redirect(_with_query(request, node.url))
    parts = section_parts(node.walk(), top=node)
    narrowing = narrow(parts, TagChoice.from_query(request.GET))
    part, *below = narrowing.parts
    context = {
        "node": node,
        "part": part,
        "below": below,
        "chapters": tree.chapters,
        "narrowing": narrowing,
    }
    page = render(request, "public/section.html", context)
    return page if narrowing.is_as_typed(request.GET) else unstored(page)


def _elsewhere(request: HttpRequest, tree: Tree, slug: str) -> HttpResponse:
    """The response for a slug that no section of the guide has now."""
    if retired := Section.objects.retired().filter(slug=slug).first():
        return render(request, "public/retired_section.html", {"section": retired})
    alias = get_object_or_404(SectionAlias.objects.select_related("entry"), slug=slug)
    if alias.entry:
        return redirect(alias.entry)
    node = tree.nodes.get(alias.section_id)
    if node is None:
        return redirect(alias.section)
    return redirect(_with_query(request, node.url), permanent=True)


def _with_query(request: HttpRequest, url: str) -> str:
    """An address with the parameters of this request, the chosen tags."""
    return f"{url}?{request.GET.urlencode()}" if request.GET else url


@login_not_required
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """For load balancers: 200 while the database responds."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse(f"ok {settings.BUILD}\n", content_type="text/plain")
