"""Installs the search index, rebuilds it and checks it. Knows no models."""

from collections.abc import Iterable
from typing import Any

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from guide_site.public.search import documents, postgresql, sqlite
from guide_site.public.search.dialects import Dialect
from guide_site.public.search.triggers import TRIGGERS

TABLE = "public_searchdocument"
WORDS = "public_searchword"  # all words that are spelled right; some may be of older texts

_DIALECTS: dict[str, Dialect] = {"sqlite": sqlite, "postgresql": postgresql}


def dialect() -> Dialect:
    """The module for the database in use."""
    return _DIALECTS[connection.vendor]


def install() -> None:
    """Create all triggers again."""
    remove()
    for trigger in TRIGGERS:
        _run(dialect().create_trigger(trigger))
    _run(dialect().create_own_triggers())


def remove() -> None:
    """Remove the triggers: tables that have some cannot always be altered."""
    for trigger in TRIGGERS:
        _run(dialect().drop_trigger(trigger.name, trigger.table))
    for name in dialect().own_triggers():
        _run(dialect().drop_trigger(name, TABLE))


def rebuild() -> int:
    """Write all documents and the index again from the guide; returns how many documents."""
    with transaction.atomic():
        remove()
        _run(documents.everything())
        _run(dialect().REFILL)
        install()
    _run(dialect().SETTLE)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM {TABLE}")
        count: int = cursor.fetchone()[0]
        return count


def problems() -> list[str]:
    """Sentences about what is wrong with the index; none if all is well."""
    sentences: list[str] = []
    if missing := _names() - _installed():
        sentences.append(f"triggers are missing: {', '.join(sorted(missing))}")
    with connection.cursor() as cursor:
        for name, select in _SOURCES.items():
            sentences += _differences(cursor, name, select)
        if wrong := dialect().problem(cursor):
            sentences.append(wrong)
    return sentences


_SOURCES = {
    "section": (documents.SECTIONS, "s.parent_id IS NULL"),
    "entry": (documents.ENTRIES, "1 = 1"),
    "service": (documents.SERVICES, "1 = 1"),
}


def _differences(cursor: CursorWrapper, kind: str, source: tuple[str, str]) -> list[str]:
    """Compare the documents of a kind with what `source` selects."""
    select, where = source
    wanted = _filled(select.replace("{where}", where))
    here = f"SELECT {documents.COLUMNS} FROM {TABLE} WHERE kind = '{kind}'"
    counts = []
    for first, second in ((wanted, here), (here, wanted)):
        only = f"SELECT * FROM ({first}) AS a EXCEPT SELECT * FROM ({second}) AS b"
        cursor.execute(f"SELECT COUNT(*) FROM ({only}) AS only_there")
        counts.append(cursor.fetchone()[0])
    if any(counts):
        return [f"of kind {kind}: {counts[0]} documents are missing or old, {counts[1]} too many"]
    return []


def _names() -> set[str]:
    return {trigger.name for trigger in TRIGGERS} | dialect().own_triggers()


def _installed() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(dialect().INSTALLED)
        return {name for (name,) in cursor.fetchall()}


def is_here() -> bool:
    """True if the documents exist, and the index as this code fills it."""
    return {TABLE, WORDS} <= set(connection.introspection.table_names())


def before_migrating(*, plan: Iterable[Any] = (), **signal: Any) -> None:
    """Remove the triggers while the schema changes; receives `pre_migrate`.

    plan  the migrations that will run; without any the triggers stay
    """
    if plan and TABLE in connection.introspection.table_names():
        remove()


def after_migrating(**signal: Any) -> None:
    """If triggers are missing, rebuild the index with them; receives `post_migrate`."""
    if is_here() and _names() - _installed():
        rebuild()


def _filled(statement: str) -> str:
    """The statement with the fragments of the dialect."""
    for name, fragment in dialect().FRAGMENTS.items():
        statement = statement.replace(name, fragment)
    return statement


def _run(statements: Iterable[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(_filled(statement))
