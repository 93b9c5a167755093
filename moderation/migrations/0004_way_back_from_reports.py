"""Going back: what the earlier schema cannot hold goes first, in a transaction of its own."""

from django.db import migrations

NEWER_EVENTS = ["classed", "edited", "split", "asked", "reopened", "spam"]


def drop_what_is_newer(apps, schema_editor):
    """Remarks on reports, and lines of the log of kinds that were not known."""
    apps.get_model("moderation", "Comment").objects.filter(proposal=None).delete()
    apps.get_model("moderation", "Event").objects.filter(what__in=NEWER_EVENTS).delete()


class Migration(migrations.Migration):
    dependencies = [("moderation", "0003_reports_watches_notices")]
    operations = [migrations.RunPython(migrations.RunPython.noop, drop_what_is_newer)]
