"""What counts as a word, and when two words are the same word. Pure.

The index on PostgreSQL uses the same separators. FTS5 on SQLite has its own, which agree
wherever it matters, because it splits the words of a query again as it splits the texts.
"""

import re
import threading
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

import snowballstemmer

# All that separates words, as the inside of a regular expression's class (Python, PostgreSQL).
SEPARATORS = (
    r"\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00a9\u00ab-\u00b1\u00b4\u00b6-\u00b8"
    r"\u00bb\u00bf\u00d7\u00f7\u02c2-\u02c5\u02d2-\u02df\u2000-\u206f\u20a0-\u20cf\u2100-\u214f"
    r"\u2190-\u245f\u249c-\u24e9\u2500-\u2775\u2794-\u2bff\u2e00-\u2e7f\u3000-\u3004"
    r"\u3008-\u3020\u3030\u303d-\u303f\ufe00-\ufe6f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40"
    r"\uff5b-\uff65\ufff9-\uffff\U0001f000-\U0001faff"
)
# Accents over Latin letters are folded away; FTS5 and PostgreSQL do the same.
ACCENTS = r"\u0300-\u036f"
MAX_LETTERS = 100  # of a word: the index on PostgreSQL accepts no longer ones

WORD = re.compile(rf"[^\x00{SEPARATORS}]+")
_ASCII_WORD = re.compile(r"[0-9a-z]+")  # the same for ASCII texts, and several times faster
# Most texts have no other characters beyond ASCII.
_TYPOGRAPHY = dict.fromkeys(map(ord, "‘’“”„«»–—…·•→\u00a0"), " ")
_ACCENTED = re.compile(rf"([a-zA-Z])[{ACCENTS}]+")


class _Stemmer(threading.local):
    """One for each thread: a stemmer keeps the word that it works on."""

    def __init__(self) -> None:
        self.stem: Callable[[str], str] = snowballstemmer.stemmer("english").stemWord


_stemmer = _Stemmer()


@lru_cache(maxsize=50_000)
def fold(word: str) -> str:
    """A word in lower case and without accents, as the index has it."""
    if not word.isascii():
        parts = unicodedata.normalize("NFD", word)
        word = unicodedata.normalize("NFC", _ACCENTED.sub(r"\1", parts))
    return word.lower()[:MAX_LETTERS]


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """What a word shares with its other forms: “buckets” and “bucket” have the same stem."""
    word = fold(word)
    if len(word) <= 3:  # abbreviations: only their plural
        return (
            word[:-1] if len(word) == 3 and word.endswith("s") and word[1] not in "aeiou" else word
        )
    if word.isalpha() and word.isascii() and len(word) < 40:
        return _stemmer.stem(word)
    return word.removesuffix("s") if word[-2:-1].isdigit() else word


def folded(text: str) -> list[str]:
    """The words of a text as the index has them."""
    if not text.isascii():
        text = text.translate(_TYPOGRAPHY)
    if text.isascii():
        return [word[:MAX_LETTERS] for word in _ASCII_WORD.findall(text.lower())]
    return [fold(word) for word in WORD.findall(text)]


class Forms(NamedTuple):
    """What to look for in the index: whole words, and beginnings of words."""

    words: set[str]
    beginnings: set[str]


def forms(word: str) -> Forms:
    """What finds a word in all its forms.

    Every word with the same stem matches; some others may match, too.
    """
    word, root = fold(word), stem(word)
    if len(root) <= 3 or not root.isalpha():
        return Forms({word, root, f"{root}s"}, set())
    start = root[:-1] if root[-1] in "eiy" else root
    while not word.startswith(start):
        start = start[:-1]
    return Forms(set(), {start if len(start) > 2 else word})
