"""The operation “join”. On the way back a join becomes an edit of the entry that stays."""

from django.db import migrations, models

OPERATIONS = ["add", "edit", "move", "retire", "restore", "split"]


def make_edits(apps, schema_editor):
    for change in apps.get_model("moderation", "Change").objects.filter(operation="join"):
        change.operation = "edit"
        change.proposed.pop("other", None)
        change.base.pop("joined", None)
        change.save()


def known(operations):
    return models.CheckConstraint(
        condition=models.Q(("operation__in", operations)), name="change_operation_is_known"
    )


class Migration(migrations.Migration):
    dependencies = [("moderation", "0009_split")]
    operations = [
        migrations.RemoveConstraint("change", "change_operation_is_known"),
        migrations.AlterField(
            "change",
            "operation",
            models.CharField(
                choices=[(name, name.title()) for name in [*OPERATIONS, "join"]], max_length=7
            ),
        ),
        migrations.AddConstraint("change", known([*OPERATIONS, "join"])),
        migrations.RunPython(migrations.RunPython.noop, make_edits),
    ]
