"""Search as a whole: from a typed text to ranked entries with their surroundings.

Five queries for a page of results, however large the guide is.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from django.db.models.expressions import RawSQL

from entries.models import Entry, SectionKind
from entries.reading.lines import rows_above
from guide_site.public.search import candidates, query, ranking, spelling
from guide_site.public.search.candidates import MOST, Filter
from guide_site.public.search.documents import Document
from guide_site.public.search.query import Query, Term, Variant
from guide_site.public.search.ranking import Hit, Rarity
from guide_site.public.search.vocabulary import Name, Vocabulary
from guide_site.public.search.words import endings_of, folded, stem

PER_PAGE = 20
MOST_PLACES = 5
FIRST = 5  # hits among which each word is that may have been meant
_OTHER = 0.6  # weight of such a word beside the likeliest one
_SPEAKING = 0.5  # share of the best place's score that a place needs to be shown
_NAMED = 0.25  # share of the query that its name must have, unless it has all terms

_WITH_THOSE_ABOVE = """
WITH RECURSIVE found(id, parent_id) AS (
  SELECT id, parent_id FROM entries_entry WHERE id IN ({})
  UNION SELECT e.id, e.parent_id FROM found JOIN entries_entry e ON e.id = found.parent_id
) SELECT id FROM found"""


class Counts(NamedTuple):
    """How many hits have each legend tag, service (both by primary key) and kind of section."""

    tags: Counter[int]
    services: Counter[int]
    kinds: Counter[str]


@dataclass
class Results:
    """What a query found."""

    query: Query
    among: Filter
    vocabulary: Vocabulary
    hits: list[Hit] = field(default_factory=list)  # entries, best first
    places: list[Hit] = field(default_factory=list)  # sections and services named in the query
    unknown: list[str] = field(default_factory=list)  # terms that the guide does not have
    typed: str = ""  # the text as it was typed
    corrected: str = ""  # the text that was looked for instead, if it is another
    others: tuple[str, ...] = ()  # words that may have been meant, too, and are found
    is_as_typed: bool = False  # nothing was to be corrected
    problem: str = ""  # a sentence, if the filter names something that does not exist
    has_more: bool = False  # more entries match, but less well
    # Primary keys of the legend tags of an entry, by its primary key; see `add_tags`.
    tags: dict[int, list[int]] = field(default_factory=dict)

    def counts(self) -> Counts:
        """How many hits have each legend tag, service and kind of section."""
        documents = [hit.document for hit in self.hits]
        return Counts(
            tags=Counter(tag for tags in self.tags.values() for tag in tags),
            services=Counter(d.service for d in documents if d.service),
            kinds=Counter(d.section_kind for d in documents),
        )


class EntryInPlace(NamedTuple):
    """An entry with those that it is nested in, from the top down."""

    entry: Entry
    above: list[Entry]


def find(
    text: str, among: Filter | None = None, *, as_typed: bool = False, is_typing: bool = False
) -> Results:
    """The results of a typed text, which may be any text. Never raises.

    as_typed   do not correct words that the guide does not have
    is_typing  the text is not complete, so it holds no error while anything is found
    """
    vocabulary, among = Vocabulary(), among or Filter()
    with endings_of(vocabulary.lexicon.language):
        return _find(text, among, vocabulary, as_typed=as_typed, is_typing=is_typing)


def _find(
    text: str, among: Filter, vocabulary: Vocabulary, *, as_typed: bool, is_typing: bool
) -> Results:
    results = _search(text, among, vocabulary)
    if as_typed or results.problem:
        return replace(results, is_as_typed=as_typed)
    missing = _missing(results)
    wrong = missing or (() if is_typing else _unsure(results))
    correction = spelling.correct(results.query.text, wrong, vocabulary.lexicon)
    if not correction:
        return results
    if missing:
        better = _search(correction.text, among, vocabulary, correction.others)
        better = replace(better, typed=results.typed, corrected=correction.text)
    else:
        better = _search(text, among, vocabulary, (correction.text, *correction.others))
    return better if better.hits or better.places else results


def _search(
    text: str, among: Filter, vocabulary: Vocabulary, others: Iterable[str] = ()
) -> Results:
    """The results of a text as it is.

    others  words that may have been meant instead of some in the text
    """
    parsed = query.parse(
        text, names=vocabulary.names, signs=vocabulary.signs, lexicon=vocabulary.lexicon
    )
    results = Results(parsed, among, vocabulary, typed=parsed.text)
    results.problem = _problem(among, vocabulary)
    if not parsed or results.problem:
        return results
    meant = [Term(word, (Variant(tuple(folded(word))),), _OTHER) for word in others]
    terms = [*parsed.terms, *meant]
    rarities = candidates.rarities(terms)
    results.unknown = [
        term.label for term, rarity in zip(parsed.terms, rarities, strict=False) if not rarity.tells
    ]
    if not any(rarity.tells for rarity in rarities):
        return results
    best = candidates.best(terms, rarities, among)
    if meant:
        rarities = _bounded(rarities, len(parsed.terms))
    numbers = range(len(parsed.terms), len(terms))
    hits = ranking.rank(best.entries, terms, rarities, kept=numbers)
    results.hits = _with_others(hits, numbers)
    results.others = tuple(
        term.label
        for number, term in enumerate(meant, numbers.start)
        if any(number in hit.as_typed for hit in hits)
    )
    results.places = _places(ranking.rank(best.places, terms, rarities), results)
    results.has_more = len(results.hits) + len(best.places) >= MOST
    return results


def _bounded(rarities: list[Rarity], count: int) -> list[Rarity]:
    """Let no word behind the first `count` tell more than these, however rare it is."""
    most = max(rarity.tells for rarity in rarities[:count])
    return rarities[:count] + [Rarity(min(most, r.tells), r.is_frequent) for r in rarities[count:]]


def _with_others(hits: list[Hit], others: Iterable[int]) -> list[Hit]:
    """The hits with at least one for each other word that may be meant among the first."""
    ordered = list(hits)
    place = FIRST - 1
    for number in others:
        having = [hit for hit in ordered if number in hit.as_typed]
        if not having or having[0] in ordered[:FIRST] or place < 1:
            continue
        ordered.remove(having[0])
        ordered.insert(place, having[0])
        place -= 1
    return ordered


def _missing(results: Results) -> list[str]:
    """The words of the query that no hit has; what stood in quotes is left alone."""
    found = {number for hit in [*results.hits, *results.places] for number in hit.terms}
    return [
        word
        for number, term in enumerate(results.query.terms)
        if number not in found and term.weight == 1 and not term.is_required
        for word in term.variants[0].words
    ]


def _unsure(results: Results) -> tuple[str, ...]:
    """The only word of a query, if it is found in other forms only."""
    asked = [(n, term) for n, term in enumerate(results.query.terms) if term.weight == 1]
    if len(asked) != 1 or asked[0][1].is_required or len(asked[0][1].variants[0].words) != 1:
        return ()
    number, term = asked[0]
    is_here = any(number in hit.as_typed for hit in [*results.hits, *results.places])
    return () if is_here else term.variants[0].words


def _problem(among: Filter, vocabulary: Vocabulary) -> str:
    tags = [*among.choice.tags, *among.choice.hide]
    known: tuple[tuple[str, Sequence[str], set[str]], ...] = (  # (what it is, wanted, existing)
        (
            "legend tag",
            tags,
            {tag.slug for tag in vocabulary.tags.values()},
        ),
        ("service", [among.service], {"", *(s.slug for s in vocabulary.services.values())}),
        ("kind of section", [among.kind], {"", *SectionKind.values}),
    )
    for what, wanted, existing in known:
        for slug in wanted:
            if slug not in existing:
                return f"There is no {what} “{slug}”."
    return ""


def _places(ranked: list[Hit], results: Results) -> list[Hit]:
    """The best services, then sections; not the sections whose pages show such a service."""
    homes = {hit.document.section for hit in ranked if hit.document.kind == "service"}
    typed = {term.variants[0].stems for term in results.query.terms}
    asked = {number for number, term in enumerate(results.query.terms) if term.weight == 1}
    least = _SPEAKING * ranked[0].score if ranked else 0
    services = results.vocabulary.services

    def order(hit: Hit) -> tuple[bool, bool]:
        is_service = hit.document.kind == "service"
        name = services[hit.document.ref].short if is_service else ""
        return not is_service, tuple(map(stem, folded(name))) not in typed

    places = [
        hit
        for hit in ranked
        if hit.score >= least
        and (hit.named >= _NAMED or asked <= hit.terms)
        and _is_place(hit.document, services, homes)
    ]
    return sorted(places, key=order)[:MOST_PLACES]


def _is_place(document: Document, services: dict[int, Name], homes: set[int | None]) -> bool:
    if document.kind == "service":
        return document.ref in services  # it may be a moment newer than the vocabulary
    return document.section not in homes


def add_tags(results: Results) -> None:
    """Fill `results.tags` with the legend tags of all hits; one query."""
    pks = [hit.document.ref for hit in results.hits]
    lines = Entry.tags.through.objects.filter(entry__in=pks).values_list("legendtag", "entry")
    order = list(results.vocabulary.tags)
    for tag, entry in sorted(line for line in lines if line[0] in order):
        results.tags.setdefault(entry, []).append(tag)
    for tags in results.tags.values():
        tags.sort(key=order.index)


def entries_of(hits: Sequence[Hit]) -> list[EntryInPlace]:
    """The entries of hits, in their order; one query."""
    pks = [hit.document.ref for hit in hits]
    if not pks:
        return []
    family = RawSQL(_WITH_THOSE_ABOVE.format(", ".join(["%s"] * len(pks))), pks)
    rows = Entry.objects.live().filter(pk__in=family)
    by_pk = {row.pk: row for row in rows.select_related("section").defer("verbatim")}
    return [EntryInPlace(by_pk[pk], rows_above(by_pk[pk], by_pk)) for pk in pks if pk in by_pk]
