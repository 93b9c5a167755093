"""Entries of the whole guide that carry legend tags, by service and section."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from entries.models import Entry, LegendTag
from entries.reading.narrowing import narrow, toggles, without_hidden
from entries.reading.parts import SectionPart, section_parts
from entries.reading.tree import Node, Tree
from guide_site.core.pages import public_page
from guide_site.public.pages.filters import EntryFilter
from services.reading.tree import guide_tree

PER_PAGE = 100  # entries; a section is never split


@dataclass(frozen=True)
class Group:
    """A service, or a main section that belongs to none: its node, and the parts to show."""

    node: Node
    parts: list[SectionPart]

    @property
    def title(self) -> str:
        """The name of the service, or the title of the section."""
        return self.node.home.name if self.node.home else self.node.section.title

    def path(self, node: Node) -> list[Node]:
        """The nodes from below the group down to `node`; none for the group itself."""
        whole = [*node.path, node]
        return whole[whole.index(self.node) + 1 :]

    @property
    def sections(self) -> list[tuple[SectionPart, list[Node]]]:
        """Each part with the nodes of its heading."""
        return [(part, self.path(part.node)) for part in self.parts]


@public_page(params=("tag", "service", "page"))
def tagged(request: HttpRequest) -> HttpResponse:
    """All entries that carry all of the chosen tags, in the guide or in one service."""
    legend = list(LegendTag.objects.live())
    context = _search(request.GET, request.GET.get("page"), legend, guide_tree())
    query = request.GET.copy()
    query.pop("page", None)
    return render(request, "public/tagged.html", context | {"query": query.urlencode()})


@public_page(params=("page",))
def legend_tag(request: HttpRequest, slug: str) -> HttpResponse:
    """What a legend tag means, and all entries that carry it."""
    legend = [tag for tag in LegendTag.objects.all() if not tag.retired_at or tag.slug == slug]
    tag = next((tag for tag in legend if tag.slug == slug), None)
    if tag is None:
        raise Http404("There is no such legend tag.")
    query = QueryDict(f"tag={slug}")
    context = _search(query, request.GET.get("page"), legend, guide_tree())
    return render(request, "public/legend_tag.html", context | {"tag": tag, "query": ""})


def _search(
    query: QueryDict, number: str | None, legend: Sequence[LegendTag], tree: Tree
) -> dict[str, Any]:
    """The context of both pages. With the reading of legend and tree five queries.

    number  of the page, as it was typed
    """
    entry_filter = EntryFilter(query, tree=tree, legend=legend)
    chosen = entry_filter.form.cleaned_data["tag"] if entry_filter.is_valid() else []
    counts = _count(entry_filter.qs, tree)  # of all entries if the filter is invalid
    here = {pk: count for (pk, slug), count in counts.items() if slug in chosen[:1]}
    tags: Counter[str] = Counter()
    for (_, slug), count in counts.items():
        tags[slug] += count
    ordered = [node for node in tree.walk() if node.section.pk in here]
    page = Paginator(_pages(ordered, here), 1).get_page(number)
    return {
        "filter": entry_filter,
        "chosen": [tag for tag in legend if tag.slug in chosen],
        "toggles": toggles(legend, tags, chosen),
        "count": sum(here.values()),
        "sections": len(ordered),
        "groups": _groups([node for nodes in page for node in nodes], chosen),
        "page": page,
    }


def _count(entries: QuerySet[Entry], tree: Tree) -> dict[tuple[int, str], int]:
    """How many entries carry a tag, by primary key of a section and slug; one query."""
    lines = Entry.tags.through.objects.filter(entry__in=entries.order_by().values("pk"))
    rows = lines.values_list("entry__section", "legendtag__slug").order_by()
    counted = rows.annotate(number=Count("pk"))
    return {(pk, slug): number for pk, slug, number in counted if pk in tree.nodes}


def _groups(nodes: list[Node], chosen: list[str]) -> list[Group]:
    """The entries of these sections that carry the tags, in groups; two queries."""
    if not nodes:
        return []
    narrowed = narrow(section_parts(nodes), chosen).parts
    parts = [replace(part, lines=without_hidden(part.lines)) for part in narrowed]
    groups = groupby(parts, lambda part: _top(part.node))
    return [Group(top, list(below)) for top, below in groups]


def _pages(nodes: Iterable[Node], counts: Mapping[int, int]) -> list[list[Node]]:
    """Sections in lists of about PER_PAGE entries.

    counts  entries of a section, by its primary key
    """
    pages: list[list[Node]] = []
    room = 0
    for node in nodes:
        if room <= 0:
            pages.append([])
            room = PER_PAGE
        pages[-1].append(node)
        room -= counts[node.section.pk]
    return pages


def _top(node: Node) -> Node:
    """The nearest service at or above a node, else its main section."""
    whole = [above for above in (*node.path, node) if not above.is_title] or [node]
    return next((above for above in reversed(whole) if above.home), whole[0])
