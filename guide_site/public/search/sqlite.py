"""The dialect of SQLite: an FTS5 table of the words of the search documents, kept by triggers."""

import json
import sqlite3
from collections.abc import Callable, Sequence
from typing import Any

from django.db import DatabaseError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

from guide_site.public.search.dialects import Form, Sql
from guide_site.public.search.triggers import Trigger
from guide_site.public.search.words import searchable, vocabulary

FRAGMENTS = {
    "{is_one_of}": "IN (",
    "{end}": ")",
    "{position}": "instr",
    "{labels}": """(SELECT group_concat(label, ' ') FROM (
      SELECT l.label FROM entries_entry_tags t JOIN entries_legendtag l ON l.id = t.legendtag_id
      WHERE t.entry_id = e.id ORDER BY l.position, l.id))""",
}
_COLUMNS = "head, body, context"
_FOLDED = ", ".join(f"search_words({{row}}.{name})" for name in _COLUMNS.split(", "))
_ADD = f"INSERT INTO public_search(rowid, {_COLUMNS}) VALUES (new.id, {_FOLDED.format(row='new')})"
_LEARN = (
    "INSERT OR IGNORE INTO public_searchword(word, backwards) "
    "SELECT value, search_backwards(value) FROM json_each(search_vocabulary("
    "{row}.head || ' ' || {row}.body || ' ' || {row}.context))"
)
_DROP = "DELETE FROM public_search WHERE rowid = old.id"
_OWN = {  # triggers on the documents themselves
    "search_document_insert": ("INSERT", [_ADD, _LEARN.format(row="new")]),
    "search_document_delete": ("DELETE", [_DROP]),
    "search_document_update": ("UPDATE", [_DROP, _ADD, _LEARN.format(row="new")]),
}

# The table holds the words as `words.py` finds them, so only spaces separate them here.
CREATE = [
    f"""CREATE VIRTUAL TABLE public_search USING fts5({_COLUMNS}, prefix='3 4 5',
      tokenize="unicode61 remove_diacritics 0 categories 'L* M* N* P* S* C*'")""",
    "CREATE TABLE public_searchword(word text PRIMARY KEY, backwards text NOT NULL) WITHOUT ROWID",
    "CREATE INDEX search_backwards ON public_searchword(backwards)",
]
REMOVE = ["DROP TABLE IF EXISTS public_search", "DROP TABLE IF EXISTS public_searchword"]
REFILL = [
    "DELETE FROM public_search",
    f"INSERT INTO public_search(rowid, {_COLUMNS}) "
    f"SELECT d.id, {_FOLDED.format(row='d')} FROM public_searchdocument d",
    "DELETE FROM public_searchword",
    _LEARN.format(row="d").replace("FROM ", "FROM public_searchdocument d, ", 1),
]
SETTLE = ["INSERT INTO public_search(public_search) VALUES ('optimize')"]
_UNKNOWN = """SELECT COUNT(*) FROM (
  SELECT value FROM public_searchdocument d,
    json_each(search_vocabulary(d.head || ' ' || d.body || ' ' || d.context))
  EXCEPT SELECT word FROM public_searchword)"""
INSTALLED = (
    "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'search\\_%' ESCAPE '\\'"
)


def create_trigger(trigger: Trigger) -> list[str]:
    """Statements that create a trigger on a table of the guide."""
    differ = " OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in trigger.columns)
    of = f" OF {', '.join(trigger.columns)}" if trigger.columns else ""
    when = f" WHEN {differ}" if differ else ""
    body = " ".join(f"{statement};" for statement in trigger.statements)
    event = f"{trigger.event}{of} ON {trigger.table}"
    return [f"CREATE TRIGGER {trigger.name} AFTER {event} FOR EACH ROW{when} BEGIN {body} END"]


def create_own_triggers() -> list[str]:
    """Statements that create the triggers which copy the documents into the FTS5 table."""
    return [
        f"CREATE TRIGGER {name} AFTER {event} ON public_searchdocument "
        f"BEGIN {' '.join(f'{statement};' for statement in statements)} END"
        for name, (event, statements) in _OWN.items()
    ]


def own_triggers() -> set[str]:
    """Names of the triggers on the documents themselves."""
    return set(_OWN)


def drop_trigger(name: str, table: str) -> list[str]:
    """Statements that remove a trigger, if it is there."""
    return [f"DROP TRIGGER IF EXISTS {name}"]


def matching(groups: Sequence[Sequence[Form]], *, head_only: bool = False) -> Sql:
    """A query for the `id` of documents that have one form of each group.

    head_only  look for the first group in titles, names and leads only
    """
    conditions = [f"({' OR '.join(map(_phrase, forms))})" for forms in groups]
    if head_only:
        conditions[0] = f"({{head}} : {conditions[0]})"
    sql = "SELECT rowid AS id FROM public_search WHERE public_search MATCH %s"
    return Sql(sql, [" AND ".join(conditions)])


def _phrase(form: Form) -> str:
    return f'"{" ".join(form.words)}"{" *" if form.is_beginning else ""}'


def problem(cursor: CursorWrapper) -> str | None:
    """What is wrong with the index itself, or None."""
    try:
        cursor.execute("INSERT INTO public_search(public_search) VALUES ('integrity-check')")
    except (DatabaseError, sqlite3.DatabaseError) as error:
        return f"the FTS5 table is damaged ({error})"
    wanted = f"SELECT d.id, {_FOLDED.format(row='d')} FROM public_searchdocument d"
    here = f"SELECT rowid, {_COLUMNS} FROM public_search"
    cursor.execute(
        f"SELECT COUNT(*) FROM (SELECT * FROM ({wanted} EXCEPT {here}) UNION ALL "
        f"SELECT * FROM ({here} EXCEPT {wanted}))"
    )
    wrong: int = cursor.fetchone()[0]
    if wrong:
        return f"{wrong} rows of the FTS5 table differ from the search documents"
    cursor.execute(_UNKNOWN)
    unknown: int = cursor.fetchone()[0]
    return f"{unknown} words of the guide are not among the known ones" if unknown else None


def add_functions(connection: BaseDatabaseWrapper, **signal: Any) -> None:
    """Give a connection the SQL functions of the triggers; receives `connection_created`."""
    if connection.vendor == "sqlite":
        for name, function in _FUNCTIONS.items():
            connection.connection.create_function(name, 1, function, deterministic=True)


_FUNCTIONS: dict[str, Callable[[str], str]] = {
    "search_words": searchable,
    "search_vocabulary": lambda text: json.dumps(sorted(vocabulary(text))),
    "search_backwards": lambda word: word[::-1],
}
