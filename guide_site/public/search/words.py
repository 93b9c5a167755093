"""What counts as a word, and when two words are the same one. Pure.

The same separators are used by the index on PostgreSQL; FTS5 on SQLite has its own, which agree
wherever it matters, because it takes the words of a query apart once more as it does the texts.
"""

import re
import unicodedata
from functools import lru_cache

import snowballstemmer

# All that parts words, as the inside of a regular expression's class (Python and PostgreSQL).
SEPARATORS = (
    r"\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00a9\u00ab-\u00b1\u00b4\u00b6-\u00b8"
    r"\u00bb\u00bf\u00d7\u00f7\u02c2-\u02c5\u02d2-\u02df\u2000-\u206f\u20a0-\u20cf\u2100-\u214f"
    r"\u2190-\u245f\u249c-\u24e9\u2500-\u2775\u2794-\u2bff\u2e00-\u2e7f\u3000-\u3004"
    r"\u3008-\u3020\u3030\u303d-\u303f\ufe00-\ufe6f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40"
    r"\uff5b-\uff65\ufff9-\uffff\U0001f000-\U0001faff"
)
# Accents over Latin letters are folded away; FTS5 and PostgreSQL do the same.
ACCENTS = r"\u0300-\u036f"
MAX_LETTERS = 100  # of a word: the index on PostgreSQL takes no longer ones

WORD = re.compile(rf"[^\x00{SEPARATORS}]+")
_ASCII_WORD = re.compile(r"[0-9a-z]+")  # the same where a text is ASCII, and several times faster
_TYPOGRAPHY = dict.fromkeys(map(ord, "‘’“”„«»–—…·•→\u00a0"), " ")  # most texts have no more else
_ACCENTED = re.compile(rf"([a-zA-Z])[{ACCENTS}]+")
_stemmer = snowballstemmer.stemmer("english")


@lru_cache(maxsize=50_000)
def fold(word):
    """A word in lower case and without accents, as it stands in the index."""
    if not word.isascii():
        parts = unicodedata.normalize("NFD", word)
        word = unicodedata.normalize("NFC", _ACCENTED.sub(r"\1", parts))
    return word.lower()[:MAX_LETTERS]


@lru_cache(maxsize=50_000)
def stem(word):
    """What a word shares with its other forms: “buckets” and “bucket” are one."""
    word = fold(word)
    if len(word) <= 3:  # abbreviations: only their plural
        return (
            word[:-1] if len(word) == 3 and word.endswith("s") and word[1] not in "aeiou" else word
        )
    if word.isalpha() and word.isascii() and len(word) < 40:
        return _stemmer.stemWord(word)
    return word.removesuffix("s") if word[-2:-1].isdigit() else word


def folded(text):
    """The words of a text as the index has them."""
    if not text.isascii():
        text = text.translate(_TYPOGRAPHY)
    if text.isascii():
        return [word[:MAX_LETTERS] for word in _ASCII_WORD.findall(text.lower())]
    return [fold(word) for word in WORD.findall(text)]


def beginnings(word):
    """What to look for in the index for a word in any form: (words as they are, beginnings).

    Whatever has the same stem is among what is found; more may be.
    """
    word, root = fold(word), stem(word)
    if len(root) <= 3 or not root.isalpha():
        return {word, root, f"{root}s"}, set()
    start = root[:-1] if root[-1] in "eiy" else root
    while not word.startswith(start):
        start = start[:-1]
    return set(), {start if len(start) > 2 else word}
