"""Real tables: those of the corpus, and of the guide that ships with its catalogue."""

import json
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command

from entries.markdown import reader
from services.models import Capability, Offering, Provider, Service
from services.tables import table
from services.tables.matching import key
from tests.entries.guides import CORPUS, needs_corpus

pytestmark = pytest.mark.django_db

FIXTURES = settings.BASE_DIR / "fixtures"
GUIDE = FIXTURES / "guide-aws.md"
CATALOGUE = json.loads((FIXTURES / "services.json").read_text("utf-8"))
OF_2016, OF_2022 = (CORPUS / f"open-guide-aws-{when}.md" for when in ("2016-07", "2022-08"))


def import_guide(path):
    out = StringIO()
    call_command("import_guide", str(path), "--replace", stdout=out, stderr=StringIO())
    return out.getvalue()


def exported(path):
    call_command("export_guide", "--out", path)
    return path.read_bytes()


def counts():
    return [model.objects.count() for model in (Provider, Capability, Offering, Service)]


@needs_corpus
def test_the_tables_of_2016_come_in_and_leave_to_the_letter(tmp_path):
    printed = import_guide(OF_2016)
    assert counts() == [6, 27, 125, 49]
    assert "cells in the row" not in printed
    assert exported(tmp_path / "out.md") == OF_2016.read_bytes()
    assert "Nothing to do" in import_guide(OF_2016)


@needs_corpus
def test_the_tables_of_2022_come_in_and_leave_to_the_letter(tmp_path):
    printed = import_guide(OF_2022)
    assert counts() == [7, 38, 257, 63]
    assert printed.count("cells in the row") == 32
    assert exported(tmp_path / "out.md") == OF_2022.read_bytes()
    notes = Offering.objects.exclude(note="").values_list("name", "note")
    assert {("Trove", "stores NoSQL as well"), ("DynamoDB", "weak")} <= set(notes)
    assert Offering.objects.get(uncertain=True).name == "Prometheus"
    assert Offering.objects.get(name="Route53").service.slug == "route-53"
    doubtful = Service.objects.filter(availability_uncertain=True).order_by("slug")
    assert [row.slug for row in doubtful] == ["fulfillment-web-service", "silk"]
    simple = Service.objects.get(slug="simpledb")
    assert (simple.availability, simple.note) == ("obsolete", "❗Nearly obsolete")
    assert Service.objects.filter(tags__sign="🐥").count() == 21
    assert "Nothing to do" in import_guide(OF_2022)


@needs_corpus
def test_one_guide_after_the_other_leaves_to_the_letter(tmp_path):
    call_command("load_guide", stdout=StringIO())
    for path in (OF_2022, OF_2016, GUIDE):
        import_guide(path)
        assert exported(tmp_path / "out.md") == path.read_bytes(), path
    assert Service.objects.count() == 80


def test_the_shipped_guide_brings_the_catalogue_that_shipped_before(tmp_path):
    call_command("load_guide", stdout=StringIO())
    assert counts() == [6, 27, 125, 67]
    assert Offering.objects.exclude(service=None).count() == 24
    assert not Offering.objects.filter(provider__slug="aws", service=None).exists()
    assert exported(tmp_path / "out.md") == GUIDE.read_bytes()
    assert "Nothing to do" in import_guide(GUIDE)


def test_releases_of_the_shipped_table_and_of_its_catalogue_agree():
    guide = reader.parse(GUIDE.read_text("utf-8"))
    entries = [entry for entry in guide.walk() if entry.kind == "table"]
    found = [one for one in table.find(entries, signs=(), texts=list) if one.kind == table.RELEASES]
    services = {key(row["name"]): row for row in CATALOGUE["services"]}
    seen = set()
    for one in found:
        for row in one.table.rows:
            name, link, _ = one.cells.service(row.cell(0))
            fact = services[key(name)]
            seen.add(fact["name"])
            released = one.cells.write_date(*one.cells.date(row.cell(one.table.date_column)))
            said = (
                link,
                released,
                *one.cells.availability(row.cell(one.table.availability_column)),
            )
            fields = ("release_notes", "released", "availability", "uncertain", "note")
            assert said == tuple(fact[field] for field in fields), name
    assert len(seen) == 49
    assert {row["name"] for row in CATALOGUE["services"] if row["released"]} == seen


def test_the_tables_are_the_one_truth_about_the_matrix():
    assert CATALOGUE.keys() == {"providers", "groups", "services"}
