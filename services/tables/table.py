"""The two tables of a guide that hold its catalogue, line by line.

Pure. Every row keeps its exact source; one that changes keeps all of it but the cell that
changed. What stands in a cell is read and written by `services.cells`.
"""

import re
from collections import Counter
from dataclasses import dataclass

from entries.markdown import source_lines
from guide_site.core import markdown
from services.tables.cells import Cells, footnotes, marks, shortened
from services.tables.matching import AWS, key
from services.tables.release_cells import ReleaseCells

MATRIX, RELEASES = "service matrix", "releases table"
PROVIDER = 80  # as many characters as the catalogue keeps of a provider's name

_PIPE = re.compile(r"(?<!\\)\|")
_DATE = re.compile(r"(?:(?:original|first|initial) )?releases?d?(?: date)?", re.I)


class Row:
    """One line of a table. `number` tells how many lines after the header it stands."""

    def __init__(self, source, number=None):
        text = source.rstrip("\r\n")
        self.number, self.end = number, source[len(text) :]
        self.parts = _PIPE.split(text)
        self.opening = self.closing = ""
        if len(self.parts) > 1 and not self.parts[0].strip():
            self.opening = self.parts.pop(0) + "|"
        if len(self.parts) > 1 and not self.parts[-1].strip():
            self.closing = "|" + self.parts.pop()

    @property
    def text(self):
        """The line without its end."""
        return self.opening + "|".join(self.parts) + self.closing

    def cell(self, column):
        """What stands in a column, without the space around it; "" where the row is too short."""
        return self.parts[column].strip() if column < len(self.parts) else ""

    def replace(self, column, text):
        """Put another text into a cell, in the space of the old one where it fits."""
        if column >= len(self.parts):
            if not self.closing and not self.parts[-1][-1:].isspace():
                self.parts[-1] += " "
            self.parts += [" "] * (column + 1 - len(self.parts))
        self.parts[column] = _fitted(self.parts[column], text)


class Table:
    """A table of Markdown: `header`, `delimiter`, `rows`, and what stands around them.

    kind      MATRIX, RELEASES, or None for any other table
    *_column  number of the column with the first release or the availability, or None
    """

    def __init__(self, source):
        lines = source_lines.split(source)
        blank = [not line.strip() for line in lines]
        first = blank.index(False)
        end = blank.index(True, first) if True in blank[first:] else len(lines)
        self.before, self.after = "".join(lines[:first]), "".join(lines[end:])
        rows = [Row(line, number) for number, line in enumerate(lines[first:end])]
        self.header, self.delimiter, *self.rows = rows
        self.titles = [markdown.plain(part.strip()) for part in self.header.parts]
        self.date_column = self._column(_DATE.fullmatch)
        self.availability_column = self._column(lambda title: title.lower() == "availability")
        self.kind = self._kind()
        self.ends_open = not rows[-1].end

    @classmethod
    def read(cls, source):
        """The table in `source` if it is one of the two, or None."""
        lines = [line for line in source_lines.split(source) if line.strip()]
        if len(lines) < 2 or lines[1].strip(" \t\r\n|:-") or "-" not in lines[1]:
            return None
        table = cls(source)
        return table if table.kind else None

    def _kind(self):
        titles = [title.casefold() for title in self.titles]
        if titles[0] in ("service", "capability") and "aws" in titles[1:] and len(titles) > 4:
            return MATRIX
        return RELEASES if self.date_column and self.availability_column else None

    def _column(self, fits):
        return next((n for n, title in enumerate(self.titles) if n and fits(title)), None)

    @property
    def providers(self):
        """Titles of the columns behind the first; "" for one without a name of its own."""
        titles = [shortened(title, PROVIDER) for title in self.titles[1:]]
        keys = [key(title) for title in titles]
        return ["" if keys[n] in keys[:n] else title for n, title in enumerate(titles)]

    @property
    def other_titles(self):
        """Titles of the columns of a releases table that the catalogue has no place for."""
        read = (0, self.date_column, self.availability_column)
        return [title for n, title in enumerate(self.titles) if n not in read and title]

    def why_ragged(self, row):
        """A sentence about a row with too few or too many cells, or None."""
        has, wants = len(row.parts), len(self.header.parts)
        if has == wants:
            return None
        return f"{has} cells in the row of a {self.kind} that has {wants} columns"

    def insert(self, place, texts):
        """Add a row as number `place`, as wide as the others; {column: text}."""
        cells = []
        for column in range(len(self.header.parts)):
            text = texts.get(column, "")
            cells.append((f" {text} " if text else " ").ljust(self._width(column)))
        row = Row("")
        row.parts, row.opening, row.closing = cells, self.header.opening, self.header.closing
        self.rows.insert(place, row)

    def _width(self, column):
        """How wide most cells of a column are, if they are; 0 where each has its own width."""
        rows = [row for row in (self.header, *self.rows) if column < len(row.parts)]
        width, count = Counter(len(row.parts[column]) for row in rows).most_common(1)[0]
        is_padded = any(row.parts[column].endswith("  ") for row in rows)
        return width if is_padded and 2 * count > len(rows) else 0

    def add_column(self, title):
        """Add a column at the end and return its number. Rows grow when they get a cell there."""
        column = len(self.header.parts)
        self.header.replace(column, title)
        self.delimiter.replace(column, "---")
        self.titles.append(title)
        return column

    @property
    def source(self):
        """The lines of the table and what stands around them."""
        rows = [self.header, self.delimiter, *self.rows]
        end = self.header.end or "\n"
        lines = [row.text + (row.end or end) for row in rows]
        if self.ends_open:
            lines[-1] = rows[-1].text
        return self.before + "".join(lines) + self.after


@dataclass
class Found:
    """A table of the guide: the entry (parsed or stored) that it is, and how to read its cells."""

    entry: object
    table: Table
    cells: Cells

    @property
    def kind(self):
        return self.table.kind

    def name(self, row):
        """What a row is about: a capability or a service."""
        first = row.cell(0)
        return self.cells.name(first) if self.kind == MATRIX else self.cells.service(first)[0]

    def line(self, row):
        """Number of a row's line in the file, for an entry that came from one just now."""
        return self.entry.line + row.number


def find(entries, *, signs, texts):
    """The tables of the two kinds among `entries`, in their order.

    signs  the signs of the legend
    texts  is called, if a table has footnote marks, for the texts that footnotes may stand in
    """
    sources = [(entry, entry.verbatim or entry.body) for entry in entries]
    read = [(entry, source, Table.read(source)) for entry, source in sources]
    known = footnotes(texts()) if any(marks(source) for _, source, table in read if table) else {}
    found = []
    for entry, _, table in read:
        if table:
            environment = {}
            markdown.parser().parse(entry.body, environment)
            references = environment.get("references")
            reader = Cells if table.kind == MATRIX else ReleaseCells
            cells = reader(references=references, footnotes=known, signs=signs)
            found.append(Found(entry, table, cells))
    return found


def provider_titles(found):
    """The titles of all columns of providers in some tables, AWS among them, each once."""
    by_key = {}
    titles = [title for one in found if one.kind == MATRIX for title in one.table.providers]
    for title in [*filter(None, titles), AWS]:
        by_key.setdefault(key(title), title)
    return list(by_key.values())


def _fitted(part, text):
    """The source of a cell with another text: as wide as it was, or wider."""
    old = part.strip()
    if not old:
        return f" {text} ".ljust(len(part)) if text else part
    start = part.index(old)
    left, right = part[:start], part[start + len(old) :]
    if right.strip(" "):  # tabs line up with nothing that can be counted
        return left + text + right
    spaces = max(len(old) + len(right) - len(text), min(1, len(right)))
    return left + text + " " * spaces
