"""What a text defines for the whole guide, and uses of it: reference links and footnotes.

`[docs]: https://…` and `[^1]: words` hold for all of a Markdown file, wherever they stand. Pure.
Footnotes go by their label with “^” in front, so the two never meet.
"""

import re
from collections import ChainMap
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple, TypeAlias

from markdown_it import MarkdownIt
from markdown_it.common.utils import normalizeReference
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

Links: TypeAlias = Mapping[str, Mapping[str, Any]]  # normalized label: {"href": …, "title": …}

_BRACKETS = re.compile(r"\[([^\[\]]+)\](?!\()")
_BOUNDS = re.compile(r"^[ \t>*+-]*\[[^\[\]]+\]:", re.M)
# Code, which stays as it is; or words with a label behind them; or the mark of a footnote.
_REFERENCE = re.compile(
    r"(?P<code>(?P<ticks>`+)[^`].*?(?P=ticks))"
    r"|!?\[(?P<words>[^\[\]^][^\[\]]*)\]\[[^\[\]^]*\]"
    r"|\[\^[^\[\]\s]+\](?!:)",
    re.S,
)

_LITERAL = re.compile(r"([\\`*_\[\]<>])")
_ESCAPED = r"\\\1"


class Note(NamedTuple):
    """A footnote of the guide: its number, the address of its entry, its words on one line."""

    number: int
    address: str
    words: str


Notes: TypeAlias = Mapping[str, Note]  # by label, without “^”


class Defined(NamedTuple):
    """What a text defines: link definitions by normalized label, and labels of footnotes."""

    links: Links
    notes: tuple[str, ...]

    @property
    def labels(self) -> frozenset[str]:
        """All labels, as `used_labels` has them."""
        return frozenset([*self.links, *(f"^{label}" for label in self.notes)])


NOTHING = Defined({}, ())


def footnotes(parser: MarkdownIt) -> None:
    """Let a parser see footnotes, where they stand: a plugin."""
    footnote_plugin(parser, inline=False, move_to_end=False)


_parser = MarkdownIt("commonmark", {"maxNesting": 40}).enable("table").use(footnotes)
_parser.parse("- [a]: /b\n- c")  # threads share it: nothing is left to prepare at the first text


def defines(source: str) -> bool:
    """True if `source` may define something: a quick look."""
    return bool(_BOUNDS.search(source))


def defined(source: str) -> Defined:
    """What `source` defines. The first definition of a label counts."""
    return _defined(source) if defines(source) else NOTHING


@lru_cache(maxsize=4096)
def _defined(source: str) -> Defined:
    environment: dict[str, Any] = {}
    _parser.block.parse(source, _parser, environment, [])
    notes = environment.get("footnotes", {}).get("refs", {})
    return Defined(environment.get("references", {}), tuple(label[1:] for label in notes))


def all_links(sources: Iterable[str]) -> Links:
    """The link definitions of some texts. The first of a label counts."""
    links: dict[str, Mapping[str, Any]] = {}
    for source in sources:
        for label, target in defined(source).links.items():
            links.setdefault(label, target)
    return links


def used_labels(source: str) -> frozenset[str]:
    """Labels that `source` may use, normalized; footnotes with “^” in front."""
    labels = _BRACKETS.findall(source)
    return frozenset(
        label if label.startswith("^") else normalizeReference(label) for label in labels
    )


def is_note(label: str) -> bool:
    """True for the label of a footnote."""
    return label.startswith("^")


def environment(links: Links, notes: Iterable[str]) -> dict[str, Any]:
    """What to parse a text with that uses definitions from elsewhere: those win over its own."""
    return {
        "references": ChainMap({}, dict(links)),
        "footnotes": {"refs": {f":{label}": -1 for label in notes}, "list": {}},
    }


def as_line(label: str, target: Mapping[str, Any]) -> str:
    """A link definition as a line of Markdown."""
    title = str(target.get("title") or "").replace("\\", "\\\\").replace('"', '\\"')
    return f"[{label.lower()}]: <{target['href']}>" + (f' "{title}"' if title else "")


def as_links(source: str) -> str:
    """The link definitions of `source` as Markdown to show: each label and where it leads."""
    lines = (
        f"`{label.lower()}`: [{_LITERAL.sub(_ESCAPED, target['href'])}](<{target['href']}>)"
        for label, target in defined(source).links.items()
    )
    return "\n\n".join(lines)


def without_references(source: str) -> str:
    """A text to read by itself: `[words][label]` as “words”, and no marks of footnotes."""
    if "[" not in source:
        return source
    return _REFERENCE.sub(lambda match: match["code"] or match["words"] or "", source)


def numbered(tokens: Iterable[Token], notes: Notes) -> list[Token]:
    """The block tokens of a text in which each footnote begins with its number."""
    shown: list[Token] = []
    number = ""
    for token in tokens:
        if token.type == "footnote_reference_open":
            label = token.meta["label"]
            number = str(notes[label].number) if label in notes else label
        elif token.type != "footnote_reference_close":
            if number and token.type == "inline":
                mark = Token("text", "", 0, content=f"{number}. ")
                token.children, number = [mark, *(token.children or ())], ""
            shown.append(token)
    return shown


def mark(token: Token, notes: Notes) -> list[Token]:
    """The tokens that show a mark in a text: the number of its footnote, which leads to it."""
    note = notes.get(token.meta["label"])
    words = Token("text", "", 0, content=str(note.number) if note else token.meta["label"])
    inner = [words]
    if note:
        attributes: dict[str, str | int | float] = {"href": note.address, "title": note.words}
        inner = [Token("link_open", "a", 1, attrs=attributes), words, Token("link_close", "a", -1)]
    return [Token("sup_open", "sup", 1), *inner, Token("sup_close", "sup", -1)]
