"""Lines of Markdown source: how they end, how far they are indented, how to write them again.

Pure. Lines end as markdown-it-py counts them: at LF, CRLF or a lone CR, and nowhere else
(`str.splitlines` would also split at form feeds and U+2028).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from entries.markdown.signs import Signs
from guide_site.core.emoji import bare

_LINES = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_DEFINITION = re.compile(r" {0,3}\[[^\]]+\]:")
_FENCE = re.compile(r"[ \t]*(```|~~~)")
_MARKER = re.compile(r"([ \t]*(?:[-+*]|\d{1,9}[.)]))([ \t]*)")


def split(text: str) -> list[str]:
    """The lines of `text` with their ends; joined they are the text."""
    return _LINES.findall(text)


def unix(text: str) -> str:
    """`text` with LF as its only line end."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def clean(text: str) -> str:
    """`text` with LF as its only line end, and without blank lines around it."""
    return unix(text).strip("\n").rstrip()


def indent(line: str) -> int:
    """Columns of white space that `line` begins with."""
    return width(_margin(line))


def width(text: str) -> int:
    """Columns that `text` takes, with tab stops every four."""
    column = 0
    for character in text:
        column += 4 - column % 4 if character == "\t" else 1
    return column


def dedent(line: str, columns: int) -> str:
    """`line` without its first `columns` columns of white space (or fewer, if it has fewer)."""
    column = position = 0
    while position < len(line) and column < columns and line[position] in " \t":
        column += 4 - column % 4 if line[position] == "\t" else 1
        position += 1
    return " " * max(0, column - columns) + line[position:]


def split_marker(line: str) -> tuple[str, str]:
    """The list marker that `line` begins with (with its white space), and the rest of it.

    Five columns and more after the marker belong to the text: it begins with indented code.
    """
    match = _MARKER.match(line)
    if not match:
        return "", line
    marker, space = match.groups()
    rest = line[match.end() :]
    columns = width(marker + space) - width(marker)
    if columns >= 5 and rest.strip():
        return f"{marker} ", " " * (columns - 1) + rest
    return marker + space, rest


def _margin(line: str) -> str:
    """The white space that `line` begins with."""
    return line[: len(line) - len(line.lstrip(" \t"))]


@dataclass(frozen=True)
class Frame:
    """The source around the text of an entry in its file.

    head    blank lines (or a byte order mark) before it
    prefix  indentation, and the marker with its space if it is in a list
    lead    its legend signs as they stand before its text, each with the white space after it
    eol     how its lines end
    tail    from the end of its last line to what comes next: line ends, link definitions
    """

    head: str = ""
    prefix: str = ""
    lead: tuple[str, ...] = ()
    eol: str = "\n"
    tail: str = "\n"

    @classmethod
    def around(cls, source: str, *, is_listed: bool, signs: Sequence[str] = ()) -> "Frame":
        """The frame of an entry's source lines.

        signs  the legend signs that it may begin with, without variation selectors
        """
        lines = split(source)
        first = next((n for n, line in enumerate(lines) if line.strip("\ufeff \t\r\n")), 0)
        head, opening = "".join(lines[:first]), lines[first]
        if opening.startswith("\ufeff"):
            head, opening = head + "\ufeff", opening[1:]
        prefix = split_marker(opening)[0] if is_listed else _margin(opening)
        last = _last_of_text(lines, first, width(prefix) if is_listed else None)
        text = lines[last].rstrip("\r\n")
        return cls(
            head=head,
            prefix=prefix,
            lead=tuple(piece for _, piece in Signs(signs).pieces(opening[len(prefix) :])),
            eol="\r\n" if "\r\n" in source else "\n",
            tail=lines[last][len(text) :] + "".join(lines[last + 1 :]),
        )

    def enclose(self, body: str, signs: Sequence[str] = ()) -> str:
        """Source lines that put `body`, with `signs` before it, in this frame."""
        text = self._leading(signs) + body
        prefix = self.prefix
        if self.has_marker and (prefix == prefix.rstrip() or text.startswith("    ")):
            prefix = f"{prefix.rstrip()} "  # of a text that began below, or code: one column apart
        margin = re.sub(r"\S", " ", prefix)
        first, *rest = text.split("\n")
        lines = [prefix + first, *(margin + line if line else "" for line in rest)]
        return self.head + self.eol.join(lines) + self.tail

    def _leading(self, signs: Sequence[str]) -> str:
        """What stands before a text with these signs: as it stood, if they are the same."""
        stood = {bare(piece.strip()): piece for piece in self.lead}
        wanted = {bare(sign): sign for sign in signs}
        if stood.keys() == wanted.keys():
            return "".join(self.lead)
        gap = self.lead[-1][len(self.lead[-1].rstrip()) :] if self.lead else " "
        kept = "".join(piece for sign, piece in stood.items() if sign in wanted).rstrip()
        new = "".join(sign for key, sign in wanted.items() if key not in stood)
        return kept + new + (gap if signs else "")

    @property
    def content(self) -> int:
        """The column that its text begins in."""
        return max(width(self.prefix), width(self.prefix.rstrip()) + 1) if self.has_marker else 0

    @property
    def has_marker(self) -> bool:
        """True if the entry is in a list."""
        return bool(self.prefix.strip())

    def inner(self) -> "Frame":
        """The frame of a first entry nested in one of this frame."""
        margin = _margin(self.prefix)
        deeper = f"{margin}\t" if "\t" in self.prefix else " " * width(self.prefix)
        marker = self.prefix[len(margin) :]
        return replace(self, head="", prefix=deeper + marker, tail=self.eol)

    def of_kind(self, *, numbered: bool) -> "Frame":
        """The same frame with a marker of the other kind of list, if it has the wrong one."""
        if bool(re.search(r"\d", self.prefix)) == numbered:
            return self
        marker = "1." if numbered else "-"
        return replace(self, prefix=re.sub(r"(?:[-+*]|\d+[.)])", marker, self.prefix, count=1))

    def after(self) -> "Frame":
        """The frame of the next entry of the same list: numbers count on."""
        number = re.search(r"\d+", self.prefix)
        return self.with_number(int(number[0]) + 1) if number else replace(self, head="")

    def with_number(self, number: int) -> "Frame":
        """The same frame with another number."""
        return replace(self, head="", prefix=re.sub(r"\d+", str(number), self.prefix))

    def moved(self, source: str, prefix: str) -> str:
        """Source lines that this frame is around, with another prefix."""
        opening, *rest = split(source.removeprefix(self.head))
        first = split_marker(opening)[1] if self.has_marker else opening.lstrip(" \t")
        columns = self.content or width(self.prefix)
        text = first + "".join(dedent(line, columns) for line in rest)
        ends = text[len(text.rstrip("\r\n")) :]
        body = unix(text[: len(text) - len(ends)]).lstrip("\n")
        return replace(self, head="", prefix=prefix, lead=(), tail=ends).enclose(body)


def _last_of_text(lines: list[str], first: int, within: int | None) -> int:
    """Index of the last line of text; link definitions behind it are no text.

    A line right below the text of a paragraph belongs to it, even if it looks like one.

    first   index of the first line of text
    within  columns from which on a definition is part of a list item; None: it never is
    """
    last, is_open = first, not _FENCE.match(lines[first])
    for number, line in enumerate(lines[first + 1 :], start=first + 1):
        is_part = is_open or (within is not None and indent(line) >= within)
        if line.strip() and (is_part or not _DEFINITION.match(line)):
            last, is_open = number, not _FENCE.match(line)
        else:
            is_open = False
    return last
