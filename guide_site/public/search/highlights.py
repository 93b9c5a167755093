"""Shows why a text was found: its words marked, long ones cut to the telling part. Pure."""

import re
from html import escape, unescape

from django.utils.safestring import mark_safe

from guide_site.public.search.words import WORD, fold, stem

WHOLE = 700  # characters of text up to which an entry is shown whole
AROUND = 320  # characters of an excerpt

# Tags (quoted attributes may hold “>”) and entities are no text to mark.
_NO_TEXT = re.compile(r"""(<(?:[^<>"']|"[^"]*"|'[^']*')*>|&\#?\w+;)""")


class Marker:
    """Marks the words that a query is about."""

    def __init__(self, terms):
        variants = [variant for term in terms for variant in term.variants]
        self.phrases = {variant.stems for variant in variants if not variant.is_beginning}
        self.firsts = {stems[0] for stems in self.phrases}
        self.longest = max(map(len, self.phrases), default=0)
        self.begun = tuple(variant.words[-1] for variant in variants if variant.is_beginning)

    def html(self, html):
        """The same safe HTML with <mark> around the words of the query."""
        parts = _NO_TEXT.split(html)
        parts[::2] = [self._marked(part, lambda text: text) for part in parts[::2]]
        return mark_safe("".join(parts))

    def excerpt(self, text):
        """The part of a long plain text that has most of the words, as safe HTML."""
        spans = self.spans(text)
        start = max(
            (span[0] for span in spans),
            key=lambda begin: sum(begin <= at < begin + AROUND for at, _ in spans),
            default=0,
        )
        start = max(0, start - 40)
        start = text.find(" ", start) + 1 if start else 0
        end = start + AROUND
        end = max(text.rfind(" ", start, end), start + 1) if end < len(text) else len(text)
        before, after = "… " if start else "", " …" if end < len(text) else ""
        return mark_safe(f"{before}{self._marked(text[start:end], escape)}{after}")

    def spans(self, text):
        """[(start, end)] of the stretches to mark."""
        words = [(match.start(), match.end(), match[0]) for match in WORD.finditer(text)]
        stems = [stem(word) for _, _, word in words]
        found, number = [], 0
        while number < len(words):
            size = self._size_at(stems, number)
            if not size and self.begun and fold(words[number][2]).startswith(self.begun):
                size = 1
            if size:
                found.append((words[number][0], words[number + size - 1][1]))
            number += size or 1
        return found

    def _size_at(self, stems, number):
        """How many words from here on are a phrase of the query."""
        if stems[number] not in self.firsts:
            return 0
        sizes = range(min(self.longest, len(stems) - number), 0, -1)
        return next((s for s in sizes if tuple(stems[number : number + s]) in self.phrases), 0)

    def _marked(self, text, safe):
        parts, position = [], 0
        for start, end in self.spans(text):
            parts += [safe(text[position:start]), "<mark>", safe(text[start:end]), "</mark>"]
            position = end
        return "".join([*parts, safe(text[position:])])


def words_of(html):
    """The text of safe HTML on one line."""
    return " ".join(unescape(_NO_TEXT.sub(_spaced, html)).split())


def _spaced(match):
    return match[0] if match[0].startswith("&") else " "
