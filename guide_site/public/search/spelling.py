"""Words that the guide does not have, as words that it has and that are spelled nearly so.

All words of the guide are in a table, forwards and backwards. An error leaves one half of a word
as it is, so the words that begin or end with that half are read, and no others.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from django.db import connection
from rapidfuzz.distance import OSA

from guide_site.public.search import candidates, upkeep
from guide_site.public.search.query import Term, Variant
from guide_site.public.search.thesaurus import Lexicon
from guide_site.public.search.words import is_spelled, stem, tokens

LEAST_LETTERS = 4  # of a word that is corrected; of one with three, two may have changed places
TWO_ERRORS_FROM = 8  # letters from which on a word may have two errors
MOST_WORDS = 4  # of a typed text that are corrected
MOST_NEAR = 12  # words that are compared by how frequent they are
MOST_OTHERS = 6  # words beside the likeliest one that are looked for, too
MOST_JOINED = 24  # letters of words that were typed without a space between them
MOST_READ = 3000  # words with the same half that are read
_LAST = "\U0010ffff"  # sorts behind every letter


class Correction(NamedTuple):
    """A typed text with words that the guide has.

    others  further words that may have been meant
    """

    text: str
    others: tuple[str, ...]


class _Near(NamedTuple):
    """What may have been meant: one word, or several that were typed without a space."""

    words: tuple[str, ...]
    errors: int


def correct(text: str, unknown: Sequence[str], lexicon: Lexicon) -> Correction | None:
    """The typed text with known words instead of `unknown` ones; None if no known one is near.

    Two queries, whatever the number of words.
    """
    unknown = [word for word in dict.fromkeys(unknown) if word not in lexicon.stop]
    wrong = list(filter(_may_be_wrong, unknown))[:MOST_WORDS]
    if not wrong:
        return None
    known = _read(wrong)
    near = {word: _near(word, known) for word in wrong if word not in known}
    frequent = _frequency({word for found in near.values() for one in found for word in one.words})
    better: dict[str, str] = {}
    others: list[str] = []
    for word, found in near.items():
        likely = _likeliest(word, found, frequent)
        if likely:
            better[word], *rest = likely
            others += rest
    return Correction(_replaced(text, better), tuple(others[:MOST_OTHERS])) if better else None


def _may_be_wrong(word: str) -> bool:
    letters = sum(map(str.isalpha, word))
    return letters >= LEAST_LETTERS - 1 and is_spelled(word)


def _read(words: Iterable[str]) -> set[str]:
    """The known words that share a half with one of `words`, or are a part of it."""
    parts: list[str] = []
    parameters: list[str | int] = []
    exact: set[str] = set()
    for word in words:
        middle = len(word) // 2
        lengths = [len(word) - 2, len(word) + 2]
        halves = (("word", word[:middle]), ("backwards", word[middle:][::-1]))
        for column, half in halves:
            parts.append(
                f"SELECT * FROM (SELECT word FROM {upkeep.WORDS} WHERE {column} >= %s "
                f"AND {column} < %s AND length(word) BETWEEN %s AND %s "
                f"ORDER BY {column} LIMIT {MOST_READ}) AS half"
            )
            parameters += [half, half + _LAST, *lengths]
        exact |= {word, _swapped(word, middle - 1), *_pieces(word)}
    marks = ", ".join(["%s"] * len(exact))
    parts.append(f"SELECT word FROM {upkeep.WORDS} WHERE word IN ({marks})")
    with connection.cursor() as cursor:
        cursor.execute(" UNION ".join(parts), [*parameters, *sorted(exact)])
        return {word for (word,) in cursor.fetchall()}


def _swapped(word: str, place: int) -> str:
    """The word with the letters at this place and behind it changed: the error of both halves."""
    return word[:place] + word[place + 1] + word[place] + word[place + 2 :]


def _pieces(word: str) -> Iterator[str]:
    """What the word may begin with, end with or hold, if it is several words."""
    if len(word) <= MOST_JOINED:
        ends = range(len(word) + 1)
        spans = ((start, end) for start in ends for end in ends[start + 1 :])
        yield from (word[start:end] for start, end in spans if _is_piece(word[start:end]))


def _is_piece(part: str) -> bool:
    return len(part) > 2 or (len(part) == 2 and not part.isalpha())  # “s3” may be one


def _near(word: str, known: set[str]) -> list[_Near]:
    """What may have been meant, likeliest first; how frequent it is does not count yet."""
    of_two = 2 if len(word) >= TWO_ERRORS_FROM else 1
    found = [
        _Near((other,), errors)
        for other in known
        if (errors := OSA.distance(word, other, score_cutoff=of_two)) <= of_two
        and _is_alike(word, other)
    ]
    if one := [near for near in found if near.errors == 1]:
        return sorted(one, key=lambda near: (near.words[0][0] != word[0], near.words))[:MOST_NEAR]
    joined = [_Near(words, 0) for words in _taken_apart(word, known)]
    return joined[:MOST_NEAR] or sorted(found)[:MOST_NEAR]


def _is_alike(word: str, other: str) -> bool:
    """False for other numbers, and for short words of which too little stays."""
    if [c for c in word if c.isdigit()] != [c for c in other if c.isdigit()]:
        return False
    if len(word) < LEAST_LETTERS:
        return sorted(word) == sorted(other)
    begins_alike = word[0] == other[0] or word in (other[1:], other[1::-1] + other[2:])
    return len(word) > LEAST_LETTERS or begins_alike


def _taken_apart(word: str, known: set[str]) -> list[tuple[str, ...]]:
    """The word as two or three known ones; those with the longest parts come first."""
    if len(word) > MOST_JOINED:
        return []
    found: list[tuple[str, ...]] = []
    places = range(2, len(word) - 1)
    for first in places:
        if word[:first] in known and word[first:] in known:
            found.append((word[:first], word[first:]))
        found += [
            (word[:first], word[first:second], word[second:])
            for second in range(first + 2, len(word) - 1)
            if {word[:first], word[first:second], word[second:]} <= known
        ]
    pieces = [words for words in found if all(map(_is_piece, words))]
    return sorted(pieces, key=lambda words: (len(words), -min(map(len, words)), words))


def _frequency(words: set[str]) -> dict[str, float]:
    """How little each word tells: the more frequent, the higher; without those nowhere found."""
    terms = [Term(word, (Variant((word,)),)) for word in sorted(words)]
    found = zip(terms, candidates.rarities(terms) if terms else (), strict=True)
    return {term.label: -rarity.tells for term, rarity in found if rarity.tells}


def _likeliest(word: str, found: Iterable[_Near], frequent: dict[str, float]) -> list[str]:
    """What may have been meant, likeliest first; other forms of one of these come last."""
    scored = [
        (-_likelihood(word, near, frequent), " ".join(near.words))
        for near in found
        if all(part in frequent for part in near.words)
    ]
    by_stem: dict[str, str] = {}
    for _, other in sorted(scored):
        by_stem.setdefault(stem(other), other)
    forms = (other for _, other in sorted(scored) if other not in by_stem.values())
    return [*by_stem.values(), *forms][: MOST_OTHERS + 1]


def _likelihood(word: str, near: _Near, frequent: dict[str, float]) -> float:
    """Higher for frequent words, for the same first letter, and for what fingers do often."""
    likelihood = min(frequent[part] for part in near.words) - 2 * near.errors
    other = near.words[0]
    if len(near.words) > 1:
        return likelihood + min(map(len, near.words))
    likelihood += 2 * (other[0] == word[0])
    if len(other) != len(word) or sorted(other) == sorted(word):
        likelihood += 1  # letters missing, too many, or in another order
    if _undoubled(other) == _undoubled(word):
        likelihood += 1
    return likelihood


def _undoubled(word: str) -> str:
    return word[:1] + "".join(after for before, after in pairwise(word) if before != after)


def _replaced(text: str, better: dict[str, str]) -> str:
    """The text with other words instead of some; all between them stays."""
    parts: list[str] = []
    position = 0
    for token in tokens(text):
        if token.word in better:
            parts += [text[position : token.start], better[token.word]]
            position = token.ends[-1]
    return "".join([*parts, text[position:]])
