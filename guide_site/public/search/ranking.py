"""How well a text answers a query. Pure, so that both databases give the same order.

Okapi BM25 over weighted fields, then raised for texts that have more of what was asked and have
it close together.
"""

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from guide_site.public.search.words import folded, stem

# What a word is worth where it stands.
HEAD, BODY, LINK, SECTION, ABOVE = 2.2, 1.0, 0.35, 1.1, 0.45
SATURATION = 1.1  # how soon more of the same word stops counting
LENGTH, USUAL = 0.45, 30  # how much, and from how many words on, long texts count less
NEAR, REACH = 0.55, 8  # worth of two terms side by side; how many words apart still count
LEAST = 0.22  # of the best score: what falls below is no hit

_TARGET = re.compile(r"\]\(\s*<?([^)\s>]*)[^)]*\)|(https?://[^\s)>\]]+)")
_HYPHENATED = re.compile(r"\b\w++(?:-\w++)+")


@dataclass
class Hit:
    """A Document with its score, the terms (numbers) that it has, and the share in its head."""

    document: object
    score: float
    terms: frozenset
    named: float


class _Reading:
    """A text taken apart once, for all queries that meet it."""

    def __init__(self, text):
        words = folded(text)
        self.length = len(words)
        self.stems = tuple(map(stem, words))
        if "-" in text:  # “multi-part” is found as “multipart” too
            self.stems += tuple(stem(word.replace("-", "")) for word in _HYPHENATED.findall(text))
        self.known = frozenset(self.stems)
        self.line = f" {' '.join(words)} "  # where beginnings are looked for

    def find_beginning(self, words):
        """Places where these words stand side by side, the last one perhaps going on."""
        wanted, found = f" {' '.join(words)}", []
        at = self.line.find(wanted)
        while at >= 0:
            found.append(self.line.count(" ", 0, at))
            at = self.line.find(wanted, at + 1)
        return found


_read = lru_cache(maxsize=2048)(_Reading)


@lru_cache(maxsize=2048)
def _parts(body):
    """Readings of the visible words of Markdown, roughly, and of its link targets."""
    links = " ".join(part for match in _TARGET.findall(body) for part in match)
    return _Reading(_TARGET.sub("] ", body)), _Reading(links)


class _Wanted:
    """The variants of all terms, arranged for looking them up in a reading."""

    def __init__(self, terms):
        self.by_first = defaultdict(list)  # first stem: [(number of the term, stems, weight)]
        self.begun = []
        for number, term in enumerate(terms):
            for variant in term.variants:
                if variant.is_beginning:
                    self.begun.append((number, variant.words, variant.weight))
                else:
                    stems = variant.stems
                    self.by_first[stems[0]].append((number, stems, variant.weight))

    def places(self, reading):
        """{(place, number of a term): weight} of what a text has."""
        found = {}
        if not reading.known.isdisjoint(self.by_first):
            for place, root in enumerate(reading.stems):
                for number, stems, weight in self.by_first.get(root, ()):
                    if len(stems) == 1 or reading.stems[place : place + len(stems)] == stems:
                        found[place, number] = max(found.get((place, number), 0), weight)
        for number, words, weight in self.begun:
            for place in reading.find_beginning(words):
                found.setdefault((place, number), weight)
        return found

    def terms(self, reading):
        """{number of a term: weight} of what a text has, wherever."""
        best = {}
        for (_, number), weight in self.places(reading).items():
            best[number] = max(best.get(number, 0), weight)
        return best


def rank(documents, terms, rarities):
    """The Hits among `documents`, best first.

    rarities  how much each term tells: Rarity of each
    """
    worth = [rarity.tells * term.weight for rarity, term in zip(rarities, terms, strict=True)]
    wanted = _Wanted(terms)
    required = {number for number, term in enumerate(terms) if term.is_required}
    # The parts of a name are no more than help: the name alone is all that was asked.
    asked = {number: worth[number] for number, term in enumerate(terms) if term.weight == 1}
    hits = [_hit(document, wanted, worth, asked) for document in documents]
    hits = [hit for hit in hits if hit.terms and required <= hit.terms]
    least = LEAST * max((hit.score for hit in hits), default=0)
    kept = [hit for hit in hits if hit.score >= least]
    return sorted(kept, key=lambda hit: (-round(hit.score, 6), hit.document.id))


def _hit(document, wanted, worth, asked):
    body, links = _parts(document.body)
    head = wanted.terms(_read(document.head))
    places = wanted.places(body)
    amounts = defaultdict(float)  # of each term: how often, weighted
    certainty = defaultdict(float)  # of each term: the most that one occurrence is worth
    shortness = 1 / (1 - LENGTH + LENGTH * max(1.0, body.length / USUAL))
    for (_, number), weight in places.items():
        amounts[number] += BODY * shortness
        certainty[number] = max(certainty[number], weight)
    for value, found in (
        (HEAD, head),
        (LINK, wanted.terms(links)),
        (SECTION, wanted.terms(_read(document.path.rpartition("›")[2]))),
        (ABOVE, wanted.terms(_read(document.context))),
    ):
        for number, weight in found.items():
            amounts[number] += value
            certainty[number] = max(certainty[number], weight)
    score = sum(
        worth[number] * certainty[number] * amount * (1 + SATURATION) / (amount + SATURATION)
        for number, amount in amounts.items()
    )
    whole = sum(asked.values()) or 1
    share = sum(worth[number] * certainty[number] for number in amounts) / whole
    score = (score + _nearness(places, asked)) * (0.25 + 0.75 * min(1, share) ** 1.5)
    named = sum(worth[number] * weight for number, weight in head.items()) / whole
    return Hit(document, score, frozenset(amounts), named)


def _nearness(places, worth):
    """Bonus for different terms that stand close together."""
    closest = defaultdict(float)
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
