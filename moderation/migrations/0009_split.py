"""The operation “split”. On the way back a split becomes an edit that keeps all its words."""

from django.db import migrations, models

OPERATIONS = ["add", "edit", "move", "retire", "restore"]


def make_edits(apps, schema_editor):
    for change in apps.get_model("moderation", "Change").objects.filter(operation="split"):
        rest = change.proposed.pop("rest", [])
        texts = [change.proposed["body"], *(bullet["body"] for bullet in rest)]
        change.operation, change.proposed["body"] = "edit", "\n\n".join(texts)
        change.save()


def known(operations):
    return models.CheckConstraint(
        condition=models.Q(("operation__in", operations)), name="change_operation_is_known"
    )


class Migration(migrations.Migration):
    dependencies = [("moderation", "0008_conflict_is_found")]
    operations = [
        migrations.RemoveConstraint("change", "change_operation_is_known"),
        migrations.AlterField(
            "change",
            "operation",
            models.CharField(
                choices=[(name, name.title()) for name in [*OPERATIONS, "split"]], max_length=7
            ),
        ),
        migrations.AddConstraint("change", known([*OPERATIONS, "split"])),
        migrations.RunPython(migrations.RunPython.noop, make_edits),
    ]
