"""Shows why a text was found: marks words of the query, cuts long texts to an excerpt. Pure."""

import re
from collections.abc import Callable, Iterable
from html import escape, unescape
from typing import NamedTuple

from django.utils.safestring import SafeString, mark_safe

from guide_site.public.search.query import Term
from guide_site.public.search.words import WORD, fold, stem

WHOLE = 700  # characters of text up to which an entry is shown whole
AROUND = 320  # characters of an excerpt

# Tags (quoted attributes may hold “>”) and entities are not text to mark.
_NO_TEXT = re.compile(r"""(<(?:[^<>"']|"[^"]*"|'[^']*')*>|&\#?\w+;)""")


class Span(NamedTuple):
    """A stretch to mark: `text[start:end]`."""

    start: int
    end: int


class Marker:
    """Marks the words of a query."""

    def __init__(self, terms: Iterable[Term]) -> None:
        variants = [variant for term in terms for variant in term.variants]
        self.phrases = {variant.stems for variant in variants if not variant.is_beginning}
        self.firsts = {stems[0] for stems in self.phrases}
        self.longest = max(map(len, self.phrases), default=0)
        self.begun = tuple(variant.words[-1] for variant in variants if variant.is_beginning)

    def html(self, html: str) -> SafeString:
        """The same safe HTML with <mark> around the words of the query."""
        parts = _NO_TEXT.split(html)
        parts[::2] = [self._marked(part, lambda text: text) for part in parts[::2]]
        return mark_safe("".join(parts))

    def excerpt(self, text: str) -> SafeString:
        """The part of a long plain text that has most of the words, as safe HTML."""
        starts = [span.start for span in self.spans(text)]
        start = max(
            starts,
            key=lambda begin: sum(begin <= other < begin + AROUND for other in starts),
            default=0,
        )
        start = max(0, start - 40)
        start = text.find(" ", start) + 1 if start else 0
        end = start + AROUND
        end = max(text.rfind(" ", start, end), start + 1) if end < len(text) else len(text)
        before, after = "… " if start else "", " …" if end < len(text) else ""
        return mark_safe(f"{before}{self._marked(text[start:end], escape)}{after}")

    def spans(self, text: str) -> list[Span]:
        """The stretches to mark, in order."""
        words = [(match.start(), match.end(), match[0]) for match in WORD.finditer(text)]
        stems = [stem(word) for _, _, word in words]
        spans: list[Span] = []
        number = 0
        while number < len(words):
            size = self._size_at(stems, number)
            if not size and self.begun and fold(words[number][2]).startswith(self.begun):
                size = 1
            if size:
                spans.append(Span(words[number][0], words[number + size - 1][1]))
            number += size or 1
        return spans

    def _size_at(self, stems: list[str], number: int) -> int:
        """How many words from `number` on are a phrase of the query."""
        if stems[number] not in self.firsts:
            return 0
        sizes = range(min(self.longest, len(stems) - number), 0, -1)
        return next((s for s in sizes if tuple(stems[number : number + s]) in self.phrases), 0)

    def _marked(self, text: str, safe: Callable[[str], str]) -> str:
        """`text` with <mark>; `safe` turns a stretch of it into HTML."""
        parts: list[str] = []
        position = 0
        for start, end in self.spans(text):
            parts += [safe(text[position:start]), "<mark>", safe(text[start:end]), "</mark>"]
            position = end
        return "".join([*parts, safe(text[position:])])


def words_of(html: str) -> str:
    """The text of safe HTML on one line."""
    return " ".join(unescape(_NO_TEXT.sub(_spaced, html)).split())


def _spaced(match: re.Match[str]) -> str:
    return match[0] if match[0].startswith("&") else " "
