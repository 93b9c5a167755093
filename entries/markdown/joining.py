"""Joins the sources of headings and entries so that each reads as what it is. Pure.

Between two of them stays what stood there in the file. Only where they would not read as two
comes more: a blank line, else an empty comment, else the indentation of the place. Of headings the
indentation changes first.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from entries.markdown import seams, source_lines
from entries.markdown.seams import SEPARATOR, Form


class Place(NamedTuple):
    """What a block has to read as, and where.

    depth   in how many list items it is nested
    margin  columns of white space before it there
    """

    form: Form
    depth: int = 0
    margin: int = 0


def lines_in(ends: str) -> int:
    """How many line ends there are in some: two and more hold a blank line."""
    return source_lines.unix(ends).count("\n")


class Joiner:
    """A text that grows block by block.

    eol            a line end
    leaves_blanks  have a blank line before headings at new places
    parts    line ends and blocks in turn
    tail     line ends that follow the last block
    skipped  line ends that followed a block that is left out, right behind the last one
    """

    def __init__(self, eol: str, *, leaves_blanks: bool) -> None:
        self.eol = eol
        self.leaves_blanks = leaves_blanks
        self.parts: list[str] = []
        self.tail = ""
        self.skipped = ""
        self._above: list[str] = []  # the list items around the last block, and that itself
        self._is_heading = False
        self._waiting: list[str] = []  # link definitions that stood behind what is left out

    @property
    def is_begun(self) -> bool:
        """True once there is more than blank lines."""
        return bool(self._above)

    def text(self) -> str:
        """All of it."""
        return "".join([*self.parts, self.tail])

    def skip(self, ends: str, definitions: str) -> None:
        """Leave a block out, with the line ends and the link definitions behind it."""
        self.skipped = max(self.skipped, ends, key=lines_in)
        self.hold_back(definitions)

    def hold_back(self, definitions: str) -> None:
        """Have link definitions written where no list is open."""
        if definitions:
            self._waiting.append(definitions)

    def end_with(self, ends: str) -> str:
        """Have these line ends before what comes next; returns those that it had."""
        stood, self.tail = self.tail, ends
        return stood

    def set_apart(self) -> None:
        """Have a blank line before what comes next."""
        if self._above and lines_in(self.tail) < 2:
            self.tail = self.eol * 2

    def add(self, source: str, place: Place, refit: Callable[[], str] | None = None) -> str:
        """Add a block; returns its source as it was written.

        refit  makes the same block indented as its place asks for
        """
        if self._above:
            source = source.removeprefix("\ufeff")
            if not lines_in(self.tail):
                self._end_line()
            if place.form != Form.ITEM and lines_in(self.tail) < 2 <= lines_in(self.skipped):
                self.tail = self.skipped
            source = self._apart(source, place, refit)
        self._append(source, place.depth)
        self._is_heading = place.form == Form.HEADING
        return source

    def _end_line(self) -> None:
        """End a last line that stood at the end of its file, or came here from elsewhere."""
        self.tail = self.eol * (2 if self._is_heading else 1)
        if self._is_heading and self.leaves_blanks and 0 < lines_in(self.parts[-2]) < 2:
            self.parts[-2] = self.eol * 2

    def add_on_top(self, source: str) -> None:
        """Add what has to stand before all else, unless it is blank."""
        if content := source.strip("\ufeff \t\r\n"):
            self.parts[0] += content + self.eol * 2

    def add_definitions(self) -> bool:
        """Add the link definitions that wait; False if there are none."""
        waiting, self._waiting = self._waiting, []
        for definitions in waiting:
            self.set_apart()
            self._append(definitions, 0)
            self.tail = self.eol * 2
        return bool(waiting)

    def _append(self, source: str, depth: int) -> None:
        content = source.rstrip("\r\n")
        self.parts += [self.tail if self.parts else "", content]
        self.tail = source[len(content) :]
        self.skipped = ""
        if content.strip("\ufeff \t\r\n"):
            self._above[depth:] = [content]

    def _apart(self, source: str, place: Place, refit: Callable[[], str] | None) -> str:
        """Choose the line ends before a block, and return the source that reads apart there."""
        for separator, text in self._tries(source, place, refit):
            if seams.reads_apart(tuple(self._above), separator, text, place.form, place.depth):
                self.tail = separator
                return text
        return source

    def _tries(
        self, source: str, place: Place, refit: Callable[[], str] | None
    ) -> Iterator[tuple[str, str]]:
        """Pairs (line ends, source), those that change least first: no entry, if that can be."""
        stood = self.tail
        blank = stood if lines_in(stood) > 1 else stood + self.eol
        text = refit() if refit else source.lstrip()
        apart = f"{blank}{' ' * place.margin}{SEPARATOR}{self.eol * 2}"
        yield stood, source
        yield blank, source
        if place.form != Form.HEADING:
            yield apart, source
        yield stood, text
        yield blank, text
        yield apart, text
        if end := seams.closing(self.parts[-1]):  # code or a comment that the file ended in
            self._above[-1] = self.parts[-1] = f"{self.parts[-1]}{self.eol}{end}"
            yield blank, text
        yield apart, source
