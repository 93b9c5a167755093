"""Shows why a text was found: marks words of the query, cuts long texts to an excerpt. Pure."""

import re
from collections.abc import Callable, Iterable, Sequence
from html import escape, unescape
from typing import NamedTuple

from django.utils.safestring import SafeString, mark_safe

from guide_site.public.search.folding import is_unspaced
from guide_site.public.search.query import Term
from guide_site.public.search.words import Token, endings_of, stem, tokens

WHOLE = 700  # characters of text up to which an entry is shown whole
AROUND = 320  # characters of an excerpt
BEFORE = 40  # of these before the first word; and a cut finds a space within so many

# Tags (quoted attributes may hold “>”) and entities are not text to mark.
_NO_TEXT = re.compile(r"""(<(?:[^<>"']|"[^"]*"|'[^']*')*>|&\#?\w+;)""")


class Span(NamedTuple):
    """A stretch to mark: `text[start:end]`."""

    start: int
    end: int


class Marker:
    """Marks the words of a query.

    Arguments:
        terms: of the query.
        language: the words of the texts are in it.
    """

    def __init__(self, terms: Iterable[Term], language: str = "") -> None:
        self.language = language
        with endings_of(language):
            self._read(terms)

    def _read(self, terms: Iterable[Term]) -> None:
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
        start = max(0, start - BEFORE)
        if start:  # between words, where there are spaces
            start = text.find(" ", start, start + BEFORE) + 1 or start
        end = start + AROUND
        if end < len(text):
            space = text.rfind(" ", end - BEFORE, end)
            end = space if space > 0 else end
        before, after = "… " if start else "", " …" if end < len(text) else ""
        return mark_safe(f"{before}{self._marked(text[start:end], escape)}{after}")

    def spans(self, text: str) -> list[Span]:
        """The stretches to mark, in order; none overlaps another."""
        words = list(tokens(text))
        with endings_of(self.language):
            stems = [stem(word.word) for word in words]
        spans: list[Span] = []
        for number, word in enumerate(words):
            end = self._end_at(words, stems, number)
            if not end:
                continue
            if spans and word.start < spans[-1].end:  # pairs of letters overlap
                spans[-1] = Span(spans[-1].start, max(end, spans[-1].end))
            else:
                spans.append(Span(word.start, end))
        return spans

    def _end_at(self, words: Sequence[Token], stems: list[str], number: int) -> int:
        """Where in the text a phrase of the query ends that begins with this word; 0: none."""
        if stems[number] in self.firsts:
            for size in range(min(self.longest, len(stems) - number), 0, -1):
                if tuple(stems[number : number + size]) in self.phrases:
                    return words[number + size - 1].ends[-1]
        word = words[number]
        begun = max((b for b in self.begun if word.word.startswith(b)), key=len, default="")
        if not begun:
            return 0
        return word.ends[len(begun) - 1] if is_unspaced(word.word) else word.ends[-1]

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
