"""What the guide says about a service, by kind of section."""

import pytest
from django.utils import timezone

from services.reading.coverage import service_lines
from services.reading.tree import guide_tree
from tests import factories

pytestmark = pytest.mark.django_db


def coverage(service):
    lines = service_lines(guide_tree())
    return next(line.coverage for line in lines if line.row.pk == service.pk)


def told(service):
    return {part.name: part.entries for part in coverage(service).with_entries}


@pytest.fixture
def home():
    return factories.section("S3")


@pytest.fixture
def service(home):
    return factories.service("S3", section=home)


def test_nothing_is_told_of_a_service_without_a_section():
    service = factories.service("SQS")
    assert (told(service), coverage(service).entries, coverage(service).node) == ({}, 0, None)


def test_entries_count_by_the_kind_of_their_section(home, service):
    factories.entry(section=home)
    for kind in ("tips", "tips", "gotchas"):
        factories.entry(section=factories.section(parent=home, kind=kind))
    assert told(service) == {"Tips": 2, "Gotchas": 1, "Other": 1}
    assert coverage(service).entries == 4


def test_a_section_of_no_kind_has_that_of_the_one_above(home, service):
    tips = factories.section(parent=home, kind="tips")
    factories.entry(section=factories.section(parent=tips))
    assert told(service) == {"Tips": 1}


def test_nested_entries_count_and_retired_or_kept_ones_do_not(home, service):
    entry = factories.entry(section=home)
    factories.entry(section=home, parent=entry)
    factories.retire(factories.entry(section=home))
    factories.entry("Back to top.", section=home, kind="kept")
    assert coverage(service).entries == 2


def test_several_tags_do_not_count_an_entry_twice(home, service):
    tags = [factories.legend_tag("gotcha", "❗").slug, factories.legend_tag("cost", "💸").slug]
    factories.entry(section=home, tags=tags)
    assert (coverage(service).entries, coverage(service).gotchas) == (1, 1)


def test_what_belongs_to_a_service_within_is_not_its_own(home, service):
    inner = factories.section(parent=home)
    factories.service("Glacier", section=inner)
    factories.entry(section=inner)
    assert coverage(service).entries == 0


def test_retired_sections_do_not_count(home, service):
    gone = {"retired_at": timezone.now(), "retired_because": "Merged."}
    factories.entry(section=factories.section(parent=home, kind="tips", **gone))
    assert coverage(service).entries == 0


@pytest.mark.parametrize(
    ("kind", "tags", "has"),
    [("gotchas", [], True), ("tips", ["gotcha"], True), ("tips", [], False)],
)
def test_gotchas_are_a_section_of_them_or_entries_so_marked(home, service, kind, tags, has):
    factories.legend_tag("gotcha", "❗")
    factories.entry(section=factories.section(parent=home, kind=kind), tags=tags)
    assert coverage(service).has_gotchas is has


def test_a_part_leads_to_the_first_section_of_its_kind(home, service):
    first = factories.section("First", parent=home, kind="tips")
    factories.section("Second", parent=home, kind="tips")
    tips = next(part for part in coverage(service).parts if part.kind == "tips")
    assert tips.node.section == first
