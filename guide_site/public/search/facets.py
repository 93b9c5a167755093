"""The choices beside the results: each a link to the same search, narrowed or widened."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple
from urllib.parse import urlencode

from entries.models import LegendTag, SectionKind
from entries.reading.tag_choice import InWords, TagChoice
from guide_site.public.search.candidates import Filter
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
    # A tag that was chosen is not to be hidden.
    hiding = [option for option in tags if option.key not in among.choice.tags]
    services = [_Option(s.slug, s.short, counts.services[s.pk]) for s in names.services.values()]
    sections = [_Option(kind, str(label), counts.kinds[kind]) for kind, label in kinds.items()]
    facets = [
        Facet("Legend", _choices(tags, among.choice.tags, lambda slug: _tag(results, slug))),
        Facet(
            "Service",
            _choices(
                services,
                [among.service],
                lambda slug: url(results, service="" if among.service == slug else slug),
            ),
        ),
        Facet(
            "Kind of section",
            _choices(
                sections,
                [among.kind],
                lambda kind: url(results, kind="" if among.kind == kind else kind),
            ),
        ),
        Facet("Leave out", _choices(hiding, among.choice.hide, lambda slug: _hide(results, slug))),
    ]
    return [facet for facet in facets if facet.choices]


def url(
    results: Results,
    *,
    choice: TagChoice | None = None,
    service: str | None = None,
    kind: str | None = None,
    is_exact: bool = False,
) -> str:
    """The address of the same search with other filters; None leaves one as it is.

    is_exact  search for what was typed, even if it was corrected
    """
    among = results.among
    among = Filter(
        choice=among.choice if choice is None else choice,
        service=among.service if service is None else service,
        kind=among.kind if kind is None else kind,
    )
    return "?" + urlencode([*_query(results, is_exact=is_exact), *among.pairs])


def _query(results: Results, *, is_exact: bool = False) -> list[tuple[str, str]]:
    """What was typed, as parameters of an address."""
    pairs = [("q", results.typed), ("exact", "1" if is_exact or results.is_as_typed else "")]
    return [pair for pair in pairs if pair[1]]


def in_words(results: Results) -> InWords:
    """The chosen and hidden legend tags, as the page says them."""
    names = results.vocabulary.tags.values()
    legend = {tag.slug: LegendTag(slug=tag.slug, sign=tag.short, label=tag.long) for tag in names}
    rest = replace(results.among, choice=TagChoice()).pairs
    return results.among.choice.in_words(legend, [*_query(results), *rest])


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
    choice = results.among.choice
    return url(results, choice=replace(choice, tags=_changed(choice.tags, slug)))


def _hide(results: Results, slug: str) -> str:
    choice = results.among.choice
    return url(results, choice=replace(choice, hide=_changed(choice.hide, slug)))


def _changed(slugs: tuple[str, ...], slug: str) -> tuple[str, ...]:
    """Slugs with another one, or without it if they have it."""
    return tuple(s for s in slugs if s != slug) if slug in slugs else (*slugs, slug)
