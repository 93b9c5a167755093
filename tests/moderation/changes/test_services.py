"""What becomes of services when proposals about them are merged."""

import pytest

from moderation.changes import versions
from moderation.changes.references import to_change
from moderation.models import Operation, Subject
from services.models import Service
from tests import factories
from tests.moderation.helpers import approve, assert_not_merged

pytestmark = pytest.mark.django_db


@pytest.fixture
def service():
    factories.legend_tag()
    factories.legend_tag("cost", "💸")
    return factories.service("S3", summary="Keeps files for long.")


def now(service):
    return versions.snapshot(Service.objects.get(pk=service.pk))


def add(service, **fields):
    new = {"name": "EBS", "provider": service.provider.slug}
    return factories.changing(Subject.SERVICE, Operation.ADD, **new | fields)


@pytest.mark.parametrize(
    "facts",
    [
        {"name": "Simple storage", "full_name": "Amazon S3"},
        {"released": "2006-03"},
        {"released": "2006"},
        {"availability": "preview", "availability_uncertain": True},
        {"homepage_url": "https://aws.example/s3"},
        {"tags": ["cost", "gotcha"]},
    ],
)
def test_facts_are_edited_and_the_address_stays(service, facts):
    approve(factories.changing(service, **facts))
    assert now(service).items() >= facts.items()
    assert Service.objects.get().slug == service.slug


@pytest.mark.parametrize(
    ("theirs", "ours", "result"),
    [
        (
            {"summary": "Keeps objects for long."},
            {"summary": "Keeps files for ever."},
            {"summary": "Keeps objects for ever."},
        ),
        (
            {"docs_url": "https://a.example/"},
            {"released": "2006"},
            {"docs_url": "https://a.example/", "released": "2006"},
        ),
        ({"tags": ["cost"]}, {"tags": ["gotcha"]}, {"tags": ["cost", "gotcha"]}),
    ],
)
def test_edits_of_two_people_merge_by_field(service, theirs, ours, result):
    first, second = factories.changing(service, **theirs), factories.changing(service, **ours)
    approve(first)
    approve(second)
    assert now(service).items() >= result.items()


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ({"released": "2006"}, {"released": "2006-03"}),
        ({"availability": "obsolete"}, {"availability": "preview"}),
        ({"docs_url": "https://a.example/"}, {"docs_url": "https://b.example/"}),
        ({"summary": "Stores files."}, {"summary": "Holds files."}),
    ],
)
def test_different_values_conflict(service, theirs, ours):
    first, second = factories.changing(service, **theirs), factories.changing(service, **ours)
    approve(first)
    assert_not_merged(approve(second))
    assert now(service).items() >= theirs.items()


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"released": "March 2006"}, "year and month"),
        ({"released": "2006-13"}, "year and month"),
        ({"name": ""}, "cannot be blank"),
        ({"homepage_url": "aws"}, "valid URL"),
        ({"group": "no-such"}, "no service group “no-such”"),
        ({"provider": "no-such"}, "no provider “no-such”"),
        ({"tags": ["no-such"]}, "Unknown legend tag"),
        ({"availability": "gone"}, "not a valid choice"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(service, facts, sentence):
    before = now(service)
    assert_not_merged(approve(factories.changing(service, **facts)), match=sentence)
    assert now(service) == before


def test_two_services_of_one_provider_have_two_names(service):
    other = factories.service("EBS", provider=service.provider)
    assert_not_merged(
        approve(factories.changing(other, name="S3")), match="has a service “S3” already"
    )
    assert_not_merged(approve(add(service, name="S3")), match="has “S3” already: edit that")


def test_a_section_belongs_to_one_service(service):
    section = factories.section("Storage")
    approve(factories.changing(service, section=section.pk))
    assert_not_merged(approve(add(service, section=section.pk)), match="belongs to S3 already")


def test_a_new_service_comes_with_the_section_of_the_same_proposal(service):
    new = {"title": "EBS", "parent": None, "after": None}
    proposal = factories.changing(Subject.SECTION, Operation.ADD, **new)
    what = {"name": "EBS", "provider": service.provider.slug, "released": "2008-08"}
    link = {"section": to_change(proposal.changes.get())}
    factories.also(proposal, Subject.SERVICE, Operation.ADD, **what, **link)
    approve(proposal)
    made = Service.objects.get(name="EBS")
    assert (made.slug, made.section.title, made.released.year) == ("ebs", "EBS", 2008)


@pytest.mark.parametrize(("name", "slug"), [("EBS", "ebs"), ("S3", "s3-2"), ("…", "service")])
def test_the_address_of_a_new_service_collides_with_none(service, name, slug):
    factories.service("Old", slug="s3")
    provider = factories.offering().provider.slug
    approve(add(service, name=name, provider=provider))
    assert Service.objects.latest("pk").slug == slug


def test_a_service_retires_by_its_availability_and_comes_back(service):
    approve(factories.changing(service, Operation.RETIRE, retired_because="Closed in 2030."))
    assert now(service).items() >= {"availability": "retired", "note": "Closed in 2030."}.items()
    service.refresh_from_db()
    back = {"availability": "general", "note": ""}
    approve(factories.changing(service, Operation.EDIT, **back))
    assert now(service).items() >= back.items()
