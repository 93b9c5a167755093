"""The catalogue that an imported guide brings: from its two tables, as far as they go."""

import datetime
from io import StringIO

import pytest
from django.core.management import call_command
from reversion.models import Revision, Version

from guide_site.core import history
from services.models import Capability, Offering, Provider, Service
from services.tables import importing as catalogue_importing
from tests import factories
from tests.entries.guides import parse
from tests.services.guides_with_tables import (
    GUIDE,
    cells,
    facts,
    imported,
    matrix,
    publish,
    releases,
)

pytestmark = pytest.mark.django_db


def odd(report):
    """What a report says of tables: [(line, sentence)]."""
    return [note for note in report.notes if "heading" not in note[1]]


def test_the_matrix_becomes_providers_capabilities_and_offerings():
    imported(GUIDE)
    names = list(Provider.objects.values_list("name", "slug"))
    assert names[1:3] == [("Google Cloud", "google-cloud"), ("Microsoft", "microsoft")]
    assert [row.name for row in Provider.objects.all()] == [
        *("AWS", "Google Cloud", "Microsoft", "Open source"),
    ]
    assert cells() == {
        "Virtual server": {
            "AWS": ["EC2"],
            "Google Cloud": ["Compute Engine"],
            "Open source": ["OpenStack"],
        },
        "DNS": {"AWS": ["Route53"], "Google Cloud": ["DNS"], "Open source": ["bind", "nsd"]},
        "Lock manager": {"AWS": ["DynamoDB"], "Open source": ["Etcd", "Prometheus"]},
    }


def test_notes_links_and_doubts_come_along():
    imported(GUIDE)
    engine, lock = Offering.objects.get(note="GCE"), Offering.objects.get(name="DynamoDB")
    assert (engine.name, engine.url, engine.uncertain) == ("Compute Engine", "", False)
    assert (lock.url, lock.note) == ("https://example.org/lock", "weak")
    assert [row.name for row in Offering.objects.filter(uncertain=True)] == ["Prometheus"]


def test_releases_become_services_of_aws_with_their_facts():
    imported(GUIDE)
    assert facts("Route 53") == ("2010-10-01", "month", "general", False, "")
    assert facts("Silk") == ("2005-01-01", "year", "obsolete", True, "")
    made = Service.objects.get(slug="route-53")
    assert (made.provider.name, made.group) == ("AWS", None)
    assert made.release_notes_url == "https://example.org/route-53"


def test_offerings_of_aws_know_their_service():
    imported(GUIDE)
    linked = Offering.objects.exclude(service=None)
    assert {row.name: row.service.name for row in linked} == {"EC2": "EC2", "Route53": "Route 53"}


def test_a_table_of_another_kind_leaves_the_catalogue_alone():
    factories.service("S3")
    before = history.generation()
    imported("# A\n\n| Service | Price | Google |\n|---|---|---|\n| DNS | a | b |\n")
    assert not Offering.objects.exists()
    assert Service.objects.count() == Provider.objects.count() == 1
    assert history.generation() == before + 1


def test_providers_that_are_there_are_taken():
    publish(Provider(name="Microsoft Azure", slug="azure"), Provider(name="aws", slug="amazon"))
    imported(GUIDE)
    assert [row.name for row in Provider.objects.order_by("pk")] == [
        *("Microsoft Azure", "aws", "Google Cloud", "Open source"),
    ]


def test_services_that_are_there_take_the_facts():
    other = Provider(name="Amazon", slug="amazon")
    publish(other)
    known = factories.service("Route53", provider=other, summary="Names.", slug="dns")
    imported(GUIDE)
    known.refresh_from_db()
    assert (known.name, known.summary, known.slug) == ("Route53", "Names.", "dns")
    assert known.released == datetime.date(2010, 10, 1)
    assert Service.objects.count() == 3


def test_a_new_service_gets_a_free_address():
    factories.service("Something", slug="silk", full_name="")
    imported(releases("| Silk Road | 2013 | General |", "| ??? | 2014 | General |"))
    assert set(Service.objects.values_list("slug", flat=True)) == {"silk", "silk-road", "service"}


def test_signs_in_front_become_tags():
    factories.legend_tag("new", "🐥")
    factories.legend_tag("gotcha", "❗")
    imported(releases("| 🐥❗ [Lex](https://example.org) | 2016 | General |", "| S3 | 2006 | x |"))
    tags = {row.name: {tag.slug for tag in row.tags.all()} for row in Service.objects.all()}
    assert tags == {"Lex": {"new", "gotcha"}, "S3": set()}


def test_footnotes_become_notes():
    text = matrix("| Mail | SES<sup>[1](#user-content-a)</sup> | | | [x](http://e.org) (y) |")
    text += '\n## Footnotes\n\n<a name="user-content-a">**1**</a>: Only in *Europe*<br />\n'
    imported(text)
    assert Offering.objects.get(name="SES").note == "Only in Europe"
    assert Offering.objects.get(name="x").note == "y"


def test_what_is_ragged_or_unreadable_is_told_with_its_line():
    report = imported(
        matrix(
            "| Mail | SES |",
            "| DNS | a | b | c | d | e |",
            "|  | nameless | | | |",
            "| Mail | again | | | |",
            "| Search | A, A | [x](/y) | | |",
        )
    )
    assert odd(report) == [
        (5, "2 cells in the row of a service matrix that has 5 columns"),
        (6, "6 cells in the row of a service matrix that has 5 columns"),
        (7, "a row of the service matrix without a name: left out"),
        (8, "“Mail” is in the service matrix already: left out"),
        (9, "“/y” is no web address and was left out"),
        (9, "“A” twice in one cell"),
    ]
    assert [row.name for row in Capability.objects.all()] == ["Mail", "DNS", "Search"]
    assert cells()["DNS"]["Open source"] == ["d"]


def test_ragged_releases_go_as_far_as_they_go():
    factories.facts(vendor_words="AWS, Amazon")
    report = imported(
        releases(
            "| S3 | soon | General |",
            "| EC2 | 2006-08",
            "| | 2001 | General |",
            "| Amazon S3 | 2006 | General |",
            "| SQS | 2006 | General | more |",
        )
    )
    assert odd(report) == [
        (5, "“soon” is no date such as 2016-03: left out"),
        (6, "2 cells in the row of a releases table that has 3 columns"),
        (7, "a release without the name of a service: left out"),
        (8, "“Amazon S3” has its release in line 5 already: left out"),
        (9, "4 cells in the row of a releases table that has 3 columns"),
    ]
    assert facts("S3") == (None, "", "general", False, "")
    assert facts("EC2")[:3] == ("2006-08-01", "month", "general")
    assert Service.objects.count() == 3


def test_columns_without_a_name_of_their_own_are_left_out_and_told():
    text = "# G\n\n| Service | AWS | B | | aws | C |\n|-|-|-|-|-|-|\n| DNS | a | b | c | d | e |\n"
    report = imported(text)
    assert odd(report) == [
        (3, "column 4 of the service matrix has no name of its own: left out"),
        (3, "column 5 of the service matrix has no name of its own: left out"),
    ]
    assert cells() == {"DNS": {"AWS": ["a"], "B": ["b"], "C": ["e"]}}


def test_two_matrices_are_one_catalogue():
    table = "| Service | AWS | X | Y | Z |\n|-|-|-|-|-|\n| DNS | a | | | |\n| Mail | m | | | |\n"
    report = imported(f"{GUIDE}\n## More\n\n{table}")
    assert list(cells()) == ["Virtual server", "DNS", "Lock manager", "Mail"]
    assert [note for _, note in odd(report)] == ["“DNS” is in the service matrix already: left out"]


def test_it_is_one_revision_with_a_version_of_every_row():
    imported(GUIDE)
    assert Revision.objects.count() == 1
    for model in (Provider, Capability, Offering, Service):
        assert Version.objects.get_for_model(model).count() == model.objects.count() > 2


def test_outside_a_revision_it_is_refused():
    guide = parse(GUIDE)
    with pytest.raises(history.WriteOutsideRevision):
        catalogue_importing.import_tables(guide, None)
    assert not Provider.objects.exists()


def test_the_command_says_what_the_tables_brought(tmp_path):
    path, out = tmp_path / "guide.md", StringIO()
    path.write_text(GUIDE + "\n## EC2\n\n- Two.\n")
    call_command("import_guide", str(path), stdout=out, stderr=StringIO())
    lines = [line.strip() for line in out.getvalue().splitlines()]
    assert [line for line in lines if "“Matrix”" in line or "“Releases”" in line] == [
        "service matrix in line 7 (“Matrix”): 3 capabilities, 10 offerings, 4 providers; "
        "its first column is “Service” and 4 columns name providers",
        "releases table in line 15 (“Releases”): 3 services; “Original release” has dates "
        "and “Availability” tells what can be used",
    ]
    for counts in ("providers: 4 added", "capabilities: 3 added", "offerings: 10 added"):
        assert counts in lines
    assert "1 services found their section" in lines
    assert Service.objects.get(name="EC2").section.title == "EC2"
