"""Tables of whole guides: ours, the shipped one with its catalogue, and those of the corpus."""

import json
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command

from entries.markdown import reader
from services.models import Capability, Offering, Provider, Service
from services.release_dates import release_text
from services.tables import table
from services.tables.matching import key
from tests.entries.guides import CORPUS, DATA, whole_guide

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


@pytest.mark.parametrize(
    ("path", "rows", "ragged"),
    [
        whole_guide("small-clouds-2021.md", [4, 10, 43, 8], 0),
        whole_guide("small-clouds-2024.md", [5, 13, 55, 11], 6),
        whole_guide("open-guide-aws-2016-07.md", [6, 27, 125, 49], 0),
        whole_guide("open-guide-aws-2022-08.md", [7, 38, 257, 63], 32),
    ],
)
def test_the_tables_come_in_and_are_exported_byte_for_byte(tmp_path, path, rows, ragged):
    printed = import_guide(path)
    assert counts() == rows
    assert printed.count("cells in the row") == ragged
    assert exported(tmp_path / "out.md") == path.read_bytes()
    assert "Nothing to do" in import_guide(path)


@pytest.mark.parametrize(
    ("path", "notes", "doubtful"),
    [
        whole_guide(
            "small-clouds-2024.md",
            {
                ("Pairs", "weak"),
                ("FSx", "Windows"),
                ("Gauge", "stores events as well; One value per second and key."),
            },
            ["mist"],
        ),
        whole_guide(
            "open-guide-aws-2022-08.md",
            {("Trove", "stores NoSQL as well"), ("DynamoDB", "weak")},
            ["fulfillment-web-service", "silk"],
        ),
    ],
)
def test_notes_and_doubts_of_the_tables_are_read(path, notes, doubtful):
    import_guide(path)
    assert notes <= set(Offering.objects.exclude(note="").values_list("name", "note"))
    assert Offering.objects.get(uncertain=True).name == "Prometheus"
    assert Offering.objects.get(name="Route53").service.slug == "route-53"
    uncertain = Service.objects.filter(availability_uncertain=True).order_by("slug")
    assert [row.slug for row in uncertain] == doubtful


@pytest.mark.parametrize(
    ("path", "slug", "note", "sign", "tagged"),
    [
        whole_guide("small-clouds-2024.md", "slabs", "❗Nearly obsolete", "🐣", 2),
        whole_guide("open-guide-aws-2022-08.md", "simpledb", "❗Nearly obsolete", "🐥", 21),
    ],
)
def test_words_beside_an_availability_and_signs_of_services_are_read(
    path, slug, note, sign, tagged
):
    import_guide(path)
    service = Service.objects.get(slug=slug)
    assert (service.availability, service.note) == ("obsolete", note)
    assert Service.objects.filter(tags__sign=sign).count() == tagged


@pytest.mark.parametrize(
    ("paths", "services"),
    [
        ([DATA / "small-clouds-2024.md", DATA / "small-clouds-2021.md", GUIDE], 77),
        pytest.param([OF_2022, OF_2016, GUIDE], 80, marks=pytest.mark.corpus),
    ],
    ids=["ours", "corpus"],
)
def test_one_guide_after_the_other_is_exported_byte_for_byte(tmp_path, paths, services):
    call_command("load_guide", stdout=StringIO())
    for path in paths:
        import_guide(path)
        assert exported(tmp_path / "out.md") == path.read_bytes(), path
    assert Service.objects.count() == services


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
    found = table.find(entries, signs=(), texts=list).releases
    services = {key(row["name"]): row for row in CATALOGUE["services"]}
    seen = set()
    for one in found:
        for row in one.table.rows:
            name, link, _ = one.cells.service(row.cell(0))
            fact = services[key(name)]
            seen.add(fact["name"])
            released = release_text(*one.cells.date(row.cell(one.table.date_column)))
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
