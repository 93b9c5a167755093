"""Whole guides in and out, and what they bring to the catalogue."""

from io import StringIO

from django.core.management import call_command

from services.models import Capability, Offering, Provider, Service


def import_guide(path):
    out = StringIO()
    call_command("import_guide", str(path), "--replace", stdout=out, stderr=StringIO())
    return out.getvalue()


def exported(path):
    call_command("export_guide", "--out", path)
    return path.read_bytes()


def counts():
    return [model.objects.count() for model in (Provider, Capability, Offering, Service)]
