"""The search page, and the suggestions of the search box."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString

from entries.models import Entry, EntryKind
from entries.reading.tag_choice import MOST, PARAMETERS, TagChoice
from guide_site.core.pages import public_page
from guide_site.public.search import facets, finding
from guide_site.public.search.candidates import Filter
from guide_site.public.search.documents import BETWEEN, Document
from guide_site.public.search.finding import Results
from guide_site.public.search.highlights import WHOLE, Marker, words_of
from guide_site.public.search.query import MAX_LENGTH, MAX_TERMS
from guide_site.public.search.ranking import Hit
from guide_site.public.search.vocabulary import Name, Vocabulary

MOST_SUGGESTIONS = 8
_PIECES = {EntryKind.TABLE, EntryKind.CODE, EntryKind.FIGURE, EntryKind.HTML}


@dataclass(frozen=True)
class ShownHit:
    """What the page shows of an entry."""

    entry: Entry
    above: list[Entry]  # that it is nested in, from the top down
    path: str  # titles of its sections
    section_url: str  # of the entry on the page of its section
    html: SafeString
    tags: list[Name]


class Suggestion(NamedTuple):
    """A link to an entry, section or service."""

    label: str
    hint: str
    url: str


@public_page(params=("q", "exact", *PARAMETERS, "service", "kind", "page"))
def search(request: HttpRequest) -> HttpResponse:
    """Entries, sections and services for a typed text."""
    text = request.GET.get("q", "")
    as_typed = bool(request.GET.get("exact"))
    results = finding.find(text, _filter(request.GET), as_typed=as_typed)
    finding.add_tags(results)
    page = Paginator(results.hits, finding.PER_PAGE).get_page(request.GET.get("page"))
    marker = Marker(results.query.terms, results.vocabulary.lexicon.language)
    context = {
        "results": results,
        "has_search_box": True,
        "searched": results.typed,
        "exactly": facets.url(results, is_exact=True),
        "page": page,
        "rest": facets.url(results).removeprefix("?"),
        "hits": _shown(results, page, marker),
        "places": [_place(hit.document, results.vocabulary) for hit in results.places],
        "facets": facets.facets_of(results),
        "limits": {"letters": MAX_LENGTH, "terms": MAX_TERMS},
        "unfiltered": facets.url(results, choice=TagChoice(), service="", kind=""),
        "in_words": facets.in_words(results),
        "sections": _sections(results),
    }
    return render(request, "public/search.html", context | _instead(results))


@public_page(params=("q",))
def suggest(request: HttpRequest) -> HttpResponse:
    """Names and opening words that match the text typed so far, as JSON."""
    results = finding.find(request.GET.get("q", ""), is_typing=True)
    suggestions = [_place(hit.document, results.vocabulary) for hit in results.places]
    for hit in results.hits[: MOST_SUGGESTIONS - len(suggestions)]:
        entry = Entry(pk=hit.document.ref, body=hit.document.body)
        suggestions.append(
            Suggestion(entry.opening_words, hit.document.path, entry.get_absolute_url())
        )
    return JsonResponse({"suggestions": [suggestion._asdict() for suggestion in suggestions]})


def _filter(query: QueryDict) -> Filter:
    choice = TagChoice.from_query(query)
    return Filter(
        choice=TagChoice(choice.tags[:MOST], choice.is_any, choice.hide[:MOST]),
        service=query.get("service", ""),
        kind=query.get("kind", ""),
    )


def _shown(results: Results, page: Iterable[Hit], marker: Marker) -> list[ShownHit]:
    hits = {hit.document.ref: hit for hit in page}
    return [
        ShownHit(
            entry=entry,
            above=above,
            path=hits[entry.pk].document.path,
            section_url=f"{entry.section.get_absolute_url()}#e{entry.pk}",
            html=_text(entry, marker),
            tags=[results.vocabulary.tags[pk] for pk in results.tags.get(entry.pk, ())],
        )
        for entry, above in finding.entries_of(list(hits.values()))
    ]


def _text(entry: Entry, marker: Marker) -> SafeString:
    """The entry with the words of the query marked; of a long one only an excerpt."""
    if entry.kind not in _PIECES and len(entry.body_html) <= 2 * WHOLE:
        return marker.html(entry.body_html)
    text = words_of(entry.body_html)
    if entry.kind in _PIECES or len(text) > WHOLE:
        return marker.excerpt(text)
    return marker.html(entry.body_html)


def _place(document: Document, vocabulary: Vocabulary) -> Suggestion:
    """The link to a section or service."""
    if document.kind == "service":
        service = vocabulary.services[document.ref]
        label, hint = service.short, service.long or "service"
    else:
        *above, label = document.path.split(BETWEEN)
        hint = BETWEEN.join(above) or "section"
    return Suggestion(label, hint, reverse(document.kind, args=[document.slug]))


def _sections(results: Results) -> list[tuple[str, str]]:
    """Pairs (path, slug) of sections where an entry about this would fit: of the best hits."""
    paths: dict[str, str] = {}
    for hit in [*results.places, *results.hits[:10]]:
        if hit.document.kind != "service":
            paths.setdefault(hit.document.slug, hit.document.path)
    return [(path, slug) for slug, path in paths.items()][:3]


def _instead(results: Results) -> dict[str, Any]:
    """Offers for a search without results, as context of the template."""
    if results.hits or not results.query:
        return {}
    near = results.vocabulary.near(results.query.text)
    homes = [(service.short, service.section) for service in near if service.section]
    return {
        "near": near,
        "sections": _sections(results) or homes[:3],
    }
