"""The index of the migration 0001 as it was then, for going back to it."""

_SEPARATORS = (
    r"\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00a9\u00ab-\u00b1\u00b4\u00b6-\u00b8"
    r"\u00bb\u00bf\u00d7\u00f7\u02c2-\u02c5\u02d2-\u02df\u2000-\u206f\u20a0-\u20cf\u2100-\u214f"
    r"\u2190-\u245f\u249c-\u24e9\u2500-\u2775\u2794-\u2bff\u2e00-\u2e7f\u3000-\u3004"
    r"\u3008-\u3020\u3030\u303d-\u303f\ufe00-\ufe6f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40"
    r"\uff5b-\uff65\ufff9-\uffff\U0001f000-\U0001faff"
)
_BARE = r"regexp_replace(normalize(source, NFD), '([a-zA-Z])[\u0300-\u036f]+', '\1', 'g')"
_FOLDED = f"lower(normalize({_BARE}, NFC))"
_FUNCTION = rf"""
CREATE OR REPLACE FUNCTION public_search_words(source text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT COALESCE(
    string_agg('''' || left(word, 100) || ''':' || least(place, 16383), ' '), ''
  )::tsvector
  FROM unnest(string_to_array(regexp_replace({_FOLDED}, '[{_SEPARATORS}]+', ' ', 'g'), ' '))
    WITH ORDINALITY AS found(word, place)
  WHERE word <> ''
$$"""
_ALL = "public_search_words(head || ' ' || body || ' ' || context)"

CREATE = {
    "sqlite": [
        """CREATE VIRTUAL TABLE public_search USING fts5(head, body, context,
          content='public_searchdocument', content_rowid='id',
          tokenize='unicode61 remove_diacritics 2', prefix='3 4 5')"""
    ],
    "postgresql": [
        _FUNCTION,
        f"""ALTER TABLE public_searchdocument
          ADD COLUMN head_words tsvector GENERATED ALWAYS AS (public_search_words(head)) STORED,
          ADD COLUMN words tsvector GENERATED ALWAYS AS ({_ALL}) STORED""",
        "CREATE INDEX search_head_words ON public_searchdocument USING gin (head_words)",
        "CREATE INDEX search_words ON public_searchdocument USING gin (words)",
    ],
}
REMOVE = {
    "sqlite": ["DROP TABLE IF EXISTS public_search"],
    "postgresql": [
        "ALTER TABLE public_searchdocument DROP COLUMN head_words, DROP COLUMN words",
        "DROP FUNCTION public_search_words",
    ],
}
REFILL = {
    "sqlite": ["INSERT INTO public_search(public_search) VALUES ('rebuild')"],
    "postgresql": [],
}
