"""Going back: changes of cells that are gone go first, in a transaction of its own."""

from django.db import migrations


def drop_changes_of_what_is_gone(apps, schema_editor):
    changes = apps.get_model("moderation", "Change").objects
    changes.filter(subject="offering", offering=None).exclude(operation="add").delete()


class Migration(migrations.Migration):
    dependencies = [("moderation", "0006_changes_outlive_offerings")]
    operations = [
        migrations.RunPython(migrations.RunPython.noop, drop_changes_of_what_is_gone)
    ]
