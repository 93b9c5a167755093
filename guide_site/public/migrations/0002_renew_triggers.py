"""The triggers of the search index look rows up by number, however PostgreSQL plans them.

Whenever something is migrated, the triggers are removed before and made afterwards from the code
(`search/upkeep.py`). So this migration has nothing to do itself.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("public", "0001_search")]

    operations = [migrations.RunPython(migrations.RunPython.noop, migrations.RunPython.noop)]
