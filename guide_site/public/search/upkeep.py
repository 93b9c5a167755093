"""Putting the search index up, filling it anew, checking it. Knows no models."""

from django.db import connection, transaction

from guide_site.public.search import documents, postgresql, sqlite
from guide_site.public.search.triggers import TRIGGERS

TABLE = "public_searchdocument"


def dialect():
    """The module of this database."""
    return {"sqlite": sqlite, "postgresql": postgresql}[connection.vendor]


def install():
    """Make all triggers anew."""
    remove()
    for trigger in TRIGGERS:
        _run(dialect().create_trigger(trigger))
    _run(dialect().create_own_triggers())


def remove():
    """Take the triggers away: tables that have some cannot always be altered."""
    for trigger in TRIGGERS:
        _run(dialect().drop_trigger(trigger.name, trigger.table))
    for name in dialect().own_triggers():
        _run(dialect().drop_trigger(name, TABLE))


def rebuild():
    """Write all documents and the index anew from the guide; returns how many documents."""
    with transaction.atomic():
        remove()
        _run(documents.everything())
        _run(dialect().REFILL)
        install()
    _run(dialect().SETTLE)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM {TABLE}")
        return cursor.fetchone()[0]


def problems():
    """Sentences about what is wrong with the index; none if all is well."""
    found = []
    if missing := _names() - _installed():
        found.append(f"triggers are missing: {', '.join(sorted(missing))}")
    with connection.cursor() as cursor:
        for name, select in _SOURCES.items():
            found += _differences(cursor, name, select)
        if wrong := dialect().problem(cursor):
            found.append(wrong)
    return found


_SOURCES = {
    "section": (documents.SECTIONS, "s.parent_id IS NULL"),
    "entry": (documents.ENTRIES, "1 = 1"),
    "service": (documents.SERVICES, "1 = 1"),
}


def _differences(cursor, kind, source):
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


def _names():
    return {trigger.name for trigger in TRIGGERS} | dialect().own_triggers()


def _installed():
    with connection.cursor() as cursor:
        cursor.execute(dialect().INSTALLED)
        return {name for (name,) in cursor.fetchall()}


def is_here():
    """True if the table of the documents exists."""
    return TABLE in connection.introspection.table_names()


def before_migrating(*, plan=(), **kwargs):
    """Take the triggers away while the schema changes."""
    if plan and is_here():
        remove()


def after_migrating(**kwargs):
    """Put back what is missing, and fill the index with what changed meanwhile."""
    if is_here() and _names() - _installed():
        rebuild()


def _filled(statement):
    for name, fragment in dialect().FRAGMENTS.items():
        statement = statement.replace(name, fragment)
    return statement


def _run(statements):
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(_filled(statement))
