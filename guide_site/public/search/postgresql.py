"""The dialect of PostgreSQL: generated tsvector columns of the documents, with GIN indexes."""

from collections.abc import Sequence

from django.db.backends.utils import CursorWrapper

from guide_site.public.search.dialects import Form, Sql
from guide_site.public.search.triggers import Trigger
from guide_site.public.search.words import ACCENTS, MAX_LETTERS, SEPARATORS

# PostgreSQL makes the plan of a trigger once, perhaps for tables that it takes for empty: a vacuum
# counts no row of an import that is still running. An array is read first and then looked up in
# an index, whatever the plan expects; `IN (SELECT …)` may become a loop over whole tables.
FRAGMENTS = {
    "{is_one_of}": "= ANY(ARRAY(",
    "{end}": "))",
    "{position}": "strpos",
    "{labels}": """(SELECT string_agg(l.label, ' ' ORDER BY l.position, l.id)
      FROM entries_entry_tags t JOIN entries_legendtag l ON l.id = t.legendtag_id
      WHERE t.entry_id = e.id)""",
}

# This splits words as SQLite and `words.py` do: PostgreSQL's own parser treats “us-east-1” and
# addresses differently, and its dictionaries would drop words.
_BARE = rf"regexp_replace(normalize(source, NFD), '([a-zA-Z])[{ACCENTS}]+', '\1', 'g')"
_FOLDED = f"lower(normalize({_BARE}, NFC))"
_FUNCTION = rf"""
CREATE OR REPLACE FUNCTION public_search_words(source text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT COALESCE(
    string_agg('''' || left(word, {MAX_LETTERS}) || ''':' || least(place, 16383), ' '), ''
  )::tsvector
  FROM unnest(string_to_array(regexp_replace({_FOLDED}, '[{SEPARATORS}]+', ' ', 'g'), ' '))
    WITH ORDINALITY AS found(word, place)
  WHERE word <> ''
$$"""
_ALL = "public_search_words(head || ' ' || body || ' ' || context)"

CREATE = [
    _FUNCTION,
    f"""ALTER TABLE public_searchdocument
      ADD COLUMN head_words tsvector GENERATED ALWAYS AS (public_search_words(head)) STORED,
      ADD COLUMN words tsvector GENERATED ALWAYS AS ({_ALL}) STORED""",
    "CREATE INDEX search_head_words ON public_searchdocument USING gin (head_words)",
    "CREATE INDEX search_words ON public_searchdocument USING gin (words)",
]
REMOVE = [
    "ALTER TABLE public_searchdocument DROP COLUMN head_words, DROP COLUMN words",
    "DROP FUNCTION public_search_words",
]
REFILL = ["REINDEX INDEX search_head_words", "REINDEX INDEX search_words"]
SETTLE = ["ANALYZE public_searchdocument"]
INSTALLED = "SELECT tgname FROM pg_trigger WHERE tgname LIKE 'search\\_%'"


def create_trigger(trigger: Trigger) -> list[str]:
    """Statements that create a trigger on a table of the guide."""
    differ = " OR ".join(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in trigger.columns)
    when = f" WHEN ({differ})" if differ else ""
    body = " ".join(f"{statement};" for statement in trigger.statements)
    # PostgreSQL keeps a plan made for empty tables while an import fills them; that plan must
    # not read whole tables for each row.
    return [
        f"CREATE OR REPLACE FUNCTION {trigger.name}() RETURNS trigger LANGUAGE plpgsql "
        "SET enable_seqscan = off AS "
        f"$$ BEGIN {body} RETURN NULL; END $$",
        f"CREATE TRIGGER {trigger.name} AFTER {trigger.event} ON {trigger.table} "
        f"FOR EACH ROW{when} EXECUTE FUNCTION {trigger.name}()",
    ]


def create_own_triggers() -> list[str]:
    """No statements: the columns are generated."""
    return []


def own_triggers() -> set[str]:
    """No names."""
    return set()


def drop_trigger(name: str, table: str) -> list[str]:
    """Statements that remove a trigger with its function, if it is there."""
    return [f"DROP TRIGGER IF EXISTS {name} ON {table}", f"DROP FUNCTION IF EXISTS {name}()"]


def matching(groups: Sequence[Sequence[Form]], *, head_only: bool = False) -> Sql:
    """A query for the `id` of documents that have one form of each group.

    head_only  look for the first group in titles, names and leads only
    """
    conditions = [f"({' | '.join(map(_phrase, forms))})" for forms in groups]
    if not head_only:
        sql = "SELECT id FROM public_searchdocument WHERE words @@ %s::tsquery"
        return Sql(sql, [" & ".join(conditions)])
    sql = "SELECT id FROM public_searchdocument WHERE head_words @@ %s::tsquery"
    if len(conditions) == 1:
        return Sql(sql, conditions)
    rest = " & ".join(conditions[1:])
    return Sql(f"{sql} AND words @@ %s::tsquery", [conditions[0], rest])


def _phrase(form: Form) -> str:
    quoted = " <-> ".join(f"'{word}'" for word in form.words)
    return f"({quoted}{':*' if form.is_beginning else ''})"


def problem(cursor: CursorWrapper) -> str | None:
    """What is wrong with the index itself, or None."""
    cursor.execute(
        f"SELECT COUNT(*) FROM public_searchdocument WHERE words IS DISTINCT FROM {_ALL}"
    )
    wrong: int = cursor.fetchone()[0]
    return f"{wrong} documents have words that are not those of their text" if wrong else None
