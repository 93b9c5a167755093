"""How often search finds a bullet by a word of it that is spelled with one error."""

import random
import re
from collections import defaultdict
from typing import NamedTuple

from entries.models import Entry, Section
from guide_site.public.search import finding
from guide_site.public.search.highlights import words_of

FIRST = 5  # places among which the bullet must be
SEED = 500
LETTERS = "abcdefghijklmnopqrstuvwxyz"
_WORD = re.compile(r"[^\W\d_]{5,}")


class Typo(NamedTuple):
    """A word that stands in a single bullet, and a wrong spelling of it."""

    word: str
    typed: str
    entry: int  # primary key


def misspelled(word: str, kind: int, draw: random.Random) -> str:
    """The word with one error.

    kind  0: a letter too many, 1: one is missing, 2: one is another, 3: two have changed places
    """
    place = draw.randrange(len(word) - (kind == 3))
    before, here, after = word[:place], word[place], word[place + 1 :]
    other = draw.choice([letter for letter in LETTERS if letter != here])
    if kind == 3 and here == after[0]:
        return misspelled(word, kind, draw)
    swapped = after[:1] + here + after[1:]
    return before + (other + here + after, after, other + after, swapped)[kind]


def drawn(count: int, seed: int = SEED) -> list[Typo]:
    """Wrong spellings of words of any of the live texts, of all four kinds; the same every time."""
    draw = random.Random(seed)
    entries = defaultdict(set)
    rows = Entry.objects.live().filter(section__in=Section.objects.shown())
    for pk, html in rows.exclude(kind__in=["kept", "definition"]).values_list("pk", "body_html"):
        for word in _WORD.findall(words_of(html).lower()):
            entries[word].add(pk)
    single = sorted(word for word, pks in entries.items() if len(pks) == 1 and word.isascii())
    words = draw.sample(single, min(count, len(single)))
    return [
        Typo(word, misspelled(word, number % 4, draw), *entries[word])
        for number, word in enumerate(words)
    ]


def place(typo: Typo, *, spelled_right: bool = False) -> int | None:
    """Where the bullet stands among the hits (1: first), or None."""
    hits = finding.find(typo.word if spelled_right else typo.typed).hits
    places = (n for n, hit in enumerate(hits, start=1) if hit.document.ref == typo.entry)
    return next(places, None)


def missed(typos: list[Typo], *, spelled_right: bool = False) -> list[tuple[Typo, int | None]]:
    """Those whose bullet is not among the first five, with its place."""
    places = [(typo, place(typo, spelled_right=spelled_right)) for typo in typos]
    return [(typo, number) for typo, number in places if not number or number > FIRST]
