"""Which entries of a file are those that the guide holds already.

Pure: compares parsed entries with rows by their texts and queries nothing. What has the same
text is the same; then what is most alike, first within a section, then in the whole guide.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Generic, Protocol, TypeAlias, TypeVar

from rapidfuzz import fuzz, process
from rapidfuzz.distance import LCSseq

from entries.markdown.legends import is_bullet_called_legend, is_called_legend
from entries.markdown.parsed import ParsedEntry, ParsedSection
from entries.markdown.signs import leading_sign
from entries.models import EntryKind

ALIKE = 0.5  # share of words in common from which two entries of one section are the same
ALIKE_ANYWHERE = 0.75  # the same for entries of different sections
SAME_BOLD_START = 0.3  # the same for two entries of one section that begin in bold alike
_BOLD_START = re.compile(r"\*\*(.{3,80}?)\*\*")
_WORDS = re.compile(r"\w+")


class EntryLike(Protocol):
    """An Entry, or what stands for one in the section editor."""

    @property
    def pk(self) -> Any:
        """Its primary key."""

    @property
    def section_id(self) -> Any:
        """Primary key of its section."""

    @property
    def body(self) -> str:
        """Its text as Markdown."""

    @property
    def kind(self) -> str:
        """A value of EntryKind."""

    @property
    def is_live(self) -> bool:
        """False for one that is retired."""


class HasPk(Protocol):
    """A row, or what stands for one."""

    @property
    def pk(self) -> Any:
        """Its primary key."""


AnyEntry = TypeVar("AnyEntry", bound=EntryLike)
_Group: TypeAlias = tuple[int | None, str]  # primary key of a section, form of its entries


def match_entries(
    parsed_sections: Sequence[ParsedSection],
    sections: Mapping[ParsedSection, HasPk],
    entries: Sequence[AnyEntry],
    *,
    by_hand: bool = False,
) -> dict[ParsedEntry, AnyEntry]:
    """The entry that each parsed one is; new ones are left out.

    parsed_sections  in the order of the file
    sections         what match_sections() returned
    entries          all rows, the retired ones too; those only for the very same text
    by_hand          somebody edited this very text: what is short may move as well, and what
                     stands alone between the same neighbours is the same, if a word is left
    """
    return _Entries(parsed_sections, sections, entries, by_hand).found


class _Entries(Generic[AnyEntry]):
    def __init__(
        self,
        parsed_sections: Sequence[ParsedSection],
        sections: Mapping[ParsedSection, HasPk],
        entries: Sequence[AnyEntry],
        by_hand: bool,
    ) -> None:
        self.found: dict[ParsedEntry, AnyEntry] = {}
        self.taken: set[int] = set()
        self.shortest = 1 if by_hand else 20  # characters of a text that is known elsewhere
        self.live = [entry for entry in entries if entry.is_live]
        self.parsed = [
            (sections[section].pk if section in sections else None, entry)
            for section in parsed_sections
            for entry in section.walk()
        ]
        self._same_text(self.live, within_section=True)
        self._same_text(self.live, within_section=False)
        self._same_label()
        self._alike_within_sections()
        self._same_line_of_the_legend(parsed_sections)
        if by_hand:
            self._alone_between_neighbours()
        self._alike_anywhere()
        self._same_text([e for e in entries if not e.is_live], within_section=False)

    def _match(self, parsed: ParsedEntry, entry: AnyEntry) -> None:
        self.found[parsed] = entry
        self.taken.add(entry.pk)

    def _waiting(self) -> list[tuple[int | None, ParsedEntry]]:
        return [(place, parsed) for place, parsed in self.parsed if parsed not in self.found]

    def _same_text(self, entries: Iterable[AnyEntry], *, within_section: bool) -> None:
        rows = defaultdict(list)
        for entry in entries:
            if entry.pk not in self.taken:
                place = entry.section_id if within_section else None
                rows[place, form(entry), plain(entry.body)].append(entry)
        for place, parsed in self._waiting():
            text = plain(parsed.body)
            if not within_section and len(text) < self.shortest:
                continue  # “Yes.” elsewhere is another entry
            same = rows[place if within_section else None, form(parsed), text]
            if same:
                self._match(parsed, same.pop(0))

    def _same_label(self) -> None:
        """Footnotes and link definitions go by their labels."""
        rows = defaultdict(list)
        for entry in self.live:
            if entry.pk not in self.taken and (label := _label(entry)):
                rows[label].append(entry)
        for _, parsed in self._waiting():
            label = _label(parsed)
            if label and rows[label]:
                self._match(parsed, rows[label].pop(0))

    def _same_line_of_the_legend(self, sections: Iterable[ParsedSection]) -> None:
        """The lines of a legend go by their signs; elsewhere a sign in front tells nothing."""
        lines = {entry for section in sections for entry in _in_legend(section)}
        rows = {
            (entry.section_id, sign): entry
            for entry in self.live
            if entry.pk not in self.taken
            and form(entry) == "listed"
            and (sign := leading_sign(entry.body))
        }
        for place, parsed in self._waiting():
            key = place, leading_sign(parsed.body)
            if parsed in lines and key in rows:
                self._match(parsed, rows.pop(key))

    def _alike_within_sections(self) -> None:
        rows: dict[_Group, list[tuple[AnyEntry, list[str]]]] = defaultdict(list)
        waiting: dict[_Group, list[tuple[ParsedEntry, list[str]]]] = defaultdict(list)
        for entry in self.live:
            if entry.pk not in self.taken:
                rows[entry.section_id, form(entry)].append((entry, _words(entry.body)))
        for place, parsed in self._waiting():
            waiting[place, form(parsed)].append((parsed, _words(parsed.body)))
        pairs = [pair for group in waiting for pair in _alike(waiting[group], rows[group])]
        for _, parsed, entry in sorted(pairs, key=lambda pair: pair[0]):
            if parsed not in self.found and entry.pk not in self.taken:
                self._match(parsed, entry)

    def _alone_between_neighbours(self) -> None:
        """One entry of each side is left in a gap: it was rewritten, if a word is the same."""
        rows = [entry.pk for entry in self.live]
        places = {pk: number for number, pk in enumerate(rows)}
        known = [places[e.pk] if (e := self.found.get(p)) else None for _, p in self.parsed]
        for number, (_, parsed) in enumerate(self.parsed):
            if known[number] is not None:
                continue
            low = known[number - 1] if number else -1
            high = known[number + 1] if number + 1 < len(known) else len(rows)
            if low is None or high is None or high - low != 2 or rows[low + 1] in self.taken:
                continue
            entry = self.live[low + 1]
            words = set(_words(entry.body)) & set(_words(parsed.body))
            if words and form(parsed) == form(entry):
                self._match(parsed, entry)

    def _alike_anywhere(self) -> None:
        rows = [e for e in self.live if e.pk not in self.taken and len(e.body) >= 40]
        waiting = [parsed for _, parsed in self._waiting() if len(parsed.body) >= 40]
        texts = [plain(entry.body) for entry in rows]
        pairs = [
            (-score, n, m)
            for n, parsed in enumerate(waiting)
            for _, score, m in process.extract_iter(
                plain(parsed.body), texts, scorer=fuzz.ratio, score_cutoff=ALIKE_ANYWHERE * 100
            )
        ]
        for _, n, m in sorted(pairs):
            parsed, entry = waiting[n], rows[m]
            fits = form(parsed) == form(entry)
            if fits and parsed not in self.found and entry.pk not in self.taken:
                self._match(parsed, entry)


def _alike(
    waiting: list[tuple[ParsedEntry, list[str]]], rows: list[tuple[AnyEntry, list[str]]]
) -> Iterator[tuple[tuple[float, ...], ParsedEntry, AnyEntry]]:
    """Pairs of a parsed entry and a row that may be the same; the smallest key is the best."""
    for order, (parsed, new) in enumerate(waiting):
        for number, (entry, old) in enumerate(rows):
            if score := _score(entry.body, parsed.body, old, new):
                yield (-score, abs(order - number), order, number), parsed, entry


def most_alike(parsed: ParsedEntry, entries: Iterable[AnyEntry]) -> AnyEntry | None:
    """The one of `entries` that is nearly the same as a parsed one, or None."""
    words = _words(parsed.body)
    scored = [
        (_score(entry.body, parsed.body, _words(entry.body), words), entry)
        for entry in entries
        if form(entry) == form(parsed)
    ]
    score, best = max(scored, key=lambda pair: pair[0], default=(0, None))
    return best if score >= ALIKE_ANYWHERE else None


def _score(old_text: str, new_text: str, old: list[str], new: list[str]) -> float:
    """How alike two texts, and their words, are: 0 (another entry) to 1.2."""
    if not old or not new:
        return 0
    common = LCSseq.similarity(old, new)
    share = 2 * common / (len(old) + len(new))
    starts = (_BOLD_START.match(old_text), _BOLD_START.match(new_text))
    if starts[0] and starts[1] and starts[0][1].casefold() == starts[1][1].casefold():
        return share + 0.2 if share >= SAME_BOLD_START else 0
    contained = min(len(old), len(new)) >= 6 and common / min(len(old), len(new)) >= 0.85
    return share if share >= ALIKE or contained else 0


def form(entry: EntryLike | ParsedEntry) -> str:
    """Bullets and numbered steps may turn into each other, other kinds may not."""
    listed = (EntryKind.BULLET, EntryKind.NUMBERED)
    return "listed" if entry.kind in listed else str(entry.kind)


def _in_legend(section: ParsedSection) -> Iterator[ParsedEntry]:
    """The bullets without tags below a heading or a bullet that is called “Legend”."""
    is_legend = is_called_legend(section.title)
    for entry in section.walk():
        is_legend = is_legend or is_bullet_called_legend(entry.body)
        if is_legend and form(entry) == "listed" and not entry.signs:
            yield entry


def _label(entry: EntryLike | ParsedEntry) -> tuple[str, str] | None:
    """The kind and the label of what defines one; None for all else."""
    if entry.kind not in (EntryKind.FOOTNOTE, EntryKind.DEFINITION):
        return None
    return entry.kind, entry.body.partition("]:")[0].casefold()


def plain(text: str) -> str:
    """A text with every run of white space as one blank."""
    return " ".join(text.split())


def _words(text: str) -> list[str]:
    return _WORDS.findall(text.casefold())
