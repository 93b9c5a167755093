"""Footnotes and link definitions are entries of their own kinds.

Footnotes were paragraphs. On the way back they are again, and link definitions are kept for the
export alone. Texts that an earlier import gave the definitions they use keep them until
`manage.py follow_catalogue` takes them out.
"""

import re

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

_NAMES = {
    "bullet": "Bullet",
    "step": "Numbered step",
    "paragraph": "Paragraph",
    "table": "Table",
    "code": "Code block",
    "figure": "Figure",
    "html": "HTML",
    "footnote": "Footnote",
    "definition": "Link definition",
    "kept": "Kept for the export, not shown",
}
_DEFINES = re.compile(r"^[ \t>*+-]*\[[^\[\]]+\]:", re.M)
_FOOTNOTE = re.compile(r"\[\^[^\]\s]+\]:")


def find(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Mark the entries that define something, and tell footnotes from paragraphs."""
    entries = apps.get_model("entries", "Entry").objects
    for entry in entries.filter(body__contains="]:").only("kind", "body").iterator():
        if _DEFINES.search(entry.body):
            is_note = entry.kind == "paragraph" and _FOOTNOTE.match(entry.body)
            kind = "footnote" if is_note else entry.kind
            entries.filter(pk=entry.pk).update(defines=True, kind=kind)


def forget(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Give footnotes and definitions kinds that were known before."""
    entries = apps.get_model("entries", "Entry").objects
    entries.filter(kind="footnote").update(kind="paragraph")
    entries.filter(kind="definition").update(kind="kept")


class Migration(migrations.Migration):
    dependencies = [("entries", "0007_origin_and_joined")]

    operations = [
        migrations.RemoveConstraint("entry", "entry_kind_is_known"),
        migrations.AddField("entry", "defines", models.BooleanField(default=False, editable=False)),
        migrations.AlterField(
            "entry",
            "kind",
            models.CharField(choices=list(_NAMES.items()), default="bullet", max_length=10),
        ),
        migrations.RunPython(find, forget),
        migrations.AddIndex(
            "entry",
            models.Index(
                condition=models.Q(("defines", True)), fields=["id"], name="entry_that_defines"
            ),
        ),
        migrations.AddConstraint(
            "entry",
            models.CheckConstraint(
                condition=models.Q(("kind__in", list(_NAMES))), name="entry_kind_is_known"
            ),
        ),
    ]
