"""Filling the catalogue, and finding the sections of its services."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from guide_site.core import history
from services import actions
from services.loading import load_catalogue
from services.models import Provider, Service
from tests import factories

pytestmark = pytest.mark.django_db


def link():
    with history.revision(by=None, comment="test"):
        return actions.link_sections()


def load(data):
    with history.revision(by=None, comment="test"):
        load_catalogue(data)


def service(**fields):
    """A service as `fixtures/services.json` writes it."""
    row = dict.fromkeys(
        ["full_name", "group", "section", "summary", "homepage", "docs", "pricing", "faq"], ""
    )
    row |= {"slug": "s3", "name": "S3", "provider": "aws", "tags": [], "released": ""}
    row |= {"availability": "general", "uncertain": False, "note": "", "release_notes": ""}
    return row | fields


def catalogue(*, services=()):
    """A small catalogue with the rows that the others need."""
    return {
        "providers": [{"slug": "aws", "name": "AWS"}, {"slug": "other", "name": "Other"}],
        "groups": [{"slug": "must-know", "name": "Must-know", "summary": "What all need."}],
        "services": list(services),
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
    load({key: [] for key in ("providers", "groups", "services")})
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


@pytest.mark.parametrize("write", [actions.link_sections, lambda: load_catalogue(catalogue())])
def test_outside_a_revision_it_is_refused(write):
    factories.section("S3")
    made = factories.service("S3")
    with pytest.raises(history.WriteOutsideRevision):
        write()
    made.refresh_from_db()
    assert made.section is None
