"""When the rows of the catalogue and the lines of the tables were published.

All is told in numbers of revisions, and read only when somebody asks. What the open revision
writes has no number yet: it counts as NOW.
"""

import sys
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cached_property
from itertools import takewhile
from typing import Any, Final, NamedTuple, TypeAlias, TypeVar

from django.db.models import Max, Model
from reversion.models import Version

from entries.markdown.writer import own_source
from entries.models import Entry, EntryKind
from guide_site.core.definitions import Links
from guide_site.core.history import Written
from services.tables.cells import footnote_marks
from services.tables.matching import key
from services.tables.table import FoundMatrix, FoundReleases, Row, find

NOW: Final = sys.maxsize
Found: TypeAlias = FoundMatrix[Entry] | FoundReleases[Entry]
Subject = TypeVar("Subject")
Result = TypeVar("Result")


class Text(NamedTuple):
    """The source and the text of an entry since a revision; "" while a file lacked it."""

    revision: int
    verbatim: str
    body: str


class Past:
    """What reversion knows of the catalogue and of the tables.

    signs      the signs of the legend
    footnotes  returns the primary keys of entries that may explain a footnote mark
    written    what the open revision has written
    links      returns the link definitions of the guide
    """

    def __init__(
        self,
        signs: Collection[str],
        footnotes: Callable[[], Iterable[int]],
        *,
        written: Written,
        links: Callable[[], Links],
    ) -> None:
        self.signs, self.footnotes, self.written, self.links = signs, footnotes, written, links
        self._known: dict[Any, Any] = {}

    def _once(self, read: Callable[[Subject], Result], subject: Subject) -> Result:
        what = read.__name__, subject
        if what not in self._known:
            self._known[what] = read(subject)
        result: Result = self._known[what]
        return result

    def latest(self, model: type[Model]) -> dict[int, int]:
        """{primary key: the last revision that wrote the row}, deleted rows too."""
        return self._once(self._latest, model)

    def _latest(self, model: type[Model]) -> dict[int, int]:
        versions = Version.objects.get_for_model(model).order_by()
        latest = versions.values_list("object_id").annotate(Max("revision"))
        published = {int(pk): revision for pk, revision in latest}
        return published | dict.fromkeys(self.written.get(model, ()), NOW)

    def former(self, model: type[Model]) -> Mapping[str, set[int]]:
        """{key of a name: the set of primary keys that ever had it}."""
        return self._once(_former, model)

    def text_since(self, entry: Entry) -> int:
        """The revision that gave an entry the text it has."""
        own = own_source(entry)
        return _since(self._once(self._texts, entry), lambda source: source == own)

    def is_older(self, found_table: Found, row: Row, revision: int) -> bool:
        """True if a row, as it reads now, was in its table when `revision` was published."""
        return revision == NOW or revision >= self.row_since(found_table, row)

    def row_since(self, found_table: Found, row: Row) -> int:
        """The revision that put a row, as it reads now, into its table."""
        line = row.text.strip()
        since = _since(self._once(self._texts, found_table.entry), lambda source: line in source)
        return max(since, self._footnotes_since) if footnote_marks(line) else since

    @cached_property
    def _footnotes_since(self) -> int:
        return max((self.latest(Entry).get(pk, 0) for pk in self.footnotes()), default=0)

    def lacks_since(self, found_table: Found, is_it: Callable[[str], bool]) -> int:
        """The revision from which on no table of the guide had a row with a name that `is_it`.

        It is at least the one from which on the table `found_table` stands in the guide.
        """
        since = _since(self._once(self._texts, found_table.entry), bool)
        for entry in self._once(_tables, Entry):
            newer = since
            for text in self._once(self._texts, entry):
                if any(map(is_it, self._names(text, found_table.kind))):
                    since = max(since, newer)
                    break
                newer = text.revision
        return since

    def _texts(self, entry: Entry) -> list[Text]:
        """The Texts of an entry, the newest first: none while it is missing in the file."""
        versions = Version.objects.get_for_object(entry).order_by("-revision_id")
        fields = [(version.revision_id, version.field_dict) for version in versions]
        texts = [
            Text(n, "", "")
            if old["retired_at"] and not old["verbatim"]
            else Text(n, old["verbatim"] or old["body"], old["body"])
            for n, old in fields
        ]
        if entry.pk in self.written.get(Entry, ()):
            texts.insert(0, Text(NOW, own_source(entry), entry.body))
        return texts

    def _names(self, text: Text, kind: str) -> list[str]:
        """The names in the rows of a table as it was, if it was one of that kind."""
        names = self._once(self._names_by_kind, text)
        return [name for its_kind, name in names if its_kind == kind]

    def _names_by_kind(self, text: Text) -> list[tuple[str, str]]:
        tables = find([text], signs=self.signs, texts=list, links=self.links)
        return [(each.kind, each.name(row)) for each in tables.all for row in each.table.rows]


def _former(model: type[Model]) -> dict[str, set[int]]:
    former: dict[str, set[int]] = defaultdict(set)
    versions = Version.objects.get_for_model(model).order_by()
    for pk, name in versions.values_list("object_id", "object_repr").distinct():
        former[key(name)].add(int(pk))
    return former


def _tables(model: type[Entry]) -> list[Entry]:
    return list(model.objects.filter(kind=EntryKind.TABLE))


def _since(texts: Iterable[Text], fits: Callable[[str], object]) -> int:
    """The oldest of the newest revisions whose source fits; 0 if the newest does not."""
    standing = takewhile(lambda text: fits(text.verbatim), texts)
    return min((text.revision for text in standing), default=0)
