"""The search index finds words inside sentences without spaces, and knows all words of the guide.

The triggers are removed before every migration and made afterwards from the code, with a new
index (`search/upkeep.py`).
"""

from django.db import migrations

from guide_site.public.migrations import _first_index
from guide_site.public.search import postgresql, sqlite

_NEW = {"sqlite": sqlite, "postgresql": postgresql}


def renew(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    _run(schema_editor, _first_index.REMOVE[vendor], _NEW[vendor].CREATE)


def go_back(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    statements = (_NEW[vendor].REMOVE, _first_index.CREATE[vendor], _first_index.REFILL[vendor])
    _run(schema_editor, *statements)


def _run(schema_editor, *lists):
    for statements in lists:
        for statement in statements:
            schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("public", "0002_renew_triggers")]

    operations = [migrations.RunPython(renew, go_back)]
