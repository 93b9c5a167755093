"""The two tables of a guide that hold its catalogue, line by line.

Pure. Every row keeps its exact source; one that changes keeps all of it but the cell that
changed. What stands in a cell is read and written by `cells` and `release_cells`.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import ClassVar, Generic, Protocol, TypeVar

from entries.markdown import source_lines
from guide_site.core import definitions, markdown
from guide_site.core.definitions import Links
from services.tables.cells import Cells, footnote_marks, footnotes, shortened
from services.tables.matching import is_alike, key
from services.tables.release_cells import ReleaseCells
from services.tables.shapes import MATRIX, MOST_ROWS, RELEASES, shape
from services.tables.title_words import is_remark

PROVIDER = 80  # as many characters as the catalogue keeps of a provider's name

_PIPE = re.compile(r"(?<!\\)\|")


class Row:
    """One line of a table. `number` tells how many lines after the header it stands."""

    def __init__(self, source: str, number: int | None = None) -> None:
        text = source.rstrip("\r\n")
        self.number, self.end = number, source[len(text) :]
        self.parts = _PIPE.split(text)
        self.opening = self.closing = ""
        if len(self.parts) > 1 and not self.parts[0].strip():
            self.opening = self.parts.pop(0) + "|"
        if len(self.parts) > 1 and not self.parts[-1].strip():
            self.closing = "|" + self.parts.pop()

    @property
    def text(self) -> str:
        """The line without its end."""
        return self.opening + "|".join(self.parts) + self.closing

    def cell(self, column: int) -> str:
        """What stands in a column, without the space around it; "" where the row is too short."""
        return self.parts[column].strip() if column < len(self.parts) else ""

    def replace(self, column: int, text: str) -> None:
        """Put another text into a cell, in the space of the old one where it fits."""
        if column >= len(self.parts):
            if not self.closing and not self.parts[-1][-1:].isspace():
                self.parts[-1] += " "
            self.parts += [" "] * (column + 1 - len(self.parts))
        self.parts[column] = _fitted(self.parts[column], text)


class Table:
    """A table of Markdown: `header`, `delimiter`, `rows`, and what stands around them.

    shape  what it was taken for, and why, as it was read
    kind   MATRIX, RELEASES, or None for any other table
    """

    def __init__(self, source: str) -> None:
        lines = source_lines.split(source)
        blank = [not line.strip() for line in lines]
        first = blank.index(False)
        end = blank.index(True, first) if True in blank[first:] else len(lines)
        self.before, self.after = "".join(lines[:first]), "".join(lines[end:])
        rows = [Row(line, number) for number, line in enumerate(lines[first:end])]
        self.header, self.delimiter, *self.rows = rows
        self.titles = [markdown.plain(part.strip()) for part in self.header.parts]
        width = range(len(self.titles))
        cells = [[row.cell(n) for n in width] for row in self.rows[:MOST_ROWS]]
        self.shape = shape(self.titles, cells)
        self.kind = self.shape.kind
        self.ends_open = not rows[-1].end

    @classmethod
    def of_any_kind(cls, source: str) -> "Table | None":
        """The table in `source`, or None if there is none."""
        lines = [line for line in source_lines.split(source) if line.strip()]
        if len(lines) < 2 or lines[1].strip(" \t\r\n|:-") or "-" not in lines[1]:
            return None
        return cls(source)

    @classmethod
    def read(cls, source: str) -> "Table | None":
        """The table in `source` if it is one of the two, or None."""
        table = cls.of_any_kind(source)
        return table if table and table.kind else None

    @property
    def providers(self) -> list[str]:
        """Titles of the columns behind the first; "" for one that names no provider of its own."""
        titles = [shortened(title, PROVIDER) for title in self.titles[1:]]
        keys = [key(title) for title in titles]
        return [
            "" if keys[n] in keys[:n] or is_remark(title) else title
            for n, title in enumerate(titles)
        ]

    @property
    def other_titles(self) -> list[str]:
        """Titles of the columns of a releases table that the catalogue has no place for."""
        read = (0, self.shape.date, self.shape.state)
        return [title for n, title in enumerate(self.titles) if n not in read and title]

    def why_ragged(self, row: Row) -> str | None:
        """A sentence about a row with too few or too many cells, or None."""
        has, wants = len(row.parts), len(self.header.parts)
        if has == wants:
            return None
        return f"{has} cells in the row of a {self.kind} that has {wants} columns"

    def insert(self, place: int, texts: Mapping[int, str]) -> None:
        """Add a row as number `place`, as wide as the others.

        texts  what its cells say: {number of a column: text}
        """
        cells = []
        for column in range(len(self.header.parts)):
            text = texts.get(column, "")
            cells.append((f" {text} " if text else " ").ljust(self._width(column)))
        row = Row("")
        row.parts, row.opening, row.closing = cells, self.header.opening, self.header.closing
        self.rows.insert(place, row)

    def _width(self, column: int) -> int:
        """How wide most cells of a column are, if they are; 0 where each has its own width."""
        rows = [row for row in (self.header, *self.rows) if column < len(row.parts)]
        width, count = Counter(len(row.parts[column]) for row in rows).most_common(1)[0]
        is_padded = any(row.parts[column].endswith("  ") for row in rows)
        return width if is_padded and 2 * count > len(rows) else 0

    def add_column(self, title: str) -> int:
        """Add a column at the end and return its number. Rows grow when they get a cell there."""
        column = len(self.header.parts)
        self.header.replace(column, title)
        self.delimiter.replace(column, "---")
        self.titles.append(title)
        return column

    @property
    def lines(self) -> str:
        """The lines of the table."""
        rows = [self.header, self.delimiter, *self.rows]
        end = self.header.end or "\n"
        lines = [row.text + (row.end or end) for row in rows]
        if self.ends_open:
            lines[-1] = rows[-1].text
        return "".join(lines)

    @property
    def source(self) -> str:
        """The lines of the table and what stands around them."""
        return self.before + self.lines + self.after


class Source(Protocol):
    """What may hold a table: an entry, stored or parsed, or its text at some time."""

    @property
    def verbatim(self) -> str:
        """Its exact source lines, if it came from a file."""

    @property
    def body(self) -> str:
        """Its text."""


AnySource = TypeVar("AnySource", bound=Source)
Holder = TypeVar("Holder")  # what a table was found in: a Source


@dataclass(frozen=True)
class FoundMatrix(Generic[Holder]):
    """A service matrix of the guide: where it stands, and how to read its cells."""

    entry: Holder
    table: Table
    cells: Cells
    kind: ClassVar = MATRIX

    def name(self, row: Row) -> str:
        """The name of the capability that a row is about."""
        return self.cells.name(row.cell(0))


@dataclass(frozen=True)
class FoundReleases(Generic[Holder]):
    """A table of releases: where it stands, how to read its cells, and which column says what."""

    entry: Holder
    table: Table
    cells: ReleaseCells
    date_column: int
    availability_column: int | None
    kind: ClassVar = RELEASES

    def name(self, row: Row) -> str:
        """The name of the service that a row is about."""
        return self.cells.service(row.cell(0))[0]


@dataclass(frozen=True)
class Tables(Generic[Holder]):
    """The tables of both kinds, in the order of the guide."""

    matrices: list[FoundMatrix[Holder]]
    releases: list[FoundReleases[Holder]]

    @property
    def all(self) -> list[FoundMatrix[Holder] | FoundReleases[Holder]]:
        """Those of both kinds."""
        return [*self.matrices, *self.releases]

    @property
    def provider_titles(self) -> list[str]:
        """The titles of all columns of providers, each once."""
        by_key: dict[str, str] = {}
        titles = [title for matrix in self.matrices for title in matrix.table.providers]
        for title in filter(None, titles):
            by_key.setdefault(key(title), title)
        return list(by_key.values())

    def home_title(self, home: str) -> str:
        """What the matrix calls the home provider; the first one that it names if home is ""."""
        titles = self.provider_titles
        alike = [title for title in titles if key(title) == key(home)]
        alike = alike or [title for title in titles if is_alike(title, home)]
        if home:
            return alike[0] if len(alike) == 1 else home
        return next(iter(titles), "")


def find(
    entries: Iterable[AnySource],
    *,
    signs: Iterable[str],
    texts: Callable[[], Iterable[str]],
    links: Callable[[], Links],
) -> Tables[AnySource]:
    """The tables of the two kinds among `entries`.

    signs  the signs of the legend
    texts  is called, if a table has footnote marks, for the texts that footnotes may stand in
    links  is called, if a table has references, for the link definitions of the guide
    """
    sources = [(entry, entry.verbatim or entry.body) for entry in entries]
    read = [(entry, source, Table.read(source)) for entry, source in sources]
    has_marks = any(footnote_marks(source) for _, source, table in read if table)
    known = footnotes(texts()) if has_marks else {}
    tables: Tables[AnySource] = Tables([], [])
    for entry, _, table in read:
        if table is None:
            continue
        references = links() if definitions.used_labels(entry.body) else None
        if table.kind == MATRIX:
            cells = Cells(references=references, footnotes=known, signs=signs)
            tables.matrices.append(FoundMatrix(entry, table, cells))
        elif date := table.shape.date:
            columns = date, table.shape.state
            release_cells = ReleaseCells(references=references, footnotes=known, signs=signs)
            tables.releases.append(FoundReleases(entry, table, release_cells, *columns))
    return tables


def _fitted(part: str, text: str) -> str:
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
