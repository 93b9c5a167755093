"""When the rows of the catalogue and the lines of the tables were published.

All is told in numbers of revisions, and read only when somebody asks.
"""

from collections import defaultdict
from functools import cached_property
from itertools import takewhile
from typing import NamedTuple

from django.db.models import Max
from reversion.models import Version

from entries.markdown.writer import own_source
from entries.models import Entry, EntryKind
from services.tables.cells import marks
from services.tables.matching import key
from services.tables.table import find


class Text(NamedTuple):
    """The source and the text of an entry since a revision; both "" while it was retired."""

    revision: int
    verbatim: str
    body: str


class Past:
    """What reversion knows of the catalogue and of the tables.

    signs      the signs of the legend
    footnotes  callable; its keys are the entries that may explain a footnote mark
    """

    def __init__(self, signs, footnotes):
        self.signs, self.footnotes = signs, footnotes
        self.known = {}

    def _once(self, read, subject):
        what = read.__name__, subject
        if what not in self.known:
            self.known[what] = read(subject)
        return self.known[what]

    def latest(self, model):
        """{primary key: the last revision that holds the row}, deleted rows too."""
        return self._once(_latest, model)

    def former(self, model):
        """{key of a name: the set of primary keys that ever had it}."""
        return self._once(_former, model)

    def text_since(self, entry):
        """The revision that gave an entry the text it has."""
        own = own_source(entry)
        return _since(self._once(_texts, entry), lambda source: source == own)

    def row_since(self, found, row):
        """The revision that put a row, as it reads now, into its table."""
        line = row.text.strip()
        since = _since(self._once(_texts, found.entry), lambda source: line in source)
        return max(since, self._footnotes_since) if marks(line) else since

    @cached_property
    def _footnotes_since(self):
        return max((self.latest(Entry).get(pk, 0) for pk in self.footnotes()), default=0)

    def lacks_since(self, found, is_it):
        """The revision from which on no table of the guide had a row with a name that `is_it`.

        It is at least the one from which on the table `found` stands in the guide.
        """
        since = _since(self._once(_texts, found.entry), bool)
        for entry in self._once(_tables, Entry):
            newer = since
            for text in self._once(_texts, entry):
                if any(map(is_it, self._names(text, found.kind))):
                    since = max(since, newer)
                    break
                newer = text.revision
        return since

    def _names(self, text, kind):
        """The names in the rows of a table as it was, if it was one of that kind."""
        if text not in self.known:
            found = find([text], signs=self.signs, texts=list)
            self.known[text] = [
                (one.kind, one.name(row)) for one in found for row in one.table.rows
            ]
        return [name for one, name in self.known[text] if one == kind]


def _latest(model):
    versions = Version.objects.get_for_model(model).order_by()
    found = versions.values_list("object_id").annotate(Max("revision"))
    return {int(pk): revision for pk, revision in found}


def _former(model):
    found = defaultdict(set)
    versions = Version.objects.get_for_model(model).order_by()
    for pk, name in versions.values_list("object_id", "object_repr").distinct():
        found[key(name)].add(int(pk))
    return found


def _tables(model):
    return list(model.objects.filter(kind=EntryKind.TABLE))


def _texts(entry):
    """The Texts of an entry, the newest first."""
    versions = Version.objects.get_for_object(entry).order_by("-revision_id")
    fields = [(version.revision_id, version.field_dict) for version in versions]
    return [
        Text(n, "", "")
        if old["retired_at"]
        else Text(n, old["verbatim"] or old["body"], old["body"])
        for n, old in fields
    ]


def _since(texts, fits):
    """The oldest of the newest revisions whose source fits; 0 if the newest does not."""
    standing = takewhile(lambda text: fits(text.verbatim), texts)
    return min((text.revision for text in standing), default=0)
