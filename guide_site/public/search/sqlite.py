"""The index on SQLite: an FTS5 table beside the search documents, which triggers keep the same."""

import sqlite3

from django.db import DatabaseError

FRAGMENTS = {
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


def create_trigger(trigger):
    """Statements that make a trigger of `triggers.TRIGGERS`."""
    differ = " OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in trigger.columns)
    of = f" OF {', '.join(trigger.columns)}" if trigger.columns else ""
    when = f" WHEN {differ}" if differ else ""
    body = " ".join(f"{statement};" for statement in trigger.statements)
    event = f"{trigger.event}{of} ON {trigger.table}"
    return [f"CREATE TRIGGER {trigger.name} AFTER {event} FOR EACH ROW{when} BEGIN {body} END"]


def create_own_triggers():
    """Statements that keep the FTS5 table what the documents are."""
    return [
        f"CREATE TRIGGER {name} AFTER {event} ON public_searchdocument "
        f"BEGIN {' '.join(f'{statement};' for statement in statements)} END"
        for name, (event, statements) in _OWN.items()
    ]


def own_triggers():
    """Their names."""
    return set(_OWN)


def drop_trigger(name, table):
    """Statements that remove a trigger, if it is there."""
    return [f"DROP TRIGGER IF EXISTS {name}"]


def matching(groups, *, head_only=False):
    """(SQL that selects numbers of documents, its parameters) for one variant of each group.

    groups    [[(words that stand side by side, whether the last is only a beginning)]]
    head_only look for the first group in titles, names and leads only
    """
    wanted = [f"({' OR '.join(_phrase(*variant) for variant in group)})" for group in groups]
    if head_only:
        wanted[0] = f"({{head}} : {wanted[0]})"
    sql = "SELECT rowid AS id FROM public_search WHERE public_search MATCH %s"
    return sql, [" AND ".join(wanted)]


def _phrase(words, begins):
    return f'"{" ".join(words)}"{" *" if begins else ""}'


def problem(cursor):
    """What is wrong with the index itself, or None."""
    try:
        cursor.execute(
            "INSERT INTO public_search(public_search, rank) VALUES ('integrity-check', 1)"
        )
    except (DatabaseError, sqlite3.DatabaseError) as error:
        return f"the FTS5 table differs from the search documents ({error})"
    return None
