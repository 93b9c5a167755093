"""Search as a whole: what was typed in, ranked entries with their surroundings out.

Five queries for a page of results, however large the guide is.
"""

from collections import Counter
from dataclasses import dataclass, field

from django.db.models.expressions import RawSQL

from entries.models import Entry, SectionKind
from guide_site.public.search import candidates, query, ranking
from guide_site.public.search.candidates import MOST, Filter
from guide_site.public.search.vocabulary import Vocabulary
from guide_site.public.search.words import folded, stem

PER_PAGE = 20
MOST_PLACES = 5
_SPEAKING = 0.5  # of the best place's score: what a place needs to be shown beside it
_NAMED = 0.25  # share of what was asked that its name must have, unless its text has all of it

_WITH_THOSE_ABOVE = """
WITH RECURSIVE found(id, parent_id) AS (
  SELECT id, parent_id FROM entries_entry WHERE id IN ({})
  UNION SELECT e.id, e.parent_id FROM found JOIN entries_entry e ON e.id = found.parent_id
) SELECT id FROM found"""


@dataclass
class Results:
    """What a query found.

    hits     ranking.Hits of entries, best first
    places   ranking.Hits of sections and services whose names were asked for
    """

    query: query.Query
    among: Filter
    vocabulary: Vocabulary
    hits: list = field(default_factory=list)
    places: list = field(default_factory=list)
    unknown: list = field(default_factory=list)  # what was typed and is nowhere in the guide
    problem: str = ""  # a sentence, where the filter names something that is not there
    has_more: bool = False  # there are entries beside these, which have less of the query
    tags: dict = field(default_factory=dict)  # {primary key of an entry: [of its legend tags]}

    def counts(self):
        """How many hits have each: {"tag": Counter of primary keys, "service": …, "kind": …}."""
        documents = [hit.document for hit in self.hits]
        return {
            "tag": Counter(tag for found in self.tags.values() for tag in found),
            "service": Counter(d.service for d in documents if d.service),
            "kind": Counter(d.section_kind for d in documents),
        }


def find(text, among=None):
    """The Results of a typed text. Takes whatever is typed, and never raises.

    among  Filter: legend tags, service, kind of section
    """
    vocabulary, among = Vocabulary(), among or Filter()
    parsed = query.parse(text, names=vocabulary.names, signs=vocabulary.signs)
    results = Results(parsed, among, vocabulary)
    results.problem = _problem(among, vocabulary)
    if not parsed or results.problem:
        return results
    rarities = candidates.rarities(parsed.terms)
    results.unknown = [
        term.label for term, rarity in zip(parsed.terms, rarities, strict=True) if not rarity.tells
    ]
    if not any(rarity.tells for rarity in rarities):
        return results
    entries, places = candidates.best(parsed.terms, rarities, among)
    results.hits = ranking.rank(entries, parsed.terms, rarities)
    results.places = _places(ranking.rank(places, parsed.terms, rarities), results)
    results.has_more = len(results.hits) + len(places) >= MOST
    return results


def _problem(among, vocabulary):
    known = (
        ("legend tag", among.tags, {tag.slug for tag in vocabulary.tags.values()}),
        ("service", [among.service], {"", *(s.slug for s in vocabulary.services.values())}),
        ("kind of section", [among.kind], {"", *SectionKind.values}),
    )
    for what, asked, there in known:
        for slug in asked:
            if slug not in there:
                return f"There is no {what} “{slug}”."
    return ""


def _places(ranked, results):
    """The best services, then sections; a service stands for the section that is its home."""
    homes = {hit.document.section for hit in ranked if hit.document.kind == "service"}
    typed = {term.variants[0].stems for term in results.query.terms}
    asked = {number for number, term in enumerate(results.query.terms) if term.weight == 1}
    least = _SPEAKING * ranked[0].score if ranked else 0
    services = results.vocabulary.services

    def order(hit):
        is_service = hit.document.kind == "service"
        name = services[hit.document.ref].short if is_service else ""
        return not is_service, tuple(map(stem, folded(name))) not in typed

    found = [
        hit
        for hit in ranked
        if hit.score >= least
        and (hit.named >= _NAMED or asked <= hit.terms)
        and _is_place(hit.document, services, homes)
    ]
    return sorted(found, key=order)[:MOST_PLACES]


def _is_place(document, services, homes):
    if document.kind == "service":
        return document.ref in services  # one may be a moment newer than the vocabulary
    return document.section not in homes


def add_tags(results):
    """Read the legend tags of all hits: one query."""
    pks = [hit.document.ref for hit in results.hits]
    lines = Entry.tags.through.objects.filter(entry__in=pks).values_list("legendtag", "entry")
    order = list(results.vocabulary.tags)
    for tag, entry in sorted(line for line in lines if line[0] in order):
        results.tags.setdefault(entry, []).append(tag)
    for found in results.tags.values():
        found.sort(key=order.index)


def entries_of(hits):
    """[(Entry, [entries above it, from the top down])] of hits: one query."""
    pks = [hit.document.ref for hit in hits]
    if not pks:
        return []
    family = RawSQL(_WITH_THOSE_ABOVE.format(", ".join(["%s"] * len(pks))), pks)
    rows = Entry.objects.live().filter(pk__in=family)
    by_pk = {row.pk: row for row in rows.select_related("section").defer("verbatim")}
    return [(by_pk[pk], _above(by_pk[pk], by_pk)) for pk in pks if pk in by_pk]


def _above(entry, by_pk):
    above, parent = [], by_pk.get(entry.parent_id)
    while parent:
        above.insert(0, parent)
        parent = by_pk.get(parent.parent_id)
    return above
