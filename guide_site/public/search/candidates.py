"""From terms to the documents worth ranking: the part that the database does."""

import math
from dataclasses import dataclass
from typing import NamedTuple

from django.db import connection

from guide_site.public.search import documents, upkeep
from guide_site.public.search.words import beginnings

MOST = 200  # documents that are ranked
FREQUENT = 1000  # from so many documents on a word is only looked for beside rarer ones
WEAK = 0.2  # of the most that a document has of what was asked: less is not worth ranking


class Document(NamedTuple):
    """A search document, as the database has it."""

    id: int
    kind: str
    ref: int
    section: int | None
    section_kind: str
    service: int | None
    slug: str
    path: str
    head: str
    body: str
    context: str


class Rarity(NamedTuple):
    """How much a term tells (0: no document has it), and whether very many have it."""

    tells: float
    is_frequent: bool


@dataclass(frozen=True)
class Filter:
    """What to look among: slugs of legend tags (all of them), of a service, a kind of section."""

    tags: tuple[str, ...] = ()
    service: str = ""
    kind: str = ""

    @property
    def pairs(self):
        """[(name, value)] as an address has them."""
        found = [("tag", tag) for tag in self.tags]
        found += [("service", self.service), ("kind", self.kind)]
        return [pair for pair in found if pair[1]]

    def conditions(self):
        """[(SQL condition on `id`, parameters)]."""
        found = [
            (
                f"id IN (SELECT 4 * t.entry_id + {documents.ENTRY} FROM entries_entry_tags t "
                "JOIN entries_legendtag l ON l.id = t.legendtag_id WHERE l.slug = %s)",
                [tag],
            )
            for tag in self.tags
        ]
        if self.service:
            found.append(
                (
                    "id IN (SELECT d.id FROM public_searchdocument d "
                    "JOIN services_service v ON v.id = d.service WHERE v.slug = %s)",
                    [self.service],
                )
            )
        if self.kind:
            found.append(
                (
                    "id IN (SELECT id FROM public_searchdocument WHERE section_kind = %s)",
                    [self.kind],
                )
            )
        return found


def rarities(terms):
    """How much each term tells: the logarithm of how few documents have it. One query."""
    # The highest number stands for how many there are: counting would take its time.
    columns, parameters = [f"(SELECT MAX(id) / 4 FROM {upkeep.TABLE})"], []
    for term in terms:
        sql, wanted = _matching([term])
        columns.append(f"(SELECT COUNT(*) FROM ({sql} LIMIT {FREQUENT}) AS found)")
        parameters += wanted
    total, *counts = _rows(f"SELECT {', '.join(columns)}", parameters)[0]
    return [Rarity(_tells(total or 0, count), count >= FREQUENT) for count in counts]


def _tells(total, count):
    return math.log(1 + max(total, count) / (count + 0.5)) if count else 0.0


def best(terms, rarities, among):
    """(Documents of entries, those of sections and services) that have most of it: one query.

    rarities  as the function of that name says
    among     a Filter
    """
    parts, parameters = [], []
    for worth, (sql, wanted) in _searches(terms, rarities):
        parts.append(f"SELECT id, {round(1000 * worth)} AS worth FROM ({sql}) AS found")
        parameters += wanted
    conditions = among.conditions()
    conditions += [
        (f"id IN ({sql})", wanted)
        for sql, wanted in (_matching([term]) for term in terms if term.is_required)
    ]
    where = " AND ".join(condition for condition, _ in conditions) or "1 = 1"
    parameters += [value for _, values in conditions for value in values]
    ranked = (
        f"SELECT id, SUM(worth) AS worth FROM ({' UNION ALL '.join(parts)}) AS hits "
        f"WHERE {where} GROUP BY id ORDER BY worth DESC, id LIMIT {MOST}"
    )
    columns = ", ".join(f"d.{name}" for name in Document._fields)
    rows = _rows(
        f"SELECT {columns}, best.worth FROM ({ranked}) AS best "
        f"JOIN {upkeep.TABLE} d ON d.id = best.id",
        parameters,
    )
    entries = _not_weak([row for row in rows if row[1] == "entry"])
    return entries, _not_weak([row for row in rows if row[1] != "entry"])


def _not_weak(rows):
    least = WEAK * max((row[-1] for row in rows), default=0)
    return [Document(*row[:-1]) for row in rows if row[-1] >= least]


def _searches(terms, rarities):
    """[(worth, SQL and parameters)]: each term anywhere, and again in titles, names and leads.

    What very many documents have is looked for only in those that have something rarer too.
    """
    weighed = [(term, rarity) for term, rarity in zip(terms, rarities, strict=True) if rarity.tells]
    rare = [term for term, rarity in weighed if not rarity.is_frequent]
    if not rare and len(weighed) > 1:  # all of them are everywhere: together, then
        together = sum(rarity.tells for _, rarity in weighed)
        yield together, _matching([term for term, _ in weighed])
    for term, rarity in weighed:
        beside = [rare] if rare and rarity.is_frequent else []
        worth = rarity.tells * term.weight
        if rare or len(weighed) == 1:
            yield worth, _matching([term], beside)
        if term.weight == 1:
            yield worth, _matching([term], beside, head_only=True)


def _matching(terms, beside=(), *, head_only=False):
    """(SQL, parameters) for documents that have all `terms`, and one of each list in `beside`."""
    groups = [_all_forms([term]) for term in terms] + [_all_forms(others) for others in beside]
    return upkeep.dialect().matching(groups, head_only=head_only)


def _all_forms(terms):
    return [form for term in terms for variant in term.variants for form in _forms(variant)]


def _forms(variant):
    """[(words side by side, whether the last is only a beginning)] that may be the variant."""
    *before, last = variant.words
    if variant.is_beginning:
        return [(variant.words, True)]
    exact, begun = beginnings(last)
    forms = [((*before, word), False) for word in sorted(exact)]
    return forms + [((*before, word), True) for word in sorted(begun)]


def _rows(sql, parameters):
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()
