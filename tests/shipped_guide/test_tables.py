"""The tables of the guide that ships, and its catalogue."""

import json

import pytest
from django.conf import settings

from entries.markdown import reader
from services.models import Offering, Service
from services.release_dates import release_text
from services.tables import table
from services.tables.matching import key
from tests.entries.guides import DATA
from tests.services.tables.whole_guides import counts, exported, import_guide

pytestmark = pytest.mark.django_db

FIXTURES = settings.BASE_DIR / "fixtures"
GUIDE = FIXTURES / "guide-aws.md"
CATALOGUE = json.loads((FIXTURES / "services.json").read_text("utf-8"))


def test_it_brings_the_catalogue_that_shipped_before(shipped, tmp_path):
    assert counts() == [6, 27, 125, 67]
    assert Offering.objects.exclude(service=None).count() == 24
    assert not Offering.objects.filter(provider__slug="aws", service=None).exists()
    assert exported(tmp_path / "out.md") == GUIDE.read_bytes()
    assert "Nothing to do" in import_guide(GUIDE)


def test_after_other_guides_it_is_exported_byte_for_byte(shipped, tmp_path):
    for path in (DATA / "small-clouds-2024.md", DATA / "small-clouds-2021.md", GUIDE):
        import_guide(path)
        assert exported(tmp_path / "out.md") == path.read_bytes(), path
    assert Service.objects.count() == 77


def test_releases_of_the_shipped_table_and_of_its_catalogue_agree():
    guide = reader.parse(GUIDE.read_text("utf-8"))
    entries = [entry for entry in guide.walk() if entry.kind == "table"]
    found = table.find(entries, signs=(), texts=list, links=dict).releases
    services = {key(row["name"]): row for row in CATALOGUE["services"]}
    seen = set()
    for one in found:
        for row in one.table.rows:
            name, link, _ = one.cells.service(row.cell(0))
            fact = services[key(name)]
            seen.add(fact["name"])
            released = release_text(*one.cells.date(row.cell(one.date_column)))
            said = (
                link,
                released,
                *one.cells.availability(row.cell(one.availability_column)),
            )
            fields = ("release_notes", "released", "availability", "uncertain", "note")
            assert said == tuple(fact[field] for field in fields), name
    assert len(seen) == 49
    assert {row["name"] for row in CATALOGUE["services"] if row["released"]} == seen


def test_the_tables_are_the_one_truth_about_the_matrix():
    assert CATALOGUE.keys() == {"providers", "groups", "services"}
