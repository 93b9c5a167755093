"""How an entry looks in its list: marker, indentation, number, and what separates it. Pure."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from entries.markdown import numbers
from entries.markdown.source_lines import Frame
from entries.models import Entry, EntryKind
from entries.reading.lines import EntryLine


class Siblings:
    """The entries of one list, or of a section, while they are written one after the other.

    lines      in order, retired ones as well
    above      the list that they are nested in, up to the entry that holds them; None: topmost
    default    how bullets look where no neighbour tells
    signs      all legend signs
    frame      of the entry written last; None before the first
    numbers    {primary key of a step: its number}, where it is not that of its source
    is_mixed   some stand where they did not stand in a file, here or in a list above
    """

    def __init__(
        self,
        lines: Sequence[EntryLine],
        above: "Siblings | None",
        default: Frame,
        signs: Sequence[str],
    ) -> None:
        self.lines = lines
        self.parent = above.frame if above else None
        self.depth: int = above.depth + 1 if above else 0
        self.default = default
        self.signs = signs
        self.frame: Frame | None = None
        self.numbers = numbers.counted(line.row for line in lines)
        is_new = any(line.row.is_live and not line.row.verbatim for line in lines)
        self.is_mixed: bool = is_new or (above is not None and above.is_mixed)

    def known(self, entry: Entry, source: str | None = None) -> Frame:
        """The frame of an entry with source lines: its own, or those given."""
        source = source or entry.verbatim
        return Frame.around(source, is_listed=entry.is_listed, signs=self.signs)

    @property
    def follows_item(self) -> bool:
        """True if a new item goes on with a list, or begins one within the item above."""
        return self.frame.has_marker if self.frame else self.parent is not None

    @property
    def between(self) -> str:
        """The line ends between two items: those of most of them in the file."""
        tails = Counter(
            self.known(line.row).tail
            for line, following in pairwise(self.lines)
            if not line.nested
            and all(each.row.verbatim and each.row.is_listed for each in (line, following))
        )
        usual = max(tails, key=lambda tail: (tails[tail], -len(tail)), default="")
        return usual if usual and not usual.strip() else self.default.eol

    def new(self, entry: Entry) -> Frame:
        """The frame of an entry that has no source lines, without line ends behind it."""
        if not entry.is_listed:
            eol = (self.frame or self.parent or self.default).eol
            return Frame(prefix=self.margin, eol=eol, tail="")
        frame = self.frame.after() if self.frame and self.frame.has_marker else self._first()
        frame = frame.of_kind(numbered=entry.kind == EntryKind.NUMBERED)
        return replace(self.numbered(entry, frame), head="", tail="")

    def numbered(self, entry: Entry, frame: Frame) -> Frame:
        """The same frame with the number that a step has now."""
        number = self.numbers.get(entry.pk)
        return frame if number is None else frame.with_number(number)

    def refitted(self, entry: Entry, source: str) -> str:
        """Source lines of an entry with the indentation that its place asks for."""
        frame = self.known(entry, source)
        prefix = self.margin
        if entry.is_listed:
            prefix += f"{frame.prefix.strip()} "
        if entry.kind == EntryKind.CODE and entry.body.startswith("    "):
            return replace(frame, head="", prefix=self.margin).enclose(entry.body)
        return frame.moved(source, prefix)

    @property
    def margin(self) -> str:
        """The white space before blocks that are nested in the entry above."""
        return " " * self.parent.content if self.parent else ""

    def _first(self) -> Frame:
        """The frame of the first item of a list."""
        rows = [line.row for line in self.lines]
        known = next((row for row in rows if row.verbatim and row.is_listed), None)
        if known:
            return self.known(known)
        return self.parent.inner() if self.parent else self.default
