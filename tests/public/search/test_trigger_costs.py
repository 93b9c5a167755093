"""PostgreSQL: what an edit costs the index does not grow with the guide, whatever it expects.

A vacuum that runs during an import counts none of its rows, and the plan of a trigger that was
made then is kept.
"""

import pytest
from django.db import connection

from guide_site.core import history
from tests import factories

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="about its plans"),
]
TABLES = ("entries_entry", "entries_section", "public_searchdocument")


def rows_read():
    """How many rows this transaction has read from the tables."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sum(seq_tup_read + idx_tup_fetch) FROM pg_stat_xact_user_tables "
            "WHERE relname = ANY(%s)",
            [list(TABLES)],
        )
        return cursor.fetchone()[0]


def expect_empty_tables():
    """Let PostgreSQL plan as after a vacuum that saw no row."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE pg_class SET reltuples = 0, relpages = 1 WHERE relname = ANY(%s)",
            [list(TABLES)],
        )
        cursor.execute("DISCARD PLANS")


def cost_of(change, *, size):
    """Rows that `change(entry, section)` reads in a guide with `size` entries and sections."""
    title = factories.section()
    section = factories.section(parent=title)
    entry = factories.entry(section=section)
    for number in range(size):
        factories.entry(f"Another one, {number}.", section=factories.section(parent=title))
    expect_empty_tables()
    before = rows_read()
    change(entry, section)
    return rows_read() - before


def edit(entry, section):
    factories.edit(entry, "Now with a xylophone.")


def rename(entry, section):
    with history.revision(by=None, comment="test"):
        section.title = "Quasar"
        section.save()


@pytest.mark.parametrize("change", [edit, rename])
def test_a_change_reads_each_row_a_few_times_at_the_most(change):
    assert cost_of(change, size=50) < 20 * 50
