"""Lines of Markdown source: how they end, how far they are indented. Pure.

Lines end as markdown-it-py counts them: at LF, CRLF or a lone CR, and nowhere else
(`str.splitlines` would also split at form feeds and U+2028).
"""

import re

_LINES = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
MARKER = re.compile(r"[ \t]*(?:[-+*]|\d{1,9}[.)])[ \t]*")


def split(text):
    """The lines of `text` with their ends; joined they are the text."""
    return _LINES.findall(text)


def clean(text):
    return text.replace("\r\n", "\n").replace("\r", "\n").strip("\n").rstrip()


def indent(line):
    return width(re.match(r"[ \t]*", line)[0])


def width(text):
    """Columns that `text` takes, with tab stops every four."""
    column = 0
    for character in text:
        column += 4 - column % 4 if character == "\t" else 1
    return column


def dedent(line, columns):
    """`line` without its first `columns` columns of white space (or fewer, if it has fewer)."""
    column = position = 0
    while position < len(line) and column < columns and line[position] in " \t":
        column += 4 - column % 4 if line[position] == "\t" else 1
        position += 1
    return " " * max(0, column - columns) + line[position:]
