"""Which revision of the guide a file was made from: the one that explains the file best.

Guide and file are compared by features: the text of each section and entry, and the same with
that of the row above. Whatever only one of the two has costs a little. A text of the file that
the guide once had and has no more costs much: seldom does a file go back by itself, so that it is
older than that. The features of the guide are followed from revision to revision; each costs no
more time than the rows that it touched.
"""

from __future__ import annotations

from bisect import insort
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any, NamedTuple, TypeAlias

from entries.imports.entry_matching import plain
from entries.markdown.parsed import ParsedEntry, ParsedGuide, with_section_above
from entries.models import Entry, LegendTag, Section
from entries.reading.past import Stored, stored, versions_of

MOST_VERSIONS = 50_000  # how many versions, the newest ones, are looked at
_FOLLOWS = "follows"  # begins a feature of order: it tells only what is equal otherwise
LOST = 10  # what it costs that the file has a text that the guide has no more
WORD = 2  # what it costs that only one of the two has a word: as much as the features of a text

Key: TypeAlias = tuple[str, int]  # “section” or “entry”, and its primary key
Feature: TypeAlias = tuple[Hashable, ...]


class Nearest(NamedTuple):
    """The revision that explains a file best.

    revision   its number, the oldest if there are several
    likeness   share of the features of the file that the guide had then, 0 to 1
    equal      all revisions without any difference, but perhaps in spacing; if there is none,
               those whose order is most alike
    looked_at  how many revisions were looked at, and
    is_all     whether these are all
    """

    revision: int
    likeness: float
    equal: list[int]
    looked_at: int
    is_all: bool


class _Row(NamedTuple):
    """A row that is live: where it stands and what it says."""

    parent: Key | None
    position: int
    text: str


def nearest(guide: ParsedGuide) -> Nearest | None:
    """The revision that a parsed file was most probably made from; None without a guide."""
    start = _first_revision()
    states = _States(Counter(_of_file(guide)), Counter(_words_of_file(guide)))
    best: tuple[int, float, int] | None = None  # cost, likeness, revision
    equal: list[tuple[int, int]] = []  # order, revision
    looked_at = 0
    for revision, rows in groupby(_changes(start), key=lambda change: change[0]):
        states.change({key: row for _, key, row in rows})
        looked_at += 1
        if best is None or states.cost < best[0]:
            best = states.cost, states.likeness, revision
        if not states.cost:
            equal.append((states.disorder, revision))
    if best is None:
        return None
    alike = [revision for disorder, revision in equal if disorder == min(equal)[0]]
    return Nearest(best[2], best[1], alike, looked_at, start == 0)


class _States:
    """The guide at one revision after the other, and what it costs to explain a file by it."""

    def __init__(self, wanted: Mapping[Feature, int], words: Counter[str]) -> None:
        self.words_wanted, self.words = words, Counter[str]()
        self.words_off = words.total()  # that only the file has, or only the guide
        self.order = {f: n for f, n in wanted.items() if f[0] == _FOLLOWS}
        self.disorder = sum(self.order.values())  # what follows something else than in the file
        self.wanted = wanted = {f: n for f, n in wanted.items() if f[0] != _FOLLOWS}
        self.missing = self.size = sum(wanted.values())  # what the guide has not, or not enough
        self.extra = 0  # what only the guide has
        self.lost: Counter[Feature] = Counter()  # of the missing, what the guide once had
        self.lost_size = 0
        self.rows: dict[Key, _Row] = {}
        self.below: dict[Key | None, list[tuple[int, Key]]] = defaultdict(list)
        self.count: Counter[Feature] = Counter()
        self.known: dict[Key | None, list[Feature]] = {}

    @property
    def cost(self) -> int:
        """0: file and guide are the same."""
        return self.missing + self.extra + LOST * self.lost_size + WORD * self.words_off

    @property
    def likeness(self) -> float:
        """The share of the features of the file that the guide has."""
        return 1 - self.missing / self.size if self.size else 0

    def change(self, rows: Mapping[Key, _Row | None]) -> None:
        """Take over what a revision made of some rows; None: it is not in the guide then."""
        touched: set[Key | None] = set()
        for key, row in rows.items():
            if old := self.rows.pop(key, None):
                self.below[old.parent].remove((old.position, key))
                touched.add(old.parent)
                self._remove_words(old.text)
            if row:
                self.rows[key] = row
                self._add_words(row.text)
                insort(self.below[row.parent], (row.position, key))
                touched.add(row.parent)
            if self.below.get(key):
                touched.add(key)
        for parent in touched:
            self._refresh(parent)

    def _refresh(self, parent: Key | None) -> None:
        """The features of the rows right below `parent`, instead of those known so far."""
        for feature in self.known.get(parent, ()):
            self._remove(feature)
        above = self.rows[parent].text if parent in self.rows else ""
        children = [(key[0], self.rows[key].text) for _, key in self.below[parent]]
        self.known[parent] = list(_features(above, children))
        for feature in self.known[parent]:
            self._add(feature)

    def _remove_words(self, text: str) -> None:
        for word in text.split():
            self.words[word] -= 1
            self.words_off += -1 if self.words[word] >= self.words_wanted[word] else 1

    def _add_words(self, text: str) -> None:
        for word in text.split():
            self.words_off += 1 if self.words[word] >= self.words_wanted[word] else -1
            self.words[word] += 1

    def _remove(self, feature: Feature) -> None:
        if feature[0] == _FOLLOWS:
            is_extra = self.count[feature] > self.order.get(feature, 0)
            self.disorder += -1 if is_extra else 1
        elif self.count[feature] > self.wanted.get(feature, 0):
            self.extra -= 1
        else:
            self.missing += 1
            self.lost[feature] += 1
            self.lost_size += 1
        self.count[feature] -= 1

    def _add(self, feature: Feature) -> None:
        if feature[0] == _FOLLOWS:
            is_extra = self.count[feature] >= self.order.get(feature, 0)
            self.disorder += 1 if is_extra else -1
        elif self.count[feature] >= self.wanted.get(feature, 0):
            self.extra += 1
        else:
            self.missing -= 1
            if self.lost[feature]:
                self.lost[feature] -= 1
                self.lost_size -= 1
        self.count[feature] += 1


def _features(above: str, children: Iterable[tuple[str, str]]) -> Iterator[Feature]:
    previous = ""
    for kind, text in children:
        yield kind, text
        yield kind, text, above
        yield _FOLLOWS, kind, text, previous
        previous = text


def _of_file(guide: ParsedGuide) -> Iterator[Feature]:
    below: dict[Any, list[tuple[str, str]]] = defaultdict(list)
    titles: dict[Any, str] = {None: ""}

    def add(entries: Iterable[ParsedEntry], above: str) -> Iterator[Feature]:
        texts = [_text(entry.body, entry.signs) for entry in entries]
        yield from _features(above, (("entry", text) for text in texts))
        for entry, text in zip(entries, texts, strict=True):
            yield from add(entry.children, text)

    for section, parent in with_section_above(guide.sections):
        titles[section] = _text(section.title, section.signs)
        below[parent].append(("section", titles[section]))
        yield from add(section.entries, titles[section])
    for parent, children in below.items():
        yield from _features(titles[parent], children)


def _words_of_file(guide: ParsedGuide) -> Iterator[str]:
    for section in guide.sections:
        yield from _text(section.title, section.signs).split()
    for entry in guide.walk():
        yield from _text(entry.body, entry.signs).split()


def _text(text: str, signs: Iterable[str]) -> str:
    return " ".join([plain(text), *sorted(set(signs))])


def _first_revision() -> int:
    """The revision to begin after: 0, unless there are too many versions to look at all."""
    newest: list[int] = []
    for model in (Section, Entry):
        numbers = versions_of(model).order_by("-pk").values_list("revision_id", flat=True)
        newest += numbers[MOST_VERSIONS : MOST_VERSIONS + 1]
    return max(newest, default=0)


def _changes(start: int) -> Iterator[tuple[int, Key, _Row | None]]:
    """(revision, key, row) in the order of revisions; before all, the guide as of `start`."""
    signs = {tag.pk: tag.key for tag in LegendTag.objects.all()}
    changes: list[tuple[int, Key, _Row | None]] = []
    for model in (Section, Entry):
        if start:
            changes += (_change(model, old, signs, start) for old in stored(model, until=start))
        changes += (_change(model, new, signs, new.revision) for new in stored(model, after=start))
    changes.sort(key=lambda change: change[0])
    yield from changes


def _change(
    model: type[Entry] | type[Section], version: Stored, signs: Mapping[int, str], revision: int
) -> tuple[int, Key, _Row | None]:
    fields = version.fields
    kind = "section" if model is Section else "entry"
    key = kind, version.pk
    if fields["retired_at"]:
        return revision, key, None
    tags = [signs[pk] for pk in map(int, fields.get("tags", ())) if pk in signs]
    parent: Key | None = (kind, fields["parent"]) if fields["parent"] else None
    if model is Entry and parent is None:
        parent = "section", fields["section"]
    words = fields["title"] if model is Section else fields["body"]
    return revision, key, _Row(parent, fields["position"], _text(words, tags))
