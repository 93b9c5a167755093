"""From terms to the documents worth ranking: the part that the database does."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db import connection

from entries.models import WITH_TAGS_AND_BELOW
from entries.reading.tag_choice import TagChoice
from guide_site.public.search import documents, upkeep
from guide_site.public.search.dialects import Form, Sql
from guide_site.public.search.documents import Document
from guide_site.public.search.query import Term, Variant
from guide_site.public.search.ranking import Rarity
from guide_site.public.search.words import forms

MOST = 200  # documents that are ranked
FREQUENT = 1000  # from so many documents on a word is only looked for beside rarer ones
WEAK = 0.2  # of the most of the query that a document has: less is not worth ranking


_ALL = TagChoice()


@dataclass(frozen=True)
class Filter:
    """What to search in."""

    choice: TagChoice = _ALL  # legend tags that an entry must have, or must not
    service: str = ""  # slug of a service
    kind: str = ""  # a SectionKind
    entries: Sql | None = None  # a query for primary keys of entries: only these, and no places

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Its parameters in an address: pairs of name and value."""
        pairs = [*self.choice.pairs]
        pairs += [("service", self.service), ("kind", self.kind)]
        return [pair for pair in pairs if pair[1]]

    def conditions(self) -> list[Sql]:
        """Its SQL conditions on the `id` of a document."""
        tags, is_any = list(self.choice.tags), self.choice.is_any
        conditions = [_carrying(tags)] if is_any and tags else [_carrying([tag]) for tag in tags]
        if hide := list(self.choice.hide):
            hidden = WITH_TAGS_AND_BELOW.format(_marks(hide))
            numbers = f"SELECT 4 * id + {documents.ENTRY} FROM ({hidden}) AS hidden_entries"
            conditions.append(Sql(f"id NOT IN ({numbers})", hide))
        if self.service:
            conditions.append(
                Sql(
                    "id IN (SELECT d.id FROM public_searchdocument d "
                    "JOIN services_service v ON v.id = d.service WHERE v.slug = %s)",
                    [self.service],
                )
            )
        if self.kind:
            conditions.append(
                Sql(
                    "id IN (SELECT id FROM public_searchdocument WHERE section_kind = %s)",
                    [self.kind],
                )
            )
        if self.entries:
            numbers = f"SELECT 4 * id + {documents.ENTRY} FROM ({self.entries.text}) AS wanted"
            conditions.append(Sql(f"id IN ({numbers})", self.entries.parameters))
        return conditions


def _carrying(slugs: list[str]) -> Sql:
    """The condition that an entry has one of these legend tags."""
    return Sql(
        f"id IN (SELECT 4 * t.entry_id + {documents.ENTRY} FROM entries_entry_tags t "
        f"JOIN entries_legendtag l ON l.id = t.legendtag_id WHERE l.slug IN ({_marks(slugs)}))",
        slugs,
    )


def _marks(values: Sequence[str]) -> str:
    return ", ".join(["%s"] * len(values))


class Candidates(NamedTuple):
    """Documents that are worth ranking."""

    entries: list[Document]
    places: list[Document]  # sections and services


class _Search(NamedTuple):
    """A search for documents that adds `worth` to each it finds."""

    worth: float
    sql: Sql


def rarities(terms: Iterable[Term]) -> list[Rarity]:
    """How much each term tells: the logarithm of how few documents have it. One query."""
    # The highest number of a document approximates their count, which would take time to get.
    columns = [f"(SELECT MAX(id) / 4 FROM {upkeep.TABLE})"]
    parameters: list[Any] = []
    for term in terms:
        sql = _matching([term])
        columns.append(f"(SELECT COUNT(*) FROM ({sql.text} LIMIT {FREQUENT}) AS found)")
        parameters += sql.parameters
    total, *counts = _rows(f"SELECT {', '.join(columns)}", parameters)[0]
    return [Rarity(_tells(total or 0, count), count >= FREQUENT) for count in counts]


def _tells(total: int, count: int) -> float:
    return math.log(1 + max(total, count) / (count + 0.5)) if count else 0.0


def best(terms: Sequence[Term], rarities: Sequence[Rarity], among: Filter) -> Candidates:
    """The documents that have most of the terms, in one query.

    rarities  one for each term, from the function of that name
    """
    parts: list[str] = []
    parameters: list[Any] = []
    for worth, sql in _searches(terms, rarities):
        parts.append(f"SELECT id, {round(1000 * worth)} AS worth FROM ({sql.text}) AS found")
        parameters += sql.parameters
    required = [_matching([term]) for term in terms if term.is_required]
    conditions = among.conditions()
    conditions += [Sql(f"id IN ({sql.text})", sql.parameters) for sql in required]
    where = " AND ".join(condition.text for condition in conditions) or "1 = 1"
    parameters += [value for condition in conditions for value in condition.parameters]
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
    return Candidates(
        entries=_not_weak([row for row in rows if row[1] == "entry"]),
        places=_not_weak([row for row in rows if row[1] != "entry"]),
    )


def _not_weak(rows: Sequence[tuple[Any, ...]]) -> list[Document]:
    """The rows whose last column, their worth, is not far below the highest."""
    least = WEAK * max((row[-1] for row in rows), default=0)
    return [Document(*row[:-1]) for row in rows if row[-1] >= least]


def _searches(terms: Sequence[Term], rarities: Sequence[Rarity]) -> Iterator[_Search]:
    """Searches for each term anywhere, again in titles, names and leads, and just as typed.

    A frequent term is looked for only in documents that have a rarer one, too.
    """
    weighed = [(term, rarity) for term, rarity in zip(terms, rarities, strict=True) if rarity.tells]
    rare = [term for term, rarity in weighed if not rarity.is_frequent]
    if not rare and len(weighed) > 1:  # all are frequent: look for documents with all of them
        together = sum(rarity.tells for _, rarity in weighed)
        yield _Search(together, _matching([term for term, _ in weighed]))
    for term, rarity in weighed:
        beside = [rare] if rare and rarity.is_frequent else []
        worth = rarity.tells * term.weight
        if rare or len(weighed) == 1:
            yield _Search(worth, _matching([term], beside))
        if term.weight == 1:
            yield _Search(worth, _matching([term], beside, head_only=True))
            if rare or len(weighed) == 1:
                yield _Search(worth / 2, _matching([term], beside, as_typed=True))


def _matching(
    terms: Sequence[Term],
    beside: Sequence[Sequence[Term]] = (),
    *,
    head_only: bool = False,
    as_typed: bool = False,
) -> Sql:
    """SQL for documents that have all `terms`, and one of each list in `beside`.

    as_typed  the terms count only in the form that was typed
    """
    of = _as_typed if as_typed else _all_forms
    groups = [of([term]) for term in terms] + [_all_forms(others) for others in beside]
    return upkeep.dialect().matching(groups, head_only=head_only)


def _all_forms(terms: Sequence[Term]) -> list[Form]:
    return [form for term in terms for variant in term.variants for form in _forms(variant)]


def _as_typed(terms: Sequence[Term]) -> list[Form]:
    firsts = [term.variants[0] for term in terms]
    return [Form(variant.words, variant.is_beginning) for variant in firsts]


def _forms(variant: Variant) -> list[Form]:
    """What to look for to find the variant: its last word in all its forms."""
    *before, last = variant.words
    if variant.is_beginning:
        return [Form(variant.words, True)]
    of_last = forms(last)
    whole = [Form((*before, word), False) for word in sorted(of_last.words)]
    return whole + [Form((*before, word), True) for word in sorted(of_last.beginnings)]


def _rows(sql: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows
