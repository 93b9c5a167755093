"""The index on PostgreSQL: generated tsvector columns of the search documents, with GIN indexes."""

from guide_site.public.search.words import ACCENTS, MAX_LETTERS, SEPARATORS

FRAGMENTS = {
    "{position}": "strpos",
    "{labels}": """(SELECT string_agg(l.label, ' ' ORDER BY l.position, l.id)
      FROM entries_entry_tags t JOIN entries_legendtag l ON l.id = t.legendtag_id
      WHERE t.entry_id = e.id)""",
}

# The words are taken apart here, as on SQLite and in `words.py`: PostgreSQL's own parser has other
# ideas about “us-east-1” and addresses, and its dictionaries would drop words.
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


def create_trigger(trigger):
    """Statements that make a trigger of `triggers.TRIGGERS`."""
    differ = " OR ".join(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in trigger.columns)
    when = f" WHEN ({differ})" if differ else ""
    body = " ".join(f"{statement};" for statement in trigger.statements)
    # A plan made while the tables are empty is kept while an import fills them: it must not
    # read them whole for each row.
    return [
        f"CREATE OR REPLACE FUNCTION {trigger.name}() RETURNS trigger LANGUAGE plpgsql "
        "SET enable_seqscan = off AS "
        f"$$ BEGIN {body} RETURN NULL; END $$",
        f"CREATE TRIGGER {trigger.name} AFTER {trigger.event} ON {trigger.table} "
        f"FOR EACH ROW{when} EXECUTE FUNCTION {trigger.name}()",
    ]


def create_own_triggers():
    """None: the columns are generated."""
    return []


def own_triggers():
    """No names."""
    return set()


def drop_trigger(name, table):
    """Statements that remove a trigger with its function, if it is there."""
    return [f"DROP TRIGGER IF EXISTS {name} ON {table}", f"DROP FUNCTION IF EXISTS {name}()"]


def matching(groups, *, head_only=False):
    """(SQL that selects numbers of documents, its parameters) for one variant of each group.

    groups    [[(words that stand side by side, whether the last is only a beginning)]]
    head_only look for the first group in titles, names and leads only
    """
    wanted = [f"({' | '.join(_phrase(*variant) for variant in group)})" for group in groups]
    if head_only:
        sql = "SELECT id FROM public_searchdocument WHERE head_words @@ %s::tsquery"
        rest = " & ".join(wanted[1:])
        return (f"{sql} AND words @@ %s::tsquery", [wanted[0], rest]) if rest else (sql, wanted)
    sql = "SELECT id FROM public_searchdocument WHERE words @@ %s::tsquery"
    return sql, [" & ".join(wanted)]


def _phrase(words, begins):
    quoted = " <-> ".join(f"'{word}'" for word in words)
    return f"({quoted}{':*' if begins else ''})"


def problem(cursor):
    """What is wrong with the index itself, or None."""
    cursor.execute(
        f"SELECT COUNT(*) FROM public_searchdocument WHERE words IS DISTINCT FROM {_ALL}"
    )
    (wrong,) = cursor.fetchone()
    return f"{wrong} documents have words that are not those of their text" if wrong else None
