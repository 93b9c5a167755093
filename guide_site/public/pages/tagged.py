"""Entries of the whole guide that carry legend tags, by service and section."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from entries.models import Entry, LegendTag
from entries.reading.narrowing import narrow, toggles, without_hidden
from entries.reading.parts import SectionPart, section_parts
from entries.reading.tag_choice import PARAMETERS, TagChoice
from entries.reading.tree import Node, Tree
from guide_site.core.pages import public_page, unstored
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


class _Counts(NamedTuple):
    """How many entries are of a choice, by primary key of their section; and by slug of a tag."""

    sections: Counter[int]
    tags: Counter[str]


@public_page(params=(*PARAMETERS, "service", "page"))
def tagged(request: HttpRequest) -> HttpResponse:
    """All entries of a choice of tags, in the guide or in one service."""
    legend = list(LegendTag.objects.live())
    context = _search(request.GET, request.GET.get("page"), legend, guide_tree())
    choice: TagChoice = context["choice"]
    service = [("service", value) for value in request.GET.getlist("service")[:1] if value]
    context |= {
        "query": urlencode([*service, *choice.pairs]),
        "in_words": choice.in_words({tag.slug: tag for tag in legend}, service),
    }
    page = render(request, "public/tagged.html", context)
    is_as_typed = choice.is_as_typed(request.GET, [tag.slug for tag in legend])
    is_there = request.GET.get("page", "1") == str(context["page"].number)
    return page if is_as_typed and is_there else unstored(page)


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
    choice = entry_filter.choice
    counts = _count(entry_filter.with_any_tags, tree, choice)
    here = counts.sections
    ordered = [node for node in tree.walk() if node.section.pk in here]
    page = Paginator(_pages(ordered, here), 1).get_page(number)
    return {
        "filter": entry_filter,
        "choice": choice,
        "chosen": [tag for tag in legend if tag.slug in choice.tags],
        "toggles": toggles(legend, counts.tags, choice.tags),
        "hiding": toggles(legend, Counter(), choice.hide),
        "count": sum(here.values()),
        "sections": len(ordered),
        "groups": _groups([node for nodes in page for node in nodes], choice),
        "page": page,
    }


def _count(entries: QuerySet[Entry], tree: Tree, choice: TagChoice) -> _Counts:
    """How many of these entries are of a choice; one query."""
    lines = Entry.tags.through.objects.filter(entry__in=entries.order_by().values("pk"))
    slugs: dict[tuple[int, int], set[str]] = {}
    for entry, section, slug in lines.values_list("entry", "entry__section", "legendtag__slug"):
        if section in tree.nodes:
            slugs.setdefault((section, entry), set()).add(slug)
    counts = _Counts(Counter(), Counter())
    for (section, _), carried in slugs.items():
        fits = choice.fits(carried)
        counts.sections[section] += bool(fits and choice.tags)
        if fits or choice.is_any:
            counts.tags.update(carried)
    return _Counts(+counts.sections, counts.tags)


def _groups(nodes: list[Node], choice: TagChoice) -> list[Group]:
    """The entries of a choice in these sections, in groups; two queries."""
    if not nodes:
        return []
    narrowed = narrow(section_parts(nodes), choice).parts
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
