"""How well a text matches a query. Pure, so that both databases give the same order.

Okapi BM25 over weighted fields, raised for texts that have more of the terms, and have them
close together.
"""

import math
import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple, TypeAlias

from guide_site.public.search.documents import Document
from guide_site.public.search.query import Term
from guide_site.public.search.words import current_language, folded, stem

# The weight of a word by where it is.
HEAD, BODY, LINK, SECTION, ABOVE = 2.2, 1.0, 0.2, 1.1, 0.45
SATURATION = 0.8  # how soon more of the same word stops counting
LENGTH, USUAL = 0.45, 20  # how much, and from how many words on, long texts count less
NEAR, REACH = 0.8, 8  # worth of two terms side by side; how many words apart still count
EXACT = 0.9  # worth of the form of a word that was typed, where other forms are more frequent
EXACT_OF_MANY = 0.4  # the same in a query of several words
_LESSER = 0.5  # up to this weight, a term gains nothing by its form
LEAST = 0.22  # of the best score: documents with less are no hits

_Places: TypeAlias = dict[tuple[int, int], float]  # (place in words, number of a term): weight

_TARGET = re.compile(r"\]\(\s*<?([^)\s>]*)[^)]*\)|(https?://[^\s)>\]]+)")
_HYPHENATED = re.compile(r"\b\w++(?:-\w++)+")


class Rarity(NamedTuple):
    """How rare a term is."""

    tells: float  # how much the term says about a document; 0 if no document has it
    is_frequent: bool  # very many documents have it


@dataclass(frozen=True)
class Hit:
    """A document that matches a query."""

    document: Document
    score: float
    plain: float  # the score without what the form that was typed adds
    terms: frozenset[int]  # numbers of the terms that it has
    named: float  # share of the query that its head has, from 0 to 1 or a little more
    as_typed: frozenset[int]  # numbers of the terms that it has in just the form that was typed


class _Reading:
    """A text split into words once, for all queries that meet it."""

    def __init__(self, text: str) -> None:
        words = folded(text)
        self.length = len(words)
        self.stems = tuple(map(stem, words))
        if "-" in text:  # “multi-part” is found as “multipart” too
            self.stems += tuple(stem(word.replace("-", "")) for word in _HYPHENATED.findall(text))
        self.known = frozenset(self.stems)
        self.line = f" {' '.join(words)} "  # where beginnings are looked for

    def find_beginning(self, words: Sequence[str]) -> list[int]:
        """Places of these words side by side, of which the last may be only a beginning."""
        wanted = f" {' '.join(words)}"
        places: list[int] = []
        position = self.line.find(wanted)
        while position >= 0:
            places.append(self.line.count(" ", 0, position))
            position = self.line.find(wanted, position + 1)
        return places


@lru_cache(maxsize=2048)
def _reading(text: str, language: str) -> _Reading:
    return _Reading(text)


def _read(text: str) -> _Reading:
    return _reading(text, current_language())


def _parts(body: str) -> tuple[_Reading, _Reading]:
    """Readings of the visible words of Markdown, roughly, and of its link targets."""
    return _parts_in(body, current_language())


@lru_cache(maxsize=2048)
def _parts_in(body: str, language: str) -> tuple[_Reading, _Reading]:
    links = " ".join(part for match in _TARGET.findall(body) for part in match)
    return _Reading(_TARGET.sub("] ", body)), _Reading(links)


class _Variant(NamedTuple):
    """A variant of a term: its words or their stems."""

    number: int  # of the term
    words: tuple[str, ...]
    weight: float


class _Wanted:
    """The variants of all terms, arranged for looking them up in a reading."""

    def __init__(self, terms: Sequence[Term]) -> None:
        self.by_first: dict[str, list[_Variant]] = defaultdict(list)  # by their first stem
        self.begun: list[_Variant] = []  # those whose last word is only a beginning
        for number, term in enumerate(terms):
            for variant in term.variants:
                if variant.is_beginning:
                    self.begun.append(_Variant(number, variant.words, variant.weight))
                else:
                    stems = variant.stems
                    self.by_first[stems[0]].append(_Variant(number, stems, variant.weight))

    def places(self, reading: _Reading) -> _Places:
        """The places of a text where terms are, with the weights of the variants there."""
        places: _Places = {}
        if not reading.known.isdisjoint(self.by_first):
            for place, root in enumerate(reading.stems):
                for number, stems, weight in self.by_first.get(root, ()):
                    if len(stems) == 1 or reading.stems[place : place + len(stems)] == stems:
                        places[place, number] = max(places.get((place, number), 0), weight)
        for number, words, weight in self.begun:
            for place in reading.find_beginning(words):
                places.setdefault((place, number), weight)
        return places

    def terms(self, reading: _Reading) -> dict[int, float]:
        """The numbers of the terms that a text has, with the weight of the best variant."""
        best: dict[int, float] = {}
        for (_, number), weight in self.places(reading).items():
            best[number] = max(best.get(number, 0), weight)
        return best


def rank(
    documents: Sequence[Document],
    terms: Sequence[Term],
    rarities: Sequence[Rarity],
    kept: Collection[int] = (),
) -> list[Hit]:
    """The hits among `documents`, best first.

    rarities  one for each term
    kept      numbers of terms of which every hit stays, however low its score
    """
    worth = [rarity.tells * term.weight for rarity, term in zip(rarities, terms, strict=True)]
    wanted = _Wanted(terms)
    required = {number for number, term in enumerate(terms) if term.is_required}
    # The single words of a name only help: its variants alone count as asked.
    asked = {number: worth[number] for number, term in enumerate(terms) if term.weight == 1}
    hits = [
        _hit(document, wanted, worth, asked, spelled)
        for document, spelled in zip(documents, _as_typed(documents, terms), strict=True)
    ]
    hits = [hit for hit in hits if hit.terms and required <= hit.terms]
    least = LEAST * max((hit.plain for hit in hits), default=0)
    hits = [hit for hit in hits if hit.score >= least or not hit.terms.isdisjoint(kept)]
    return sorted(hits, key=lambda hit: (-round(hit.score, 6), hit.document.id))


def _as_typed(documents: Sequence[Document], terms: Sequence[Term]) -> list[dict[int, float]]:
    """For each document, the terms that it has in just the form that was typed, and their gain.

    “networks” gains more than “network” if it is rarer in these documents.
    """
    lines = [_read(d.head).line + _parts(d.body)[0].line for d in documents]
    found: list[dict[int, float]] = [{} for _ in documents]
    asked = sum(term.weight == 1 for term in terms)
    worth = EXACT if asked == 1 else EXACT_OF_MANY
    for number, term in enumerate(terms):
        typed = f" {' '.join(term.variants[0].words)} "
        having = [place for place, line in enumerate(lines) if typed in line]
        gain = worth * term.weight * math.log((len(documents) + 1) / (len(having) + 1))
        for place in having:
            found[place][number] = gain if term.weight > _LESSER else 0
    return found


def _hit(
    document: Document,
    wanted: _Wanted,
    worth: Sequence[float],
    asked: dict[int, float],
    spelled: dict[int, float],
) -> Hit:
    body, links = _parts(document.body)
    head = wanted.terms(_read(document.head))
    places = wanted.places(body)
    amounts: dict[int, float] = defaultdict(float)  # of each term: how often, weighted
    certainty: dict[int, float] = defaultdict(float)  # of each term: weight of its best variant
    shortness = 1 / (1 - LENGTH + LENGTH * max(1.0, body.length / USUAL))
    for (_, number), weight in places.items():
        amounts[number] += BODY * shortness
        certainty[number] = max(certainty[number], weight)
    for value, weights in (
        (HEAD, head),
        (LINK, wanted.terms(links)),
        (SECTION, wanted.terms(_read(document.path.rpartition("›")[2]))),
        (ABOVE, wanted.terms(_read(document.context))),
    ):
        for number, weight in weights.items():
            amounts[number] += value
            certainty[number] = max(certainty[number], weight)
    score = sum(
        worth[number] * certainty[number] * amount * (1 + SATURATION) / (amount + SATURATION)
        for number, amount in amounts.items()
    )
    whole = sum(asked.values()) or 1
    share = sum(worth[number] * certainty[number] for number in amounts) / whole
    score += _nearness(places, asked)
    fit = 0.25 + 0.75 * min(1, share) ** 1.5
    named = sum(worth[number] * weight for number, weight in head.items()) / whole
    plain, typed = fit * score, fit * sum(spelled.values())
    return Hit(document, plain + typed, plain, frozenset(amounts), named, frozenset(spelled))


def _nearness(places: _Places, worth: dict[int, float]) -> float:
    """Bonus for different terms that are close together."""
    closest: dict[tuple[int, int], float] = defaultdict(float)  # by the numbers of two terms
    ordered = sorted(item for item in places.items() if item[0][1] in worth)
    for ((place, number), weight), ((other_place, other), other_weight) in combinations(
        ordered[:40], 2
    ):
        distance = other_place - place
        if number != other and 0 < distance <= REACH:
            value = weight * other_weight * min(worth[number], worth[other]) / distance**0.5
            pair = min(number, other), max(number, other)
            closest[pair] = max(closest[pair], value)
    return NEAR * sum(closest.values())
