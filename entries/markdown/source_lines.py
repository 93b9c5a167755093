"""Lines of Markdown source: how they end, how far they are indented, how to write them again.

Pure. Lines end as markdown-it-py counts them: at LF, CRLF or a lone CR, and nowhere else
(`str.splitlines` would also split at form feeds and U+2028).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

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
    gap     what separates its legend signs from its text
    eol     how its lines end
    tail    from the end of its last line to what comes next: line ends, link definitions
    """

    head: str = ""
    prefix: str = ""
    gap: str = " "
    eol: str = "\n"
    tail: str = "\n"

    @classmethod
    def around(cls, source: str, *, is_listed: bool, signs: Sequence[str] = ()) -> "Frame":
        """The frame of an entry's source lines.

        signs  the legend signs that it may begin with, without variation selectors
        """
        lines = split(source)
        first = next((n for n, line in enumerate(lines) if line.strip("\ufeff \t\r\n")), 0)
        last = _last_of_text(lines)
        head, opening = "".join(lines[:first]), lines[first]
        if opening.startswith("\ufeff"):
            head, opening = head + "\ufeff", opening[1:]
        prefix = split_marker(opening)[0] if is_listed else _margin(opening)
        text = lines[last].rstrip("\r\n")
        return cls(
            head=head,
            prefix=prefix,
            gap=_gap(opening[len(prefix) :], signs),
            eol="\r\n" if "\r\n" in source else "\n",
            tail=lines[last][len(text) :] + "".join(lines[last + 1 :]),
        )

    def enclose(self, body: str, signs: Sequence[str] = ()) -> str:
        """Source lines that put `body`, with `signs` before it, in this frame."""
        text = "".join(signs) + (self.gap if signs else "") + body
        margin = re.sub(r"\S", " ", self.prefix)
        first, *rest = text.split("\n")
        lines = [self.prefix + first, *(margin + line if line else "" for line in rest)]
        return self.head + self.eol.join(lines) + self.tail

    def set_apart(self, *, before: bool, after: bool) -> "Frame":
        """The frame with blank lines around it, where there are none."""
        head = self.eol if before and not self.head else self.head
        tail = self.tail + self.eol if after and self.tail == self.eol else self.tail
        return replace(self, head=head, tail=tail)

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
        prefix = re.sub(r"\d+", lambda number: str(int(number[0]) + 1), self.prefix)
        return replace(self, head="", prefix=prefix)


def _last_of_text(lines: list[str]) -> int:
    """Index of the last line of text; link definitions after it are no text.

    A line right below the text of a paragraph belongs to it, even if it looks like one.
    """
    last: int | None = None
    is_open = False
    for number, line in enumerate(lines):
        if line.strip() and (is_open or not _DEFINITION.match(line)):
            last, is_open = number, not _FENCE.match(line)
        else:
            is_open = False
    return len(lines) - 1 if last is None else last


def _gap(text: str, signs: Sequence[str]) -> str:
    position = 0
    while sign := next((s for s in signs if text.startswith(s, position)), None):
        position += len(sign)
        if text.startswith("\ufe0f", position):
            position += 1
    if not position:
        return " "
    return _margin(text[position:])
