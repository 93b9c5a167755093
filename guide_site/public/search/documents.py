"""The SQL that writes the search documents; both databases run the same.

The number of a document is four times that of its row plus a digit for its kind, so it is known
without a query. Texts in {braces} are what the databases write differently.

In all functions `where` is a condition on the rows to write, and `pk` and `parents` are SQL
expressions for primary keys, such as NEW.id in a trigger.
"""

from typing import NamedTuple

ENTRY, SECTION, SERVICE = 0, 1, 2  # last digit of a document's number, in base four
BETWEEN = " › "  # the titles of a path


class Document(NamedTuple):
    """A search document, as the database has it (`public.models.SearchDocument`)."""

    id: int
    kind: str
    ref: int
    section: int | None
    section_kind: str
    service: int | None
    slug: str
    path: str
    head: str
    body: str
    context: str


COLUMNS = ", ".join(Document._fields)

_SHOWN = "({row}.retired_at IS NULL AND {row}.kind <> 'contents')"
_ROOTS = f"""(SELECT COUNT(*) FROM entries_section root
  WHERE root.parent_id IS NULL AND {_SHOWN.format(row="root")})"""
# A guide with a single root: the root is its title, which would only lengthen every path.
_ALONE = f"{_ROOTS} = 1"

SECTIONS = f"""
WITH RECURSIVE place(id, is_shown, is_title, path, service, names, depth) AS (
  SELECT s.id, {_SHOWN.format(row="s")},
    s.parent_id IS NULL AND {_ALONE},
    CASE WHEN above.id IS NULL OR (up.parent_id IS NULL AND {_ALONE}) THEN CAST(s.title AS text)
      ELSE above.path || '{BETWEEN}' || s.title END,
    COALESCE(v.id, above.service),
    COALESCE(above.body, '') || COALESCE(' ' || v.name || ' ' || v.full_name, ''),
    0
  FROM entries_section s
  LEFT JOIN entries_section up ON up.id = s.parent_id
  LEFT JOIN public_searchdocument above ON above.id = 4 * s.parent_id + {SECTION}
  LEFT JOIN services_service v ON v.section_id = s.id
  WHERE {{where}}
  UNION ALL
  SELECT s.id, {_SHOWN.format(row="s")}, 1 = 0,
    CASE WHEN place.is_shown AND NOT place.is_title THEN place.path || '{BETWEEN}' || s.title
      ELSE CAST(s.title AS text) END,
    COALESCE(v.id, CASE WHEN place.is_shown THEN place.service END),
    CASE WHEN place.is_shown THEN place.names ELSE '' END
      || COALESCE(' ' || v.name || ' ' || v.full_name, ''),
    place.depth + 1
  FROM place
  JOIN entries_section s ON s.parent_id = place.id
  LEFT JOIN services_service v ON v.section_id = s.id
  WHERE place.depth < 50
)
SELECT 4 * s.id + {SECTION}, 'section', s.id, s.id, s.kind, place.service, s.slug, place.path,
  s.title, place.names, place.path
FROM place JOIN entries_section s ON s.id = place.id
WHERE place.is_shown
"""

ENTRIES = f"""
SELECT 4 * e.id + {ENTRY}, 'entry', e.id, e.section_id, above.section_kind, above.service,
  above.slug, above.path,
  CASE WHEN e.body LIKE '**%**%'
    THEN substr(e.body, 3, {{position}}(substr(e.body, 3), '**') - 1) ELSE '' END,
  e.body,
  above.path || ' ' || above.body
    || COALESCE(' ' || substr(p.body, 1, 200), '') || COALESCE(' ' || substr(g.body, 1, 200), '')
    || COALESCE(' ' || {{labels}}, '')
FROM entries_entry e
JOIN public_searchdocument above ON above.id = 4 * e.section_id + {SECTION}
LEFT JOIN entries_entry p ON p.id = e.parent_id AND p.retired_at IS NULL
LEFT JOIN entries_entry g ON g.id = p.parent_id AND g.retired_at IS NULL
WHERE e.retired_at IS NULL AND e.kind NOT IN ('kept', 'definition') AND {{where}}
"""

SERVICES = f"""
SELECT 4 * v.id + {SERVICE}, 'service', v.id, v.section_id, '', v.id, v.slug, '',
  v.name || ' ' || v.full_name, v.summary || ' ' || v.note, COALESCE(g.name, '')
FROM services_service v LEFT JOIN services_servicegroup g ON g.id = v.group_id
WHERE {{where}}
"""

# Primary keys of some sections and of all below them.
_BELOW = """WITH RECURSIVE below(id) AS (
  SELECT s.id FROM entries_section s WHERE {where}
  UNION SELECT s.id FROM below JOIN entries_section s ON s.parent_id = below.id
) SELECT id FROM below"""

# An entry is also found by the texts two steps above it, so a change concerns two steps below.
_FAMILY = """SELECT c.id FROM entries_entry c WHERE c.id = {pk}
  UNION ALL SELECT c.id FROM entries_entry c WHERE c.parent_id = {pk}
  UNION ALL SELECT c.id FROM entries_entry c WHERE c.parent_id
    {is_one_of}SELECT up.id FROM entries_entry up WHERE up.parent_id = {pk}{end}"""


def is_one_of(numbers: str) -> str:
    """A condition to write behind a column: it is among the numbers that a query selects."""
    return f"{{is_one_of}}{numbers}{{end}}"


def insert(select: str, where: str) -> str:
    """A statement that adds documents.

    select  SECTIONS, ENTRIES or SERVICES
    """
    # A common table expression may not begin a statement of a trigger on SQLite.
    rows = select.replace("{where}", where)
    return f"INSERT INTO public_searchdocument ({COLUMNS}) SELECT * FROM ({rows}) AS found"


def delete(digit: int, pk: str) -> str:
    """A statement that removes the document of a row.

    digit  ENTRY, SECTION or SERVICE
    """
    return f"DELETE FROM public_searchdocument WHERE id = 4 * {pk} + {digit}"


def _delete_all(numbers: str) -> str:
    return f"DELETE FROM public_searchdocument WHERE id {is_one_of(numbers)}"


def renew_entries(where: str) -> list[str]:
    """Statements that write the documents of entries (`e`) again."""
    numbers = f"SELECT 4 * e.id + {ENTRY} FROM entries_entry e WHERE {where}"
    return [_delete_all(numbers), insert(ENTRIES, where)]


def renew_family(pk: str) -> list[str]:
    """The same for an entry and those nested in it."""
    return renew_entries(f"e.id {is_one_of(_FAMILY.replace('{pk}', pk))}")


def renew_sections(where: str) -> list[str]:
    """The same for sections (`s`), all sections below them, and the entries of all of these."""
    below = is_one_of(_BELOW.replace("{where}", where))
    return [
        f"DELETE FROM public_searchdocument WHERE kind <> 'service' AND section {below}",
        insert(SECTIONS, where),
        insert(ENTRIES, f"e.section_id {below}"),
    ]


def renew_services(where: str) -> list[str]:
    """The same for services (`v`)."""
    numbers = f"SELECT 4 * v.id + {SERVICE} FROM services_service v WHERE {where}"
    return [_delete_all(numbers), insert(SERVICES, where)]


def everything() -> list[str]:
    """Statements that write all documents again."""
    return [
        "DELETE FROM public_searchdocument",
        insert(SECTIONS, "s.parent_id IS NULL"),
        insert(ENTRIES, "1 = 1"),
        insert(SERVICES, "1 = 1"),
    ]


def renew_around(pk: str, *parents: str) -> list[str]:
    """`renew_sections` for a section that was added, moved, removed or changed.

    When a guide gets or loses a second root, the paths of all its sections change.

    parents  its parent before and after
    """
    is_root = " OR ".join(f"{parent} IS NULL" for parent in parents)
    all_change = f"(({is_root}) AND {_ROOTS} <= 2)"
    changed = (
        f"SELECT one.id FROM entries_section one WHERE one.id = {pk} AND NOT {all_change} "
        "UNION ALL SELECT root.id FROM entries_section root "
        f"WHERE root.parent_id IS NULL AND {all_change}"
    )
    return renew_sections(f"s.id {is_one_of(changed)}")
