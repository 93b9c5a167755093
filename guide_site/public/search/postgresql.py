"""The dialect of PostgreSQL: generated tsvector columns of the documents, with GIN indexes."""

from collections.abc import Sequence

from django.db.backends.utils import CursorWrapper

from guide_site.public.search.dialects import Form, Sql
from guide_site.public.search.folding import (
    ACCENTS,
    LETTERS,
    MAX_LETTERS,
    PAIRS,
    POINTS,
    SEPARATORS,
    UNSPACED,
)
from guide_site.public.search.triggers import Trigger
from guide_site.public.search.words import LEAST_LETTERS, MOST_LETTERS

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

# These take a text apart as `words.py` does: PostgreSQL's own parser treats “us-east-1” and
# addresses differently, and its dictionaries would drop words.
_SPACED = f"regexp_replace({{}}, '[{SEPARATORS}]+', ' ', 'g')"
_DECOMPOSED = f"normalize({_SPACED.format('source')}, NFKD)"
_BARE = (
    f"regexp_replace(regexp_replace({_DECOMPOSED}, '{ACCENTS}', '', 'g'), '[{POINTS}]+', '', 'g')"
)
_LOWER = f"translate(lower(normalize({_BARE}, NFC)), '{LETTERS[0]}', '{LETTERS[1]}')"
for _one, _two in PAIRS.items():
    _LOWER = f"replace({_LOWER}, '{_one}', '{_two}')"
_FOLDED = f"""CASE WHEN octet_length(source) = char_length(source)
  THEN lower({_SPACED.format("source")})
  ELSE regexp_replace({_SPACED.format(_LOWER)}, '([{UNSPACED}]+)', ' \\1 ', 'g') END"""
# A stretch without spaces between its words becomes its pairs of letters. All is one function: a
# dump is restored without a search path, in which one function would not find another.
_WORDS = f"""
CREATE OR REPLACE FUNCTION public_search_words(source text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT COALESCE(string_agg('''' || word || ''':' || least(place, 16383), ' '), '')::tsvector
  FROM (
    SELECT row_number() OVER (ORDER BY run.place, step) AS place, CASE WHEN run.is_unspaced
      THEN substr(run.word, step, 2) ELSE left(run.word, {MAX_LETTERS}) END AS word
    FROM (
      SELECT word, place, word ~ '^[{UNSPACED}]' AS is_unspaced
      FROM unnest(string_to_array({_FOLDED}, ' ')) WITH ORDINALITY
        AS found(word, place)
      WHERE word <> ''
    ) AS run, generate_series(
      1, CASE WHEN run.is_unspaced THEN char_length(run.word) ELSE 1 END
    ) AS step
  ) AS found
$$"""
_ALL = "public_search_words(head || ' ' || body || ' ' || context)"
_SPELLED = f"""word FROM {{documents}} d, unnest(tsvector_to_array(d.words)) AS word
  WHERE char_length(word) BETWEEN {LEAST_LETTERS} AND {MOST_LETTERS} AND word !~ '^[{UNSPACED}]'"""
_LEARN = (
    f"INSERT INTO public_searchword(word) SELECT DISTINCT {_SPELLED} ON CONFLICT (word) DO NOTHING"
)
_OWN = {"search_document_insert": "INSERT", "search_document_update": "UPDATE"}

CREATE = [
    _WORDS,
    f"""ALTER TABLE public_searchdocument
      ADD COLUMN head_words tsvector GENERATED ALWAYS AS (public_search_words(head)) STORED,
      ADD COLUMN words tsvector GENERATED ALWAYS AS ({_ALL}) STORED""",
    # What is written goes into the index at once: a list of what is still to do would be read
    # by every search.
    "CREATE INDEX search_head_words ON public_searchdocument USING gin (head_words) "
    "WITH (fastupdate = off)",
    "CREATE INDEX search_words ON public_searchdocument USING gin (words) WITH (fastupdate = off)",
    """CREATE TABLE public_searchword(word text COLLATE "C" PRIMARY KEY,
      backwards text COLLATE "C" GENERATED ALWAYS AS (reverse(word)) STORED)""",
    "CREATE INDEX search_backwards ON public_searchword(backwards)",
]
REMOVE = [
    "ALTER TABLE public_searchdocument DROP COLUMN head_words, DROP COLUMN words",
    "DROP FUNCTION public_search_words",
    "DROP TABLE public_searchword",
]
REFILL = [
    "REINDEX INDEX search_head_words",
    "REINDEX INDEX search_words",
    "DELETE FROM public_searchword",
    _LEARN.format(documents="public_searchdocument"),
]
SETTLE = ["ANALYZE public_searchdocument", "ANALYZE public_searchword"]
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
    """Statements that create the triggers which add the words of documents to the known ones."""
    statements: list[str] = []
    for name, event in _OWN.items():
        statements += [
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN {_LEARN.format(documents='written')}; RETURN NULL; END $$",
            f"CREATE TRIGGER {name} AFTER {event} ON public_searchdocument REFERENCING "
            f"NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION {name}()",
        ]
    return statements


def own_triggers() -> set[str]:
    """Names of the triggers on the documents themselves."""
    return set(_OWN)


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
    if wrong:
        return f"{wrong} documents have words that are not those of their text"
    known = "SELECT word FROM public_searchword"
    here = _SPELLED.format(documents="public_searchdocument")
    cursor.execute(f"SELECT COUNT(*) FROM (SELECT {here} EXCEPT {known}) AS unknown")
    unknown: int = cursor.fetchone()[0]
    return f"{unknown} words of the guide are not among the known ones" if unknown else None
