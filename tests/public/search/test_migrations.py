"""The index of words of all scripts comes and goes with the guide in it."""

import pytest
from django.core.management import call_command
from django.db import connection

from guide_site.public.search import upkeep
from tests import factories
from tests.public.search.looking import found

CHINESE = "请使用命令行工具。"


def rows(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return [row for (row,) in cursor.fetchall()]


@pytest.fixture
def migrate(transactional_db):
    """Migrates this app to a migration; behind the test everything is migrated again."""
    yield lambda name: call_command("migrate", "public", name, verbosity=0)
    call_command("migrate", verbosity=0)


def test_going_back_restores_the_first_index_and_going_forth_the_new_one(migrate):
    entry = factories.entry(CHINESE)
    assert found("命令") == [CHINESE]
    migrate("0002")
    assert not upkeep.is_here()
    texts = {
        "sqlite": "SELECT body FROM public_search WHERE public_search MATCH '\"请使用命令行工具\"'",
        "postgresql": "SELECT body FROM public_searchdocument WHERE words @@ '请使用命令行工具'",
    }
    assert rows(texts[connection.vendor]) == [CHINESE]
    factories.edit(entry, "改为使用控制台。")  # the older code would find it after a rebuild
    migrate("0003")
    assert found("控制") == ["改为使用控制台。"]
    assert found("命令") == []
    assert upkeep.problems() == []
