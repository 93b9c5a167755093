"""Filling the catalogue, and finding the sections of its services."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from guide_site.core import history
from services import actions
from services.models import Offering, Provider, Service
from tests import factories

pytestmark = pytest.mark.django_db


def link():
    with history.revision(by=None, comment="test"):
        return actions.link_sections()


def load(data):
    with history.revision(by=None, comment="test"):
        actions.load_catalogue(data)


def service(**fields):
    """A service as `fixtures/services.json` writes it."""
    row = dict.fromkeys(
        ["full_name", "group", "section", "summary", "homepage", "docs", "pricing", "faq"], ""
    )
    row |= {"slug": "s3", "name": "S3", "provider": "aws", "tags": [], "released": ""}
    row |= {"availability": "general", "uncertain": False, "note": "", "release_notes": ""}
    return row | fields


def offering(**fields):
    """An offering as `fixtures/services.json` writes it."""
    row = {"capability": "Storage", "provider": "aws", "name": "S3", "url": ""}
    return row | {"service": "", "note": "", "uncertain": False} | fields


def catalogue(*, services=(), offerings=()):
    """A small catalogue with the rows that the others need."""
    return {
        "providers": [{"slug": "aws", "name": "AWS"}, {"slug": "other", "name": "Other"}],
        "groups": [{"slug": "must-know", "name": "Must-know", "summary": "What all need."}],
        "services": list(services),
        "capabilities": [{"name": "Storage"}, {"name": "Servers"}],
        "offerings": list(offerings),
    }


@pytest.mark.parametrize(
    ("title", "names"),
    [
        ("S3", {"name": "S3"}),
        ("s3", {"name": "S3"}),
        ("Simple Storage Service", {"name": "S3", "full_name": "Simple Storage Service"}),
        ("ELBs", {"name": "ELB"}),
    ],
)
def test_a_service_finds_the_section_that_bears_its_name(title, names):
    made, section = factories.service(**names), factories.section(title)
    factories.section("Another")
    assert link() == 1
    made.refresh_from_db()
    assert made.section == section


@pytest.mark.parametrize("title", ["S3 Tips", "S", "S3ss", "About S3"])
def test_other_sections_are_not_its_own(title):
    made = factories.service("S3", full_name="")
    factories.section(title)
    assert link() == 0
    made.refresh_from_db()
    assert made.section is None


def test_a_section_goes_to_one_service_only():
    factories.section("S3")
    factories.service("S3")
    factories.service("S3")
    assert link() == 1
    assert Service.objects.exclude(section=None).count() == 1


def test_what_is_linked_stays_linked():
    section = factories.section("Storage")
    made = factories.service("S3", section=section)
    factories.section("S3")
    assert link() == 0
    made.refresh_from_db()
    assert made.section == section


def test_a_second_run_links_nothing():
    factories.section("S3")
    factories.service("S3")
    assert (link(), link()) == (1, 0)


def test_an_empty_catalogue_is_fine():
    load({key: [] for key in ("providers", "groups", "services", "capabilities", "offerings")})
    assert not Provider.objects.exists()


def test_a_service_is_loaded_with_all_its_facts():
    factories.legend_tag("cost", "💸")
    section = factories.section("S3", slug="s3")
    facts = {"full_name": "Simple Storage Service", "summary": "Files.", "note": "Old."}
    urls = {key: f"https://example.org/{key}" for key in ("homepage", "docs", "pricing", "faq")}
    load(
        catalogue(
            services=[service(**facts, **urls, group="must-know", section="s3", tags=["cost"])]
        )
    )
    made = Service.objects.get()
    assert (made.name, made.full_name, made.summary, made.note) == ("S3", *facts.values())
    assert [made.homepage_url, made.docs_url, made.pricing_url, made.faq_url] == list(urls.values())
    assert (made.provider.slug, made.group.slug, made.section) == ("aws", "must-know", section)
    assert [tag.slug for tag in made.tags.all()] == ["cost"]


@pytest.mark.parametrize(
    ("released", "date", "precision"),
    [
        ("2006-03", datetime.date(2006, 3, 1), "month"),
        ("2006", datetime.date(2006, 1, 1), "year"),
        ("", None, ""),
    ],
)
def test_a_release_is_loaded_as_exactly_as_it_is_known(released, date, precision):
    load(catalogue(services=[service(released=released)]))
    made = Service.objects.get()
    assert (made.released, made.released_precision) == (date, precision)


def test_a_section_that_the_guide_lacks_is_left_out():
    load(catalogue(services=[service(section="nowhere")]))
    assert Service.objects.get().section is None


def test_cells_keep_their_order_and_know_their_service():
    rows = [
        offering(capability="Servers", name="EC2"),
        offering(service="s3", note="Since 2006.", uncertain=True),
        offering(provider="other", name="Disks", url="https://example.org/disks"),
    ]
    load(catalogue(services=[service()], offerings=rows))
    cells = Offering.objects.values_list("capability__name", "provider__slug", "name")
    assert list(cells) == [
        ("Storage", "aws", "S3"),
        ("Storage", "other", "Disks"),
        ("Servers", "aws", "EC2"),
    ]
    cell = Offering.objects.get(name="S3")
    assert (cell.service.slug, cell.note, cell.uncertain) == ("s3", "Since 2006.", True)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"homepage": "javascript:alert(1)"}, "homepage_url"),
        ({"docs": "docs.html"}, "docs_url"),
        ({"availability": "gone"}, "availability"),
        ({"name": ""}, "name"),
        ({"slug": "a b"}, "slug"),
        ({"summary": "x" * 301}, "summary"),
    ],
)
def test_a_wrong_service_is_refused_and_nothing_is_loaded(fields, field):
    with pytest.raises(ValidationError) as refusal:
        load(catalogue(services=[service(**fields)]))
    assert field in refusal.value.message_dict
    assert not Provider.objects.exists()


@pytest.mark.parametrize("fields", [{"url": "javascript:alert(1)"}, {"name": ""}])
def test_a_wrong_cell_is_refused_and_nothing_is_loaded(fields):
    with pytest.raises(ValidationError):
        load(catalogue(offerings=[offering(**fields)]))
    assert not Provider.objects.exists()


def test_the_same_cell_twice_is_refused():
    with pytest.raises(ValidationError, match="already exists"):
        load(catalogue(offerings=[offering(), offering()]))
    assert not Offering.objects.exists()


@pytest.mark.parametrize(
    "write", [actions.link_sections, lambda: actions.load_catalogue(catalogue())]
)
def test_outside_a_revision_it_is_refused(write):
    factories.section("S3")
    made = factories.service("S3")
    with pytest.raises(history.WriteOutsideRevision):
        write()
    made.refresh_from_db()
    assert made.section is None
