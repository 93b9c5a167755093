"""Legend signs in the text of a guide. Pure.

A sign may be followed by a variation selector (U+FE0F), which is no part of it here.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from markdown_it.token import Token

from entries.markdown import source_lines
from entries.markdown.parsed import LegendLine
from guide_site.core import markdown

_LONGEST_NAME = 40  # characters of a bullet that is called “Legend”


class Signs:
    """Finds the signs of a legend in texts."""

    def __init__(self, signs: Iterable[str]) -> None:
        alternatives = "|".join(re.escape(source_lines.bare(sign)) for sign in signs)
        pattern = f"(?:{alternatives})\ufe0f?[ \t]*" if alternatives else "(?!)"  # or nothing
        self._pattern = re.compile(pattern)

    def within(self, text: str) -> list[str]:
        """The signs in a text, each once."""
        return unique(self._pattern.findall(text))

    def leading(self, text: str) -> tuple[list[str], str]:
        """Split “🔹 💸 **Text**” into its signs and its text; signs alone are text."""
        position = 0
        while match := self._pattern.match(text, position):
            position = match.end()
        words = text[position:]
        if not position or not words.strip():
            return [], text
        return self.within(text[:position]), words.lstrip("\n")

    def removed_from(self, line: str) -> str:
        """A line without its signs, with single spaces."""
        return " ".join(self.taken_out_of(line).split())

    def taken_out_of(self, text: str) -> str:
        """A text without its signs and the blanks behind them."""
        return self._pattern.sub("", text)


def unique(signs: Iterable[str]) -> list[str]:
    """The signs without white space and variation selectors, each once."""
    return list(dict.fromkeys(source_lines.bare(sign.strip()) for sign in signs))


def own_legend(tokens: Sequence[Token]) -> list[LegendLine]:
    """The legend that a guide brings: the bullets under a “Legend” bullet or heading."""
    return [LegendLine(sign, meaning) for sign, meaning, _ in _legend(tokens)]


def lines_of_legend(tokens: Sequence[Token]) -> set[int]:
    """The lines (from 0) in which those bullets begin."""
    return {token.map[0] for _, _, token in _legend(tokens) if token.map}


def is_called_legend(words: str) -> bool:
    """True for the words of a heading or bullet under which the legend stands."""
    return re.fullmatch(r"legend:?", words.lower()) is not None


def is_bullet_called_legend(body: str) -> bool:
    """The same for the text of a bullet, as Markdown."""
    return len(body) < _LONGEST_NAME and is_called_legend(markdown.plain(body))


def is_sign(character: str) -> bool:
    """True for a character that may be the sign of a legend tag."""
    return unicodedata.category(character or " ") == "So"


def _legend(tokens: Sequence[Token]) -> Iterator[tuple[str, str, Token]]:
    """(sign, meaning, token) of each line of the legend."""
    depth: int | None = None  # of the “Legend” whose bullets follow
    for number, token in enumerate(tokens):
        if token.type != "inline":
            continue
        words = markdown.inline_text(token)
        before = tokens[number - 1]
        if is_called_legend(words):
            depth = before.level
        elif before.type == "heading_open" or (depth is not None and before.level < depth):
            depth = None
        elif depth is not None and is_sign(words[:1]):
            sign, _, meaning = words.partition(" ")
            if len(source_lines.bare(sign)) == 1 and meaning:
                yield sign[0], meaning.strip(), token
