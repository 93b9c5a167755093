"""Headings of a file: another rank or another title, with as little changed as possible. Pure."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from markdown_it.token import Token

from entries.markdown import source_lines
from guide_site.core import markdown

LOWEST = 6  # rank of a heading
# An identifier, `{#id}`, belongs to what closes a heading.
_ID = r"[ \t]*\{[^{}#]*#[^\s{}]+[^{}]*\}"
_ATX = re.compile(rf"( {{0,3}})(#{{1,6}})([ \t]*)(.*?)((?:{_ID})?(?:[ \t]+#+)?[ \t]*)")
_CLOSING_ID = re.compile(rf"{_ID}[ \t]*$")
_CLOSING_MARKS = re.compile(r"(?<=[ \t])#+(?=[ \t]*$)")
_NAMED = re.compile(r"<a\s[^<>]*\b(?:name|id)\s*=[^<>]*>(?:\s*</a>)?", re.IGNORECASE)
_TOKENS = re.compile(r"\s+|\w+|[^\w\s]")
_SPECIAL = re.compile(r"([\\`*_\[\]<>&#~!|:{])")
_parser = markdown.parser()


@dataclass(frozen=True)
class Heading:
    """The source of a heading, in parts that joined are the source.

    before   blank lines and pictures above it
    opening  white space and number signs; "" for one that is underlined
    words    its title as Markdown
    closing  number signs behind it, or the line below it, with its line end in front
    after    from the end of its last line on
    """

    before: str
    opening: str
    words: str
    closing: str
    after: str

    @classmethod
    def found_in(cls, source: str) -> "Heading | None":
        """The heading in some source lines; None if there is none."""
        lines = source_lines.split(source)
        tokens = _parser.parse(source.lstrip("\ufeff"))
        token = next((t for t in tokens if t.type == "heading_open" and t.level == 0), None)
        if token is None or token.map is None:
            return None
        start, stop = token.map
        before, after = "".join(lines[:start]), "".join(lines[stop:])
        text = "".join(lines[start:stop]).rstrip("\r\n")
        after = "".join(lines[start:stop])[len(text) :] + after
        if token.markup.startswith("#") and (match := _ATX.fullmatch(text.removeprefix("\ufeff"))):
            bom = "\ufeff" if text.startswith("\ufeff") else ""
            return cls(bom + before, match[1] + match[2] + match[3], match[4], match[5], after)
        underline = lines[stop - 1].rstrip("\r\n")
        words = text[: len(text) - len(underline)]
        title = _CLOSING_ID.sub("", words.rstrip("\r\n"))
        return cls(before, "", title, words[len(title) :] + underline, after)

    @property
    def source(self) -> str:
        """The parts joined."""
        return self.before + self.opening + self.words + self.closing + self.after

    @property
    def bare(self) -> str:
        """The heading itself, without what stands above and below it."""
        return self.opening + self.words + self.closing

    @property
    def rank(self) -> int:
        """1 to 6."""
        return self.opening.count("#") or (1 if self.closing.rstrip().endswith("=") else 2)

    def ranked(self, rank: int) -> "Heading":
        """The heading with another rank: one that is underlined has two of them."""
        if rank == self.rank:
            return self
        if self.opening:
            marks = "#" * rank
            closing = _CLOSING_MARKS.sub(marks, self.closing)
            return replace(self, opening=re.sub("#+", marks, self.opening), closing=closing)
        if rank <= 2:
            own, end, line = self.closing.rpartition("\n")
            return replace(self, closing=own + end + re.sub("[-=]", "=-"[rank - 1], line))
        return self.in_one_line(rank)

    def in_one_line(self, rank: int) -> "Heading":
        """The heading with number signs."""
        words = " ".join(self.words.split())
        words = re.sub(r"(?<!\\)(#+)$", r"\\\1", words)
        own = _CLOSING_ID.match(self.closing.partition("\n")[0])
        return replace(self, opening="#" * rank + " ", words=words, closing=own[0] if own else "")


def new(title: str, rank: int, signs: Iterable[str] = ()) -> Heading:
    """A heading that reads as `title`, whatever Markdown that holds, with legend signs before."""
    return Heading("", "#" * rank + " ", " ".join([*signs, escaped(title)]), "", "")


def escaped(title: str) -> str:
    """Markdown that reads as the text `title` in a heading: the title itself, if that does."""
    return title if read(f"# {title}") == title else _SPECIAL.sub(r"\\\1", title)


def read(source: str) -> str:
    """The words of the heading that some source is, as a reader sees them; "" if it is more."""
    token = words_of(source)
    return markdown.inline_text(token) if token else ""


def words_of(source: str) -> Token | None:
    """The inline token of the heading that some source is; None if it is more."""
    tokens = _parser.parse(source.lstrip("\ufeff"))
    is_one = [token.type for token in tokens] == ["heading_open", "inline", "heading_close"]
    return tokens[1] if is_one else None


def retitled(heading: Heading, old: str, title: str, reads: Callable[[str], str]) -> Heading:
    """The heading with another title: code, links and anchors in it stay where they can.

    old    the title that it reads as now
    reads  what some source of a heading reads as, without legend signs
    """

    def is_right(words: str, wanted: str) -> bool:
        return reads(replace(heading, words=words).bare) == wanted

    words = _edited(heading.words, old, title, is_right)
    if words is None:
        named = "".join(_NAMED.findall(heading.words))
        tries = [named + escaped(title), escaped(title)]
        words = next((words for words in tries if is_right(words, title)), None)
    if words is not None:
        return replace(heading, words=words)
    return replace(new(title, heading.rank), before=heading.before, after=heading.after)


def _edited(words: str, old: str, new: str, is_right: Callable[[str, str], bool]) -> str | None:
    """`words`, which read as `old`, with what differs in `new`; None if that is not found."""
    if not is_right(words, old):
        return None
    was, now = _TOKENS.findall(old), _TOKENS.findall(new)
    for tag, start, stop, first, last in reversed(
        SequenceMatcher(None, was, now, False).get_opcodes()
    ):
        if tag == "equal":
            continue
        wanted = "".join(was[:start]) + "".join(now[first:])
        tries = (
            (
                "".join(was[low:high]),
                "".join([*was[low:start], *now[first:last], *was[stop:high]]),
            )
            for low, high in _stretches(start, stop, len(was))
        )
        found = next(
            (
                tried
                for gone, come in tries
                for tried in _replaced(words, gone, come)
                if is_right(tried, wanted)
            ),
            None,
        )
        if found is None:
            return None
        words = found
    return words


def _stretches(start: int, stop: int, length: int) -> Iterator[tuple[int, int]]:
    """A stretch of words, then wider ones; none that is empty."""
    for low, high in ((start, stop), (start - 1, stop), (start, stop + 1), (start - 1, stop + 1)):
        if 0 <= low < high <= length:
            yield low, high


def _replaced(words: str, gone: str, come: str) -> Iterator[str]:
    """`words` with `come` in place of `gone`, wherever that stands."""
    for match in re.finditer(re.escape(gone), words):
        for text in dict.fromkeys([come, escaped(come), _SPECIAL.sub(r"\\\1", come)]):
            yield words[: match.start()] + text + words[match.end() :]
