"""The dialect of SQLite: an FTS5 table that triggers keep equal to the search documents."""

import sqlite3
from collections.abc import Sequence

from django.db import DatabaseError
from django.db.backends.utils import CursorWrapper

from guide_site.public.search.dialects import Form, Sql
from guide_site.public.search.triggers import Trigger

FRAGMENTS = {
    "{is_one_of}": "IN (",
    "{end}": ")",
    "{position}": "instr",
    "{labels}": """(SELECT group_concat(label, ' ') FROM (
      SELECT l.label FROM entries_entry_tags t JOIN entries_legendtag l ON l.id = t.legendtag_id
      WHERE t.entry_id = e.id ORDER BY l.position, l.id))""",
}
_COLUMNS = "head, body, context"
_NEW, _OLD = "new.id, new.head, new.body, new.context", "old.id, old.head, old.body, old.context"
_ADD = f"INSERT INTO public_search(rowid, {_COLUMNS}) VALUES ({_NEW})"
_DROP = f"INSERT INTO public_search(public_search, rowid, {_COLUMNS}) VALUES ('delete', {_OLD})"
_OWN = {  # triggers on the documents themselves
    "search_document_insert": ("INSERT", [_ADD]),
    "search_document_delete": ("DELETE", [_DROP]),
    "search_document_update": ("UPDATE", [_DROP, _ADD]),
}

CREATE = [
    f"""CREATE VIRTUAL TABLE public_search USING fts5({_COLUMNS}, content='public_searchdocument',
      content_rowid='id', tokenize='unicode61 remove_diacritics 2', prefix='3 4 5')"""
]
REMOVE = ["DROP TABLE IF EXISTS public_search"]
REFILL = ["INSERT INTO public_search(public_search) VALUES ('rebuild')"]
SETTLE = ["INSERT INTO public_search(public_search) VALUES ('optimize')"]
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
        cursor.execute(
            "INSERT INTO public_search(public_search, rank) VALUES ('integrity-check', 1)"
        )
    except (DatabaseError, sqlite3.DatabaseError) as error:
        return f"the FTS5 table differs from the search documents ({error})"
    return None
