"""The choices beside the results: each a link to the same search, narrowed or widened."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple
from urllib.parse import urlencode

from entries.models import SectionKind
from guide_site.public.search.finding import Results

MOST_CHOICES = 12


@dataclass(frozen=True)
class Choice:
    """A legend tag, a service or a kind of section."""

    label: str
    count: int  # hits that have it
    url: str  # the search with this choice made or taken back
    is_chosen: bool


@dataclass(frozen=True)
class Facet:
    """Choices of one kind."""

    title: str
    choices: list[Choice]


class _Option(NamedTuple):
    """A possible choice: its value in the address, its label, how many hits have it."""

    key: str
    label: str
    hits: int


def facets_of(results: Results) -> list[Facet]:
    """The facets of results; those without a choice are left out."""
    counts, among, names = results.counts(), results.among, results.vocabulary
    kinds = dict(SectionKind.choices)
    tags = [
        _Option(tag.slug, f"{tag.short} {tag.long}", counts.tags[tag.pk])
        for tag in names.tags.values()
    ]
    services = [_Option(s.slug, s.short, counts.services[s.pk]) for s in names.services.values()]
    sections = [_Option(kind, str(label), counts.kinds[kind]) for kind, label in kinds.items()]
    facets = [
        Facet("Legend", _choices(tags, among.tags, lambda slug: _tag(results, slug))),
        Facet(
            "Service",
            _choices(services, [among.service], lambda slug: _one(results, "service", slug)),
        ),
        Facet(
            "Kind of section",
            _choices(sections, [among.kind], lambda kind: _one(results, "kind", kind)),
        ),
    ]
    return [facet for facet in facets if facet.choices]


def url(results: Results, **changes: str | list[str]) -> str:
    """The address of the same search with other filters.

    changes  parameters to set; empty ones are left out of the address
    """
    among = results.among
    parameters: dict[str, Any] = {
        "q": results.typed,
        "exact": "1" if results.is_as_typed else "",
        "tag": list(among.tags),
        "service": among.service,
        "kind": among.kind,
    } | changes
    return "?" + urlencode({name: value for name, value in parameters.items() if value}, doseq=True)


def _choices(
    options: Iterable[_Option], chosen: Collection[str], address: Callable[[str], str]
) -> list[Choice]:
    choices = [
        Choice(option.label, option.hits, address(option.key), option.key in chosen)
        for option in options
        if option.hits or option.key in chosen
    ]
    choices.sort(key=lambda choice: (not choice.is_chosen, -choice.count))
    return choices[:MOST_CHOICES]


def _tag(results: Results, slug: str) -> str:
    tags = results.among.tags
    return url(results, tag=[t for t in tags if t != slug] if slug in tags else [*tags, slug])


def _one(results: Results, name: str, value: str) -> str:
    return url(results, **{name: "" if getattr(results.among, name) == value else value})
