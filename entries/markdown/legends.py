"""The legend that a guide brings, in any form: what its signs mean. Pure.

It stands under a heading, a bullet or a paragraph that is called “Legend”, or begins with that
word itself. Its lines are bullets, lines of a paragraph or rows of a table; the sign comes first
(🔥 hot, 🔥 = hot, 🔥: hot) or last (Hot: 🔥).
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple, TypeAlias

from markdown_it.token import Token

from entries.markdown import legend_names, source_lines
from entries.markdown.blocks import lines_of
from entries.markdown.parsed import LegendLine
from guide_site.core import emoji, markdown

Span: TypeAlias = tuple[int, int]  # first character, and the one behind the last

_MARKS = "*_`~ \t"  # of Markdown, around a sign
_SEPARATORS = r":：=–—→\-"
_AFTER_SIGN = re.compile(rf"\A[ \t]*(?:[{_SEPARATORS}]+[ \t]*)?")
_CLOSING = re.compile(r"[*_`~]+")
_LABEL = re.compile(rf"([^*_`~]*[^*_`~:：\s])[:：]?[*_`~]+(?:[ \t]*[{_SEPARATORS}]+)?[ \t]*")
_BEFORE_SIGN = re.compile(r"(.*?\w.*?)(?:[ \t]*[:：=–—→]|[ \t]+-|[ \t]*\()[*_`~ \t]*", re.S)
_BEHIND_LAST = re.compile(r"[*_`~) \t]*[.;,]?[ \t]*(?:\\|<br ?/?>)?[ \t]*")
_END_OF_LINE = re.compile(r"[ \t]*(?:\\|<br ?/?>)?[ \t]*$")
_NAME = re.compile(r"[^\n:：|]{1,60}(?:[:：][*_]*[ \t]*\n?|(?=\n)\n)")
_PIECES = re.compile(r"[ \t]*[,;·•|/][ \t]*")
_RULER = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")
_CELL = re.compile(r"(?:\\.|[^|\\\n])*")
_MOST = 200  # lines of a legend that are read in one text


class Said(NamedTuple):
    """What a text says of one sign: where in the text it does.

    sign   without variation selectors
    words  what it means, perhaps with the label in front
    label  the label, if a table has a column for it
    row    the line or row, if it can be taken out or copied
    """

    sign: str
    words: Span
    label: Span | None = None
    row: Span | None = None


def is_called_legend(words: str) -> bool:
    """True for the words of a heading under which the legend stands."""
    return legend_names.is_legend(words)


def is_bullet_called_legend(body: str) -> bool:
    """The same for a bullet or a paragraph, as Markdown."""
    return len(body) < legend_names.LONGEST and legend_names.is_title(body, markdown.plain(body))


def is_legend_itself(body: str) -> bool:
    """True for a text that is a legend wherever it stands: “Legend: 🔥 hot”, or such a table."""
    if table := _table_lines(body):
        cells = _cells(body, table[0])
        return bool(cells) and is_called_legend(markdown.plain(body[slice(*cells[0])]))
    return _name_ends(body) > 0


def said(body: str) -> list[Said]:
    """What a text says of signs, if it stands in a legend; [] if it is no line of a legend."""
    if not emoji.holds_picture(body):
        return []
    if table := _table_lines(body):
        rows = [table[0], *table[2:]]
        return [found for row in rows[:_MOST] if (found := _of_row(body, row))]
    start = _name_ends(body)
    end = body.find("\n\n", start)
    end = len(body) if end < 0 else end
    if "\n" not in body[start:end]:
        pieces = _in_one_line(body, start, end)
        if len(pieces) > 1:
            return pieces
    return _in_lines(body, start, end)


def is_table(body: str) -> bool:
    """True for a text that is a table."""
    return bool(_table_lines(body))


def meaning(body: str, what: Said) -> LegendLine:
    """The line of the legend that a text says."""
    words = markdown.plain(body[slice(*what.words)])
    if what.label:
        label = markdown.plain(body[slice(*what.label)])
        words = f"{label}: {words}" if words else label
    as_written = written(body, what)
    return LegendLine(what.sign, words, as_written if as_written != what.sign else "")


def written(body: str, what: Said) -> str:
    """A sign as a text writes it, perhaps with variation selectors."""
    stood = (each for each in emoji.pictures(body) if emoji.bare(each) == what.sign)
    return next(stood, what.sign)


class Explaining(NamedTuple):
    """A legend in a file: its lines, and the lines of the file (from 0) that its texts begin in."""

    legend: list[LegendLine]
    starts: set[int]


def find(tokens: Sequence[Token], lines: Sequence[str]) -> Explaining:
    """The legend of a guide; of several lines about a sign the first counts.

    tokens  of its blocks
    lines   of the file
    """
    legend: dict[str, LegendLine] = {}
    starts: set[int] = set()
    for start, body in _texts(tokens, lines):
        for what in said(body):
            line = meaning(body, what)
            legend.setdefault(line.sign, line)
            starts.add(start)
    return Explaining(list(legend.values()), starts)


def _texts(tokens: Sequence[Token], lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """(first line, Markdown) of each text in a legend."""
    depth: int | None = None  # of the “Legend” whose texts follow
    for before, token in pairwise(tokens):
        if token.type == "table_open":
            start, body = _source(token, lines)
            if (depth is not None and token.level >= depth) or is_legend_itself(body):
                yield start, body
        elif token.type == "inline" and before.type in ("paragraph_open", "heading_open"):
            is_heading = before.type == "heading_open"
            if _is_title(token, is_heading=is_heading):
                depth = before.level
            elif is_heading or (depth is not None and before.level < depth):
                depth = None
            elif depth is not None or is_legend_itself(token.content):
                yield lines_of(before)[0], token.content


def _is_title(token: Token, *, is_heading: bool) -> bool:
    if is_heading:
        return is_called_legend(markdown.inline_text(token))
    return is_bullet_called_legend(token.content)


def _source(token: Token, lines: Sequence[str]) -> tuple[int, str]:
    """(first line, Markdown) of the block that a token begins."""
    start, stop = lines_of(token)
    columns = source_lines.indent(lines[start])
    text = "".join(source_lines.dedent(line, columns) for line in lines[start:stop])
    return start, source_lines.clean(text)


def _name_ends(body: str) -> int:
    """Where the word “Legend” ends that a text begins with; 0 if it does not."""
    match = _NAME.match(body)
    return match.end() if match and is_called_legend(markdown.plain(match[0])) else 0


def _in_lines(body: str, start: int, end: int) -> list[Said]:
    found: list[Said] = []
    position = start
    for line in body[start:end].split("\n")[:_MOST]:
        stop = position + len(line)
        if what := _line(body, position, stop):
            found.append(what._replace(row=(position, min(stop + 1, len(body)))))
        elif found and found[-1].words[0] > (found[-1].row or (0, 0))[0] and line.strip():
            last = found[-1]  # the words go on in the next line
            row = (position if last.row is None else last.row[0], min(stop + 1, len(body)))
            found[-1] = last._replace(words=(last.words[0], stop), row=row)
        else:
            return []
        position = stop + 1
    return found


def _in_one_line(body: str, start: int, end: int) -> list[Said]:
    """Signs with commas or such between them: “🔥 hot, ⭐ good”."""
    found: list[Said] = []
    position = start
    for separator in [*_PIECES.finditer(body, start, end), None]:
        stop = separator.start() if separator else end
        if separator and not _ends_here(body, position, stop, separator.end()):
            continue
        if not (what := _line(body, position, stop)):
            return []
        found.append(what)
        position = separator.end() if separator else end
    return found


def _ends_here(body: str, start: int, stop: int, after: int) -> bool:
    """True if a separator, from `stop` to `after`, ends what is said of a sign."""
    piece = body[start:stop]
    if piece.count("(") != piece.count(")"):
        return False
    if emoji.leading(piece.lstrip(_MARKS)):
        return bool(emoji.leading(body[after:].lstrip(_MARKS)))
    return _line(body, start, stop) is not None


def _line(body: str, start: int, stop: int) -> Said | None:
    """What one line says of one sign; None if it is no line of a legend."""
    text = body[start:stop]
    text = _END_OF_LINE.sub("", text)
    margin = len(text) - len(text.lstrip(_MARKS))
    if sign := emoji.leading(text[margin:]):
        return _behind(body, start, start + margin + len(sign), start + len(text))
    if match := _BEFORE_SIGN.match(text):
        sign = emoji.leading(text[match.end() :])
        if sign and _BEHIND_LAST.fullmatch(text, match.end() + len(sign)):
            begin, end = match.span(1)
            words = match[1].lstrip("*_ \t")
            begin = end - len(words)
            if begin > match.start(1):
                end = begin + len(words.rstrip("*_"))
            return Said(emoji.bare(sign), (start + begin, start + end))
    return None


def _behind(body: str, start: int, sign: int, stop: int) -> Said | None:
    """What the words say that stand behind a sign.

    sign  where it ends
    """
    opening = body[start:sign].strip(" \t")
    key = emoji.bare(emoji.leading(opening.lstrip(_MARKS)))
    is_marked = opening[0] in _MARKS
    closing = _CLOSING.match(body, sign, stop) if is_marked else None
    begin = closing.end() if closing else sign
    begin = stop - len(_AFTER_SIGN.sub("", body[begin:stop], count=1))
    words = body[begin:stop]
    if emoji.leading(words.lstrip(_MARKS)) or not re.search(r"\w", words):
        return None
    label = _LABEL.match(body, begin, stop) if is_marked and not closing else None
    if label and label.end() < stop:  # **🔥 Hot:** so much
        return Said(key, (label.end(), stop), label.span(1))
    return Said(key, label.span(1) if label else (begin, stop))


def _table_lines(body: str) -> list[Span]:
    """The lines of a text that is a table; [] if it is none."""
    if "|" not in body or "\n" not in body:
        return []
    found, position = [], 0
    for line in body.split("\n"):
        found.append((position, position + len(line)))
        position += len(line) + 1
    return found if _RULER.fullmatch(body, *found[1]) else []


def _cells(body: str, line: Span) -> list[Span]:
    """Where the cells of a row stand, without the blanks around them."""
    start, stop = line
    text = body[start:stop]
    cells = []
    position = text.index("|") + 1 if text.lstrip().startswith("|") else 0
    while position <= len(text):
        match = _CELL.match(text, position)
        end = match.end() if match else position
        words = text[position:end]
        first = position + len(words) - len(words.lstrip())
        cells.append((start + first, start + max(first, position + len(words.rstrip()))))
        position = end + 1
    if text.rstrip().endswith("|") and cells and cells[-1][0] == cells[-1][1]:
        cells.pop()
    return cells


def _of_row(body: str, line: Span) -> Said | None:
    """What a row says of the sign in one of its cells."""
    row = (line[0], min(line[1] + 1, len(body)))
    cells = [cell for cell in _cells(body, line) if cell[0] < cell[1]]
    for number, cell in enumerate(cells):
        text = body[slice(*cell)].strip(_MARKS)
        others = cells[:number] + cells[number + 1 :]
        if emoji.is_picture(text) and others:
            if len(others) == 1:
                return Said(emoji.bare(text), others[0], None, row)
            return Said(emoji.bare(text), others[1], others[0], row)
    if len(cells) > 1 and (first := _line(body, *cells[0])):
        return Said(first.sign, cells[1], first.words, row)
    return None
