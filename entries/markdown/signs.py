"""Legend signs in the text of a guide. Pure.

A sign may be followed by a variation selector, which is no part of it here. In code it is text.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from markdown_it.token import Token

from entries.markdown import prose
from guide_site.core import emoji, markdown

_BLANKS = re.compile(r"[ \t]*")


class Title(NamedTuple):
    """A heading: its words without legend signs, and these signs."""

    words: str
    signs: list[str]


class Signs:
    """Finds the signs of a legend in texts."""

    def __init__(self, signs: Iterable[str]) -> None:
        self._finder = emoji.Finder(signs)

    def within(self, source: str) -> list[str]:
        """The signs in some Markdown, but not in its code, each once."""
        found = self.in_words(source)
        return self.in_words(prose.without_code(source)) if found else found

    def in_words(self, text: str) -> list[str]:
        """The signs in words that are no Markdown, each once."""
        return list(dict.fromkeys(found.key for found in self._finder.find(text)))

    def leading(self, text: str) -> tuple[list[str], str]:
        """Split “🔹 💸 **Text**” into its signs and its text; signs alone are text."""
        position, signs = 0, []
        for key, piece in self.pieces(text):
            position += len(piece)
            signs.append(key)
        return list(dict.fromkeys(signs)), text[position:].lstrip("\n") if signs else text

    def pieces(self, text: str, *, alone: bool = False) -> list[tuple[str, str]]:
        """(sign, how it is written with the blanks behind it) of each that leads a text.

        alone  read signs with nothing behind them too, which are text otherwise
        """
        position, pieces = 0, []
        while found := self._finder.at(text, position):
            end = _behind_blanks(text, found.end)
            pieces.append((found.key, text[position:end]))
            position = end
        return pieces if alone or text[position:].strip() else []

    def title(self, title: str) -> Title:
        """A title that is no Markdown: its words with single spaces, and its signs."""
        return Title(" ".join(self._cut(title, title).split()), self.in_words(title))

    def heading(self, words: Token) -> Title:
        """The title that the inline token of a heading is."""
        shown, hidden = markdown.inline_text(words), prose.code_hidden(words)
        return Title(" ".join(self._cut(shown, hidden).split()), self.in_words(hidden))

    def taken_out_of(self, source: str) -> str:
        """The Markdown of a heading without its signs and the blanks behind them."""
        return self._cut(source, prose.code_spans_hidden(source))

    def _cut(self, text: str, hidden: str) -> str:
        """A text without its signs.

        hidden  the same text, but no sign is where its code is
        """
        done, kept = 0, []
        for found in self._finder.find(hidden):
            kept.append(text[done : found.start])
            done = _behind_blanks(text, found.end)
        return "".join([*kept, text[done:]])


def to_write(signs: Iterable[str], body: str) -> list[str]:
    """Those of the signs of an entry that its text does not have, to write in front of it."""
    signs = list(signs)
    within = Signs(signs).within(body) if signs else ()
    return [sign for sign in signs if emoji.bare(sign) not in within]


def _behind_blanks(text: str, position: int) -> int:
    blanks = _BLANKS.match(text, position)
    return blanks.end() if blanks else position


def leading_sign(text: str) -> str:
    """The picture that a text begins with, without variation selectors; “” if there is none."""
    return emoji.bare(emoji.leading(text))
