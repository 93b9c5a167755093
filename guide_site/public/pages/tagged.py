"""Entries of the whole guide that carry legend tags, by service and section."""

from collections import Counter
from dataclasses import dataclass, replace
from itertools import groupby

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404
from django.shortcuts import render

from entries.models import Entry, LegendTag
from entries.reading.narrowing import narrow, toggles, without_hidden
from entries.reading.parts import SectionPart, section_parts
from entries.reading.tree import Node
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
def tagged(request):
    """All entries that carry all of the chosen tags, in the guide or in one service."""
    legend = list(LegendTag.objects.live())
    context = _search(request.GET, request.GET.get("page"), legend, guide_tree())
    query = request.GET.copy()
    query.pop("page", None)
    return render(request, "public/tagged.html", context | {"query": query.urlencode()})


@public_page(params=("page",))
def legend_tag(request, slug):
    """What a legend tag means, and all entries that carry it."""
    legend = [tag for tag in LegendTag.objects.all() if not tag.retired_at or tag.slug == slug]
    tag = next((tag for tag in legend if tag.slug == slug), None)
    if tag is None:
        raise Http404("There is no such legend tag.")
    context = _search({"tag": [slug]}, request.GET.get("page"), legend, guide_tree())
    return render(request, "public/legend_tag.html", context | {"tag": tag})


def _search(query, page, legend, tree):
    """What both pages show. With the reading of legend and tree five queries."""
    found = EntryFilter(query, tree=tree, legend=legend)
    chosen = found.form.cleaned_data["tag"] if found.is_valid() else []
    counts = _count(found.qs, tree)  # of all entries if the filter is invalid
    here = {pk: number for (pk, slug), number in counts.items() if slug in chosen[:1]}
    tags = Counter()
    for (_, slug), number in counts.items():
        tags[slug] += number
    ordered = [node for node in tree.walk() if node.section.pk in here]
    page = Paginator(_pages(ordered, here), 1).get_page(page)
    return {
        "filter": found,
        "chosen": [tag for tag in legend if tag.slug in chosen],
        "toggles": toggles(legend, tags, chosen),
        "count": sum(here.values()),
        "sections": len(ordered),
        "groups": _groups([node for nodes in page for node in nodes], chosen),
        "page": page,
    }


def _count(entries, tree):
    """How many of `entries` carry a tag: {(section, slug of the tag): number}, in one query."""
    lines = Entry.tags.through.objects.filter(entry__in=entries.order_by().values("pk"))
    rows = lines.values_list("entry__section", "legendtag__slug").order_by()
    counted = rows.annotate(number=Count("pk"))
    return {(pk, slug): number for pk, slug, number in counted if pk in tree.nodes}


def _groups(nodes: list[Node], chosen: list[str]) -> list[Group]:
    """Read the entries of `nodes` and arrange those that carry the tags: two queries."""
    if not nodes:
        return []
    narrowed = narrow(section_parts(nodes), chosen).parts
    parts = [replace(part, lines=without_hidden(part.lines)) for part in narrowed]
    groups = groupby(parts, lambda part: _top(part.node))
    return [Group(top, list(below)) for top, below in groups]


def _pages(nodes, counts):
    """Sections in lists of about PER_PAGE entries."""
    pages, room = [], 0
    for node in nodes:
        if room <= 0:
            pages.append([])
            room = PER_PAGE
        pages[-1].append(node)
        room -= counts[node.section.pk]
    return pages


def _top(node):
    """The nearest service at or above a node, else its main section."""
    whole = [above for above in (*node.path, node) if not above.is_title] or [node]
    return next((above for above in reversed(whole) if above.home), whole[0])
