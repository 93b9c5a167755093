"""The search page, and what the search box offers while one types."""

from django.core.paginator import Paginator
from django.http import JsonResponse
from django.shortcuts import render
from django.urls import reverse

from entries.models import Entry, EntryKind
from guide_site.core.pages import public_page
from guide_site.public.search import facets, finding, nearest
from guide_site.public.search.candidates import Filter
from guide_site.public.search.highlights import WHOLE, Marker, words_of
from guide_site.public.search.query import MAX_LENGTH, MAX_TERMS

MOST_TAGS = 5
MOST_SUGGESTIONS = 8
_PIECES = {EntryKind.TABLE, EntryKind.CODE, EntryKind.FIGURE, EntryKind.HTML}


@public_page(params=("q", "tag", "service", "kind", "page"))
def search(request):
    """Bullets, sections and services for what was typed."""
    text = request.GET.get("q", "")
    results = finding.find(text, _filter(request.GET))
    finding.add_tags(results)
    page = Paginator(results.hits, finding.PER_PAGE).get_page(request.GET.get("page"))
    marker = Marker(results.query.terms)
    context = {
        "results": results,
        "has_search_box": True,
        "searched": results.query.text,
        "page": page,
        "rest": facets.url(results).removeprefix("?"),
        "found": _shown(results, page, marker),
        "places": [_place(hit.document, results.vocabulary) for hit in results.places],
        "facets": facets.of(results),
        "limits": {"letters": MAX_LENGTH, "terms": MAX_TERMS},
        "unfiltered": facets.url(results, tag=[], service="", kind=""),
        "sections": _sections(results),
    }
    return render(request, "public/search.html", context | _instead(results))


@public_page(params=("q",))
def suggest(request):
    """Names and leads that fit what was typed so far, as JSON."""
    results = finding.find(request.GET.get("q", ""))
    found = [_place(hit.document, results.vocabulary) for hit in results.places]
    for hit in results.hits[: MOST_SUGGESTIONS - len(found)]:
        entry = Entry(pk=hit.document.ref, body=hit.document.body)
        found.append(
            {
                "label": entry.opening_words,
                "hint": hit.document.path,
                "url": entry.get_absolute_url(),
            }
        )
    return JsonResponse({"suggestions": found})


def _filter(query):
    return Filter(
        tags=tuple(dict.fromkeys(filter(None, query.getlist("tag"))))[:MOST_TAGS],
        service=query.get("service", ""),
        kind=query.get("kind", ""),
    )


def _shown(results, page, marker):
    """What the page prints of each hit."""
    hits = {hit.document.ref: hit for hit in page}
    return [
        {
            "entry": entry,
            "above": above,
            "path": hits[entry.pk].document.path,
            "section_url": f"{entry.section.get_absolute_url()}#e{entry.pk}",
            "html": _text(entry, marker),
            "tags": [results.vocabulary.tags[pk] for pk in results.tags.get(entry.pk, ())],
        }
        for entry, above in finding.entries_of(list(page))
    ]


def _text(entry, marker):
    """The entry with its words marked: whole, or the telling part of a long one."""
    if entry.kind not in _PIECES and len(entry.body_html) <= 2 * WHOLE:
        return marker.html(entry.body_html)
    text = words_of(entry.body_html)
    if entry.kind in _PIECES or len(text) > WHOLE:
        return marker.excerpt(text)
    return marker.html(entry.body_html)


def _place(document, vocabulary):
    """A section or service: label, hint and address."""
    if document.kind == "service":
        service = vocabulary.services[document.ref]
        label, hint = service.short, service.long or "service"
    else:
        *above, label = document.path.split(" › ")
        hint = " › ".join(above) or "section"
    return {"label": label, "hint": hint, "url": reverse(document.kind, args=[document.slug])}


def _sections(results):
    """[(title, slug)] of sections that an entry about this would fit in: those found most."""
    found = {}
    for hit in [*results.places, *results.hits[:10]]:
        if hit.document.kind != "service":
            found.setdefault(hit.document.slug, hit.document.path)
    return [(path, slug) for slug, path in found.items()][:3]


def _instead(results):
    """What to offer where nothing was found."""
    if results.hits or not results.query:
        return {}
    near = nearest.services(results.query.text, results.vocabulary)
    homes = [(service.short, service.section) for service in near if service.section]
    return {
        "near": near,
        "spelling": nearest.spelling(results),
        "sections": _sections(results) or homes[:3],
    }
