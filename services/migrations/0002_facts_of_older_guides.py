"""Guides of before get the facts that all pages said so far, if these are true of them."""

import json

from django.conf import settings
from django.db import migrations


def give_facts(apps, schema_editor):
    """Write the facts of a guide that is there: those of the shipped one only to that."""
    section = apps.get_model("entries", "Section")
    if not section.objects.exists():
        return
    path = settings.BASE_DIR / "fixtures" / "guide.json"
    shipped = json.loads(path.read_text(encoding="utf-8"))
    guide = apps.get_model("entries", "Guide")
    facts = {"name": settings.GUIDE_NAME or _title(section)}
    provider = apps.get_model("services", "Provider").objects
    words = shipped["vendor_words"].split(", ")
    is_about_it = any(word.lower() in _title(section).lower() for word in words)
    if is_about_it and provider.filter(name=shipped["home_provider"]).exists():
        known = {field.name for field in guide._meta.fields}
        facts = {name: _text(value) for name, value in shipped.items() if name in known}
        facts["name"] = settings.GUIDE_NAME or facts["name"]
    guide.objects.get_or_create(pk=1, defaults=facts)


def _title(section):
    roots = list(section.objects.filter(parent=None, retired_at=None)[:2])
    return roots[0].title[:120] if len(roots) == 1 else ""


def _text(value):
    return "\n".join(value) if isinstance(value, list) else value


class Migration(migrations.Migration):
    dependencies = [("entries", "0010_guide"), ("services", "0001_initial")]
    operations = [migrations.RunPython(give_facts, migrations.RunPython.noop)]
