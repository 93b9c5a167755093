"""When two spellings are the same word: case, accents, widths and points do not count. Pure.

The index on PostgreSQL folds with the same constants in SQL (`postgresql.py`); SQLite calls
`words.searchable`.
"""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

# All that separates words, as the inside of a regular expression's class (Python, PostgreSQL).
SEPARATORS = (
    r"\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00a9\u00ab\u00ac\u00ae-\u00b1\u00b4"
    r"\u00b6-\u00b8\u00bb\u00bf\u00d7\u00f7\u02c2-\u02c5\u02d2-\u02df\u060c\u061b\u061f\u066a-\u066d"
    r"\u06d4\u2000-\u206f\u20a0-\u20cf\u2100-\u214f\u2190-\u245f\u249c-\u24e9\u2500-\u2775"
    r"\u2794-\u2bff\u2e00-\u2e7f\u3000-\u3004\u3008-\u3020\u3030\u303d-\u303f\u30a0\u30fb"
    r"\ufe00-\ufe6f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65\ufff9-\uffff"
    r"\U0001f000-\U0001faff"
)
# Letters of scripts that put no space between words: Thai, Lao, Burmese, Khmer; kana, Chinese
# characters. Korean has spaces, but joins words with particles.
_SYLLABIC = r"\u0e01-\u0eff\u1000-\u109f\u1780-\u17ff"
UNSPACED = (
    _SYLLABIC + r"\u3005-\u3007\u3021-\u302f\u3031-\u303c\u3041-\u309f\u30a1-\u30fa\u30fc-\u312f"
    r"\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff"
    r"\U00020000-\U000323af"
)
# Accents go over Latin and Greek letters, and stress over Cyrillic ones: “ё” is “е”, but “й” is
# a letter of its own. (?<=…) stands for the letter, which stays.
ACCENTS = r"(?<=[a-zA-Z\u0370-\u03ff])[\u0300-\u036f]+|(?<=[\u0400-\u04ff])[\u0300\u0301]+"
ACCENTS += r"|(?<=[\u0415\u0435])\u0308"
# What stands between or over letters without changing the word: soft hyphens, Hebrew and Arabic
# points, the Arabic line that makes words longer.
POINTS = r"\u00ad\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f"
POINTS += r"\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"
# Letters for other letters: without a stroke, Arabic for Persian, and digits.
LETTERS = (
    "\u0131\u0111\u0142\u00f8\u0127\u03c2\u0649\u06cc\u06a9\u0629٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹",
    "idlohσ\u064a\u064a\u0643\u064701234567890123456789",
)
PAIRS = {"ß": "ss", "æ": "ae", "œ": "oe", "þ": "th"}
MOST_SIGNS = 32  # that a letter may be written with
MAX_LETTERS = 100  # of a word: the index on PostgreSQL accepts no longer ones

WORD = re.compile(rf"[^\x00{SEPARATORS}]+")
SPLIT = re.compile(rf"[{UNSPACED}]+|[^\x00{SEPARATORS}{UNSPACED}]+")
_ACCENTS = re.compile(ACCENTS)
_POINTS = re.compile(f"[{POINTS}]+")
_UNSPACED = re.compile(f"[{UNSPACED}]")
_SYLLABLES = re.compile(f"[{_SYLLABIC}]")
_LETTERS = str.maketrans(*LETTERS) | str.maketrans(PAIRS)


class Letter(NamedTuple):
    """What a letter of a text is folded to: nothing, one or several letters."""

    folded: str
    start: int  # of the letter with its accents, in the text
    end: int


@lru_cache(maxsize=50_000)
def fold(word: str) -> str:
    """A word in lower case, without accents, in the usual width.

    The result may hold separators: “½” is folded to “1⁄2”.
    """
    if word.isascii():
        return word.lower()
    bare = _ACCENTS.sub("", unicodedata.normalize("NFKD", word))
    bare = unicodedata.normalize("NFC", _POINTS.sub("", bare))
    return bare.lower().translate(_LETTERS)


def letters(text: str, start: int, end: int) -> list[Letter]:
    """The letters of `text[start:end]` one by one, folded."""
    found: list[Letter] = []
    for number in range(start, end):
        one = fold(text[number])
        if found and number - found[-1].start < MOST_SIGNS:
            before, begin, _ = found[-1]
            together = fold(text[begin : number + 1])
            if not one or together != before + one:  # it belongs to the letter before it
                found[-1] = Letter(together, begin, number + 1)
                continue
        found.append(Letter(one, number, number + 1))
    return found


def is_unspaced(word: str) -> bool:
    """True if a folded word begins with a letter of a script without spaces between words."""
    return bool(word) and not word.isascii() and bool(_UNSPACED.match(word))


def is_syllabic(word: str) -> bool:
    """True for scripts like Thai, of which several letters make a syllable."""
    return bool(_SYLLABLES.match(word))
