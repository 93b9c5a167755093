"""The choices beside the results: each a link to the same search, narrowed or widened."""

from typing import NamedTuple
from urllib.parse import urlencode

from entries.models import SectionKind

MOST_CHOICES = 12


class Choice(NamedTuple):
    """A legend tag, a service or a kind of section: how many hits have it, and the toggled URL."""

    label: str
    count: int
    url: str
    is_chosen: bool


class Facet(NamedTuple):
    """Choices of one kind."""

    title: str
    choices: list


def of(results):
    """The Facets of Results; those that offer no choice are left out."""
    counts, among, names = results.counts(), results.among, results.vocabulary
    kinds = dict(SectionKind.choices)
    tags = [
        (tag.slug, f"{tag.short} {tag.long}", counts["tag"][tag.pk]) for tag in names.tags.values()
    ]
    services = [(s.slug, s.short, counts["service"][s.pk]) for s in names.services.values()]
    sections = [(kind, label, counts["kind"][kind]) for kind, label in kinds.items()]
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


def url(results, **changes):
    """The address of the same search with other filters (or another page)."""
    among = results.among
    wanted = {
        "q": results.query.text,
        "tag": list(among.tags),
        "service": among.service,
        "kind": among.kind,
    } | changes
    return "?" + urlencode({name: value for name, value in wanted.items() if value}, doseq=True)


def _choices(options, chosen, address):
    found = [
        Choice(label, count, address(key), key in chosen)
        for key, label, count in options
        if count or key in chosen
    ]
    found.sort(key=lambda choice: (not choice.is_chosen, -choice.count))
    return found[:MOST_CHOICES]


def _tag(results, slug):
    tags = results.among.tags
    return url(results, tag=[t for t in tags if t != slug] if slug in tags else [*tags, slug])


def _one(results, name, value):
    return url(results, **{name: "" if getattr(results.among, name) == value else value})
