"""The words of a text as the index has them, and when two of them are forms of one word. Pure.

Where a script has no spaces between words, each pair of neighbouring letters counts as a word, and
so does the last letter of a stretch: “使用命令” has 使用, 用命, 命令 and 令. A text that is looked
for is taken apart in the same way, and its pairs must stand side by side: so it is found in the
middle of a sentence, too.
"""

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import NamedTuple

import snowballstemmer

from guide_site.public.search.folding import (
    MAX_LETTERS,
    SPLIT,
    WORD,
    Letter,
    fold,
    is_syllabic,
    is_unspaced,
    letters,
)

_ASCII_WORD = re.compile(r"[0-9a-z]+")  # WORD for ASCII texts, and several times faster
# Most texts have no other characters beyond ASCII.
_TYPOGRAPHY = dict.fromkeys(map(ord, "‘’“”„«»–—…·•→\u00a0"), " ")
LEAST_LETTERS, MOST_LETTERS = 2, 40  # of a word that is known as spelled right
PART, SYLLABIC_PART = 2, 4  # letters of the parts of a sentence that are looked for by themselves


class Token(NamedTuple):
    """A word as the index has it, and where it is in the text.

    ends  for each letter of the word, where it ends in the text
    """

    word: str
    start: int
    ends: tuple[int, ...]


class Sought(NamedTuple):
    """The words to look for side by side to find a text; the last may be only a beginning."""

    words: tuple[str, ...]
    is_beginning: bool = False


# Rules for the endings of words, by language. Others have none; English is the one of a guide
# whose language is not known, and of Latin words in guides in another script.
_RULES = {
    "": "english",
    "en": "english",
    "de": "german",
    "fr": "french",
    "es": "spanish",
    "it": "italian",
    "pt": "portuguese",
    "nl": "dutch",
    "sv": "swedish",
    "da": "danish",
    "nb": "norwegian",
    "nn": "norwegian",
    "no": "norwegian",
    "ru": "russian",
}
_OTHER_SCRIPTS = {
    "ar",
    "bg",
    "el",
    "fa",
    "he",
    "hi",
    "ja",
    "ko",
    "ru",
    "sr",
    "th",
    "uk",
    "ur",
    "zh",
}
_language: ContextVar[str] = ContextVar("search-language", default="")


class _Stemmers(threading.local):
    """Those of one thread, by their rules: a stemmer keeps the word that it works on."""

    def __init__(self) -> None:
        self.by_rules: dict[str, Callable[[str], str]] = {}

    def stem(self, word: str, rules: str) -> str:
        """The word without its endings."""
        if rules not in self.by_rules:
            self.by_rules[rules] = snowballstemmer.stemmer(rules).stemWord
        return self.by_rules[rules](word)


_stemmers = _Stemmers()


@contextmanager
def endings_of(language: str) -> Iterator[None]:
    """Words have the endings of this language inside.

    language  a tag such as “pt-BR”; "": English
    """
    token = _language.set(language.partition("-")[0].lower())
    try:
        yield
    finally:
        _language.reset(token)


def current_language() -> str:
    """The language whose endings count here, for what is cached by it."""
    return _language.get()


def is_english(language: str) -> bool:
    """True if the words of a guide in this language are taken for English ones."""
    return _RULES.get(language.partition("-")[0].lower()) == "english"


def stem(word: str) -> str:
    """What a word shares with its other forms: “buckets” and “bucket” have the same stem."""
    return _stem(word, _language.get())


@lru_cache(maxsize=50_000)
def _stem(word: str, language: str) -> str:
    word = fold(word)[:MAX_LETTERS]
    rules = _rules(word, language)
    if not rules:
        return word
    if len(word) <= 3:  # abbreviations: only their plural
        return (
            word[:-1] if len(word) == 3 and word.endswith("s") and word[1] not in "aeiou" else word
        )
    if word.isalpha() and len(word) < 40:
        root = _stemmers.stem(word, rules)
        return root if len(root) > 2 else word
    return word.removesuffix("s") if word[-2:-1].isdigit() else word


def _rules(word: str, language: str) -> str:
    """Whose rules hold for a word in a guide of this language; "" if nobody's do."""
    if word.isascii():
        return "english" if language in _OTHER_SCRIPTS else _RULES.get(language, "")
    return "russian" if language == "ru" else ""


def folded(text: str) -> list[str]:
    """The words of a text as the index has them."""
    if not text.isascii():
        text = text.translate(_TYPOGRAPHY)
    if text.isascii():
        return [word[:MAX_LETTERS] for word in _ASCII_WORD.findall(text.lower())]
    return [part for word in WORD.findall(text) for part in _taken_apart(word)]


def searchable(text: str) -> str:
    """The words of a text, with spaces between them: what the index on SQLite is made from."""
    return " ".join(folded(text))


def vocabulary(text: str) -> set[str]:
    """The words of a text that a typing error may stand for."""
    return {word for word in folded(text) if is_spelled(word)}


def is_spelled(word: str) -> bool:
    """True for a word of some letters, of a script with spaces between words."""
    return LEAST_LETTERS <= len(word) <= MOST_LETTERS and not is_unspaced(word)


def _taken_apart(word: str) -> list[str]:
    if word.isascii():
        return [word.lower()[:MAX_LETTERS]]
    parts: list[str] = []
    for run in SPLIT.findall(fold(word)):
        parts += _pairs(run) if is_unspaced(run) else [run[:MAX_LETTERS]]
    return parts


def _pairs(run: str) -> list[str]:
    return [run[number : number + 2] for number in range(len(run))]


def tokens(text: str) -> Iterator[Token]:
    """The words of a text with their places; the words are those of `folded`."""
    for match in WORD.finditer(text):
        start, end = match.span()
        if match[0].isascii():
            ends = tuple(range(start + 1, end + 1))
            yield Token(match[0].lower()[:MAX_LETTERS], start, ends)
        else:
            yield from _tokens(letters(text, start, end))


def _tokens(found: list[Letter]) -> Iterator[Token]:
    line = "".join(letter.folded for letter in found)
    of_each = [letter for letter in found for _ in letter.folded]  # the letter behind each sign
    for match in SPLIT.finditer(line):
        sizes = [2] * len(match[0]) if is_unspaced(match[0]) else [MAX_LETTERS]
        for number, size in enumerate(sizes, match.start()):
            signs = of_each[number : min(number + size, match.end())]
            word = line[number : number + len(signs)]
            yield Token(word, signs[0].start, tuple(sign.end for sign in signs))


def sought(text: str) -> Sought:
    """What finds a text without spaces between its words: “命令行” is 命令 beside 令行."""
    words = folded(text)
    if not words or not is_unspaced(words[-1]) or len(words[-1]) > 1:
        return Sought(tuple(words))
    # The last letter of a stretch stands alone at its end only.
    if len(words) > 1 and is_unspaced(words[-2]) and words[-2][-1] == words[-1]:
        return Sought(tuple(words[:-1]))
    return Sought(tuple(words), is_beginning=True)


def parts(text: str) -> list[str]:
    """The overlapping parts of the stretches of a text that have no spaces between words.

    They find what says the same in other words. A stretch that is no longer than a part has none.
    """
    found: list[str] = []
    for word in WORD.findall(text):
        for run in SPLIT.findall(fold(word)):
            size = SYLLABIC_PART if is_syllabic(run) else PART
            if is_unspaced(run) and len(run) > size:
                found += [run[start : start + size] for start in range(len(run) - size + 1)]
    return found


class Forms(NamedTuple):
    """What to look for in the index: whole words, and beginnings of words."""

    words: set[str]
    beginnings: set[str]


def forms(word: str) -> Forms:
    """What finds a word in all its forms.

    Every word with the same stem matches; some others may match, too.
    """
    word, root = fold(word)[:MAX_LETTERS], stem(word)
    if is_unspaced(word):
        return Forms({word}, set())
    if len(root) <= 3 or not root.isalpha():
        return Forms({word, root, f"{root}s"}, set())
    start = root[:-1] if root[-1] in "eiy" else root
    if not is_english(_language.get()):  # other rules replace more than the last letter
        start = start[: max(3, len(start) - 2)]
    while not word.startswith(start):
        start = start[:-1]
    return Forms(set(), {start if len(start) > 2 else word})
