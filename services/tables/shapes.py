"""Is a table a service matrix or a releases table? Its shape tells, not its providers.

Pure. A service matrix has a column of needs and a column for each of several providers, with
the names of their offerings. A releases table has a column of names and a column of dates. Tables
of prices, options, plans and properties look similar: in doubt, a table is neither.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from services.tables import title_words
from services.tables.release_cells import is_date, is_state

MATRIX, RELEASES = "service matrix", "releases table"

MOST_ROWS: Final = 300  # that are looked at
_LONGEST = 400  # characters of a cell that are looked at
_WORDS = 6  # in the name of an offering
_LINK = re.compile(r"\[([^\[\]]*)\]\(\s*<?([^\s()<>]*)[^()]*\)")
_MARKUP = re.compile(r"<[^<>]*>|[*_`~]|\[\^[^\[\]]*\]")
_TAIL = re.compile(r"(?:\s*\([^()]*\)|\s*\?)+$")
_AMOUNT = re.compile(r"[^\w]*\d[\d.,:/ -]*[^\W\d_]{0,4}(?:/\S*)?[+%]?|v?\d+(?:\.\S+)+", re.I)
Cells = Sequence[str]  # of a row, as they are in the file


class Shape(NamedTuple):
    """What a table was taken for.

    kind       MATRIX, RELEASES, or None for any other table
    because    the reason, as the end of a sentence
    providers  numbers of the columns that name a provider each
    date       number of the column with the first release, if it is a releases table
    state      number of its column with the availability, if it has one
    """

    kind: str | None
    because: str
    providers: tuple[int, ...] = ()
    date: int | None = None
    state: int | None = None


def shape(titles: Sequence[str], rows: Sequence[Cells]) -> Shape:
    """What a table is, from the words of its titles and the source of its cells.

    A table with titles that leave no doubt stays what it is whatever its cells say.
    """
    rows = [[cell[:_LONGEST] for cell in row] for row in rows[:MOST_ROWS]]
    releases = _releases(titles, rows)
    return releases if releases.kind else _matrix(titles, rows, releases.because)


def _releases(titles: Sequence[str], rows: Sequence[Cells]) -> Shape:
    further = range(1, len(titles))
    state = next((n for n in further if _is_state(titles[n], _column(rows, n))), None)
    dates = [n for n in further if title_words.is_release(titles[n])]
    is_product = title_words.is_of(titles[0], title_words.SERVICES)
    is_attribute = title_words.is_attribute(titles[0])
    if dates and state and not is_attribute:
        said = f"“{titles[dates[0]]}” has dates and “{titles[state]}” tells what can be used"
        return Shape(RELEASES, said, date=dates[0], state=state)
    has_names = is_product or title_words.is_of(titles[0], title_words.NAMES)
    if not dates and state and is_product:
        dates = [n for n in further if title_words.is_of(titles[n], title_words.DATE)]
    if not dates:
        return Shape(None, "no column has dates of releases")
    date = dates[0]
    if not has_names:
        return Shape(None, f"“{titles[date]}” has dates, but “{titles[0]}” has no services")
    filled = _column(rows, date)
    if 2 * sum(is_date(_without_markup(cell).strip()) for cell in filled) <= len(filled):
        return Shape(None, f"most cells under “{titles[date]}” are no dates")
    said = f"“{titles[0]}” has names and “{titles[date]}” has dates of releases"
    return Shape(RELEASES, said, date=date, state=state)


def _is_state(title: str, filled: Sequence[str]) -> bool:
    if title_words.is_of(title, title_words.AVAILABILITY):
        return True
    known = sum(is_state(_without_markup(cell)) for cell in filled)
    return title_words.is_of(title, title_words.STAGE) and 2 * known > len(filled)


def _matrix(titles: Sequence[str], rows: Sequence[Cells], no_dates: str) -> Shape:
    """The shape of a table without releases.

    no_dates  why it is no releases table
    """
    columns = [n for n in range(1, len(titles)) if titles[n]]
    columns = [n for n in columns if not title_words.is_remark(titles[n])]
    attribute = next((t for n in columns if title_words.names_no_provider(t := titles[n])), None)
    names = list(_names(rows, columns))
    first = f"“{titles[0]}”" if titles[0] else "without a title"
    problem = None
    if len({titles[n].casefold() for n in columns}) < 2:
        problem = "fewer than two columns name a provider"
    elif attribute:
        problem = f"“{attribute}” names no provider"
    elif _compares_properties(rows):
        problem = "its rows are properties that are compared"
    elif 2 * sum(map(_is_name, names)) < len(names):
        problem = "most of its cells are no names of offerings"
    elif not title_words.is_of(titles[0], title_words.SERVICES):
        problem = _doubt(titles, rows, columns, names, first)
    if problem:
        return Shape(None, f"{problem}, and {no_dates}")
    said = f"its first column is {first} and {len(columns)} columns name providers"
    return Shape(MATRIX, said, providers=tuple(columns))


def _doubt(
    titles: Sequence[str],
    rows: Sequence[Cells],
    columns: Sequence[int],
    names: Sequence[str],
    first: str,
) -> str | None:
    """Why a table is no matrix whose first title is no sure word for services, or None."""
    is_need = title_words.is_of(titles[0], title_words.NEEDS)
    linked = sum(bool(_LINK.search(cell)) for row in rows for cell in _further(row, columns))
    cells = sum(1 for row in rows for _ in _further(row, columns))
    is_linked = cells > 0 and 4 * linked >= 3 * cells
    if not is_need and not (is_linked and _has_own_sites(rows, columns)):
        return f"its first column is {first}, not “Service”, “Capability” or the like"
    if len(columns) < (2 if is_need and is_linked else 3):
        return "fewer than three columns name a provider"
    if len(rows) < 2 or 3 * len(set(names)) < 2 * len(names):
        return "its cells say the same again and again"
    if 4 * sum(map(_is_name, names)) < 3 * len(names) or not names:
        return "many of its cells are no names of offerings"
    return None


def _further(row: Cells, columns: Iterable[int]) -> Iterator[str]:
    """The cells of some columns that say anything."""
    for column in columns:
        if column < len(row) and any(map(str.isalnum, row[column])):
            yield row[column]


def _column(rows: Sequence[Cells], column: int) -> list[str]:
    return [cell for row in rows for cell in _further(row, [column])]


def _names(rows: Sequence[Cells], columns: Sequence[int]) -> Iterator[str]:
    """What the cells of some columns list: words without links, marks and notes."""
    for row in rows:
        for cell in _further(row, columns):
            for piece in _without_markup(cell).split(","):
                if piece.strip():
                    yield _TAIL.sub("", piece.strip()).casefold() or piece.strip()


def _without_markup(cell: str) -> str:
    return _MARKUP.sub("", _LINK.sub(r"\1", cell))


def _is_name(piece: str) -> bool:
    """True if a piece of a cell can be what an offering is called."""
    words = piece.split()
    return (
        0 < len(words) <= _WORDS
        and piece not in title_words.ANSWERS
        and not _AMOUNT.fullmatch(piece)
        and not piece.endswith((".", "。", "!", ":"))
        and any(map(str.isalpha, piece))
    )


def _compares_properties(rows: Sequence[Cells]) -> bool:
    """True if many names of rows are properties, such as “Licence” and “Price”."""
    firsts = [_without_markup(row[0]).strip() for row in rows if row and row[0].strip()]
    properties = sum(title_words.is_of(first, title_words.PROPERTIES) for first in firsts)
    return properties > 1 and 4 * properties > len(firsts)


def _has_own_sites(rows: Sequence[Cells], columns: Sequence[int]) -> bool:
    """True if three columns or more have links to a site of their own each."""
    sites: Counter[str] = Counter()
    for column in columns:
        links = (match[2] for cell in _column(rows, column) for match in _LINK.finditer(cell))
        found = Counter(_site(link) for link in links)
        site, count = found.most_common(1)[0] if found else ("", 0)
        if site and 2 * count > found.total():
            sites[site] += 1
    return len(sites) > 2 and max(sites.values()) == 1


def _site(address: str) -> str:
    """The last two names of the host of an address of the web; "" for others."""
    try:
        host = urlsplit(address).hostname if address.startswith(("http:", "https:")) else ""
    except ValueError:
        host = ""
    return ".".join((host or "").split(".")[-2:])
