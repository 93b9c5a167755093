"""A second import: nothing of the same file, of a changed one only what changed."""

import pytest
from reversion.models import Version

from guide_site.core import history
from moderation.models import Change, Operation, Subject
from services.models import Capability, Offering, Provider, Service
from tests import factories
from tests.services.guides_with_tables import (
    GUIDE,
    cells,
    change,
    delete,
    exported,
    facts,
    imported,
    publish,
    releases,
)

pytestmark = pytest.mark.django_db


def done(report):
    """What an import did to the catalogue."""
    counts = {what: dict(count) for what, count in report.done.items() if count}
    return {what: count for what, count in counts.items() if what not in ("entries", "sections")}


def keys(model):
    return dict(model.objects.values_list("name", "pk"))


def test_the_same_file_writes_nothing():
    imported(GUIDE)
    before = history.generation()
    report = imported(GUIDE)
    assert report.is_empty
    assert done(report) == {}
    assert history.generation() == before


@pytest.mark.parametrize(
    ("old", "new", "counts"),
    [
        ("(GCE)", "(new)", {"offerings": {"edited": 1}}),
        ("example.org/lock", "example.org/l", {"offerings": {"edited": 1}}),
        ("Prometheus(?)", "Prometheus", {"offerings": {"edited": 1}}),
        ("bind, nsd", "bind, nsd, dnsmasq", {"offerings": {"added": 1}}),
        ("bind, nsd", "nsd", {"offerings": {"removed": 1}}),
        ("bind, nsd", "nsd, bind", {"offerings": {"moved": 1}}),
        ("bind, nsd", "bind, knot", {"offerings": {"added": 1, "removed": 1}}),
        ("| DNS  ", "| DNS!  ", {"capabilities": {"edited": 1}}),
        ("| DNS  ", "| Names  ", {"capabilities": {"edited": 1}}),
        ("2006-08", "2006-09", {"services": {"edited": 1}}),
        ("2006-08", "2006", {"services": {"edited": 1}}),
        ("Obsolete?", "Obsolete", {"services": {"edited": 1}}),
        ("2006-08 | General", "2006-08 | General (for all)", {"services": {"edited": 1}}),
        ("org/ec2", "org/e", {"services": {"edited": 1}}),
        ("| [EC2]", "| [S3](http://e.org) | | |\n| [EC2]", {"services": {"added": 1}}),
        ("| Open source |", "| Open source code |", {}),
        ("| Open source |", "| Self-made |", None),
    ],
)
def test_of_a_changed_file_only_the_rows_that_changed_are_written(old, new, counts):
    imported(GUIDE)
    capabilities, services = keys(Capability), keys(Service)
    report = imported(GUIDE.replace(old, new, 1))
    if counts is not None:
        assert done(report) == counts
    assert services.items() <= keys(Service).items()
    assert set(capabilities.values()) == set(keys(Capability).values())


def test_another_provider_brings_its_offerings():
    imported(GUIDE)
    report = imported(GUIDE.replace("| Open source |", "| Self-made |"))
    assert done(report) == {"providers": {"added": 1}, "offerings": {"added": 5, "removed": 5}}
    assert Provider.objects.count() == 5


def test_a_row_that_is_gone_leaves_but_reversion_keeps_it():
    imported(GUIDE)
    gone = Capability.objects.get(name="DNS")
    row = next(line for line in GUIDE.splitlines(True) if line.startswith("| DNS"))
    report = imported(GUIDE.replace(row, ""))
    assert done(report) == {"offerings": {"removed": 4}, "capabilities": {"removed": 1}}
    assert list(cells()) == ["Virtual server", "Lock manager"]
    deleted = Version.objects.get_deleted(Offering)
    assert {version.object_repr for version in deleted} == {"Route53", "DNS", "bind", "nsd"}
    assert Version.objects.get_deleted(Capability).get().object_id == str(gone.pk)


def test_rows_in_another_order_keep_their_identity():
    imported(GUIDE)
    lines = GUIDE.splitlines(True)
    number = next(n for n, line in enumerate(lines) if line.startswith("| DNS"))
    lines[number], lines[number - 1] = lines[number - 1], lines[number]
    before = keys(Capability)
    assert done(imported("".join(lines))) == {"capabilities": {"moved": 1}}
    assert list(cells()) == ["DNS", "Virtual server", "Lock manager"]
    assert keys(Capability) == before


@pytest.mark.parametrize("cell", ["Silk", "[Silk][s]", "*Silk*"])
def test_services_are_never_removed(cell):
    text = GUIDE.replace("| Silk |", f"| {cell} |") + "\n[s]: https://example.org/silk\n"
    imported(text)
    text = text.replace(f"| {cell} | 2005 | Obsolete? |\n", "")
    assert done(imported(text)) == {}
    assert facts("Silk") == ("2005-01-01", "year", "obsolete", True, "")
    assert exported() == text


def test_a_guide_without_tables_leaves_the_catalogue_alone():
    imported(GUIDE)
    before = cells()
    assert done(imported("# Guide\n\n- One.\n")) == {}
    assert cells() == before


def test_signs_that_the_table_uses_are_taken_away_others_stay():
    tags = [factories.legend_tag("new", "🐥"), factories.legend_tag("gotcha", "❗")]
    imported(releases("| 🐥 Lex | 2016 | General |", "| 🐥 S3 | 2006 | General |"))
    with history.revision(by=None, comment="test"):
        Service.objects.get(name="S3").tags.add(tags[1])
    report = imported(releases("| 🐥 Lex | 2016 | General |", "| S3 | 2006 | General |"))
    assert done(report) == {"services": {"edited": 1}}
    assert [tag.slug for tag in Service.objects.get(name="S3").tags.all()] == ["gotcha"]


def test_what_the_site_changed_is_as_in_the_file_again():
    imported(GUIDE)
    change(Offering.objects.get(name="nsd"), note="small")
    delete(Offering.objects.get(name="bind"))
    other = Provider.objects.get(name="Microsoft")
    publish(Offering(name="X", provider=other, capability=Capability.objects.get(name="DNS")))
    report = imported(GUIDE)
    assert done(report) == {"offerings": {"added": 1, "edited": 1, "removed": 1}}
    assert exported() == GUIDE


def test_removing_alone_is_a_revision_as_well():
    imported(GUIDE)
    other = Provider.objects.get(name="Microsoft")
    publish(Offering(name="X", provider=other, capability=Capability.objects.get(name="DNS")))
    before = history.generation()
    imported(GUIDE)
    assert history.generation() == before + 1


def test_a_service_that_somebody_linked_stays_linked():
    imported(GUIDE)
    offering = Offering.objects.get(name="DynamoDB")
    change(offering, service=Service.objects.get(name="EC2"))
    assert imported(GUIDE).is_empty
    offering.refresh_from_db()
    assert offering.service.name == "EC2"


def test_a_service_that_comes_later_is_linked_then():
    imported(GUIDE)
    report = imported(GUIDE.replace("| Silk |", "| DynamoDB | 2012 | General |\n| Silk |"))
    assert done(report) == {"services": {"added": 1}, "offerings": {"edited": 1}}
    assert Offering.objects.get(name="DynamoDB").service.name == "DynamoDB"


def test_what_a_proposal_speaks_of_may_go():
    imported(GUIDE)
    proposal, nsd = factories.proposal(), Offering.objects.get(name="nsd")
    what = {"subject": Subject.OFFERING, "operation": Operation.EDIT, "offering": nsd}
    change = Change.objects.create(proposal=proposal, position=1, **what)
    text = GUIDE.replace("bind, nsd", "bind")
    imported(text)
    change.refresh_from_db()
    assert (change.offering, Offering.objects.filter(pk=nsd.pk).exists()) == (None, False)
    assert exported() == text
