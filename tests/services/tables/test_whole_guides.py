"""Tables of whole guides: ours, and those of the corpus."""

import re
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command

from services.models import Offering, Service
from tests.entries.guides import CORPUS, whole_guide
from tests.services.tables.whole_guides import counts, exported, import_guide

pytestmark = pytest.mark.django_db

GUIDE = settings.BASE_DIR / "fixtures" / "guide-aws.md"
OF_2016, OF_2022 = (CORPUS / f"open-guide-aws-{when}.md" for when in ("2016-07", "2022-08"))


def rows_said_ragged(printed):
    """How many rows a report calls too short or too long; it says equal sentences once."""
    lines = [line for line in printed.splitlines() if "cells in the row" in line]
    times = (re.search(r"\((\d+) times: line", line) for line in lines)
    return sum(int(match[1]) if match else 1 for match in times)


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
    assert rows_said_ragged(printed) == ragged
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


@pytest.mark.corpus
def test_one_guide_after_the_other_is_exported_byte_for_byte(tmp_path):
    call_command("load_guide", stdout=StringIO())
    for path in (OF_2022, OF_2016, GUIDE):
        import_guide(path)
        assert exported(tmp_path / "out.md") == path.read_bytes(), path
    assert Service.objects.count() == 80
