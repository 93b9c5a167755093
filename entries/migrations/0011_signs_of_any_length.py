"""Legend signs may be long: an emoji can be joined from many code points.

On the way back a longer sign is cut to the parts that fit; where that is another tag's sign, or
nothing, it becomes a number in a box of its own.
"""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

_SHORT = 8  # code points
_SELECTORS = dict.fromkeys(map(ord, "\ufe0e\ufe0f"))
_JOINER = "\u200d"


def shorten(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make signs fit that are too long for the column as it was."""
    tags = apps.get_model("entries", "LegendTag").objects
    known = set(tags.values_list("sign", flat=True))
    for tag in tags.order_by("pk"):
        if len(tag.sign) > _SHORT:
            parts = tag.sign.translate(_SELECTORS).split(_JOINER)
            while len(_JOINER.join(parts)) > _SHORT:
                parts.pop()
            short = _JOINER.join(parts)
            sign = f"□{tag.pk}" if not short or short in known else short
            tags.filter(pk=tag.pk).update(sign=sign)
            known.add(sign)


class Migration(migrations.Migration):
    dependencies = [("entries", "0010_guide")]

    operations = [
        migrations.AlterField(
            model_name="legendtag",
            name="sign",
            field=models.CharField(max_length=32, unique=True),
        ),
        migrations.RunPython(migrations.RunPython.noop, shorten),
    ]
