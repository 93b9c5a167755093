"""What the database itself refuses of the catalogue."""

import datetime

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction

from entries.models import Section
from guide_site.core import history
from services.models import Capability, Offering, Provider, Service, ServiceGroup
from tests import factories

pytestmark = pytest.mark.django_db

DAY = datetime.date(2006, 3, 1)
BROKEN = [
    ("provider_has_a_name", Provider, {"name": ""}),
    ("provider_has_a_slug", Provider, {"slug": ""}),
    ("service_group_has_a_name", ServiceGroup, {"name": ""}),
    ("service_group_has_a_slug", ServiceGroup, {"slug": ""}),
    ("service_has_a_name", Service, {"name": ""}),
    ("service_has_a_slug", Service, {"slug": ""}),
    ("service_availability_is_known", Service, {"availability": "gone"}),
    ("service_release_date_has_a_precision", Service, {"released": DAY}),
    ("service_release_date_has_a_precision", Service, {"released_precision": "year"}),
    (
        "service_release_date_has_a_precision",
        Service,
        {"released": DAY, "released_precision": "day"},
    ),
    ("capability_has_a_name", Capability, {"name": ""}),
    ("offering_has_a_name", Offering, {"name": ""}),
]


def saved(row):
    with history.revision(by=None, comment="test"):
        row.save()
    return row


@pytest.fixture
def offering():
    """An offering, with one row of every other model behind it."""
    group = saved(ServiceGroup(name="Must-know", slug="must-know"))
    service = factories.service("S3", group=group, section=factories.section("S3"))
    capability = saved(Capability(name="Object storage"))
    return saved(
        Offering(capability=capability, provider=service.provider, name="S3", service=service)
    )


@pytest.mark.parametrize(("name", "model", "fields"), BROKEN)
def test_the_database_refuses(offering, name, model, fields):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        models.QuerySet(model).update(**fields)


def test_every_check_of_the_models_is_tried_above():
    checks = {
        constraint.name
        for model in apps.get_app_config("services").get_models()
        for constraint in model._meta.constraints
        if isinstance(constraint, models.CheckConstraint)
    }
    assert checks == {name for name, _, _ in BROKEN}


@pytest.mark.parametrize(
    ("model", "fields"),
    [
        (Provider, {"name"}),
        (Provider, {"slug"}),
        (ServiceGroup, {"name"}),
        (ServiceGroup, {"slug"}),
        (Service, {"slug"}),
        (Service, {"section"}),
        (Service, {"provider", "name"}),
        (Capability, {"name"}),
        (Offering, {"capability", "provider", "name"}),
    ],
    ids=lambda value: "-".join(sorted(value)) if isinstance(value, set) else value.__name__,
)
def test_no_two_rows_share(offering, model, fields):
    row = model.objects.get()
    others = {"name": "Another", "slug": "another", "provider": None, "section": None}
    twin = model(**{f.name: getattr(row, f.name) for f in model._meta.fields if f.name != "id"})
    for name, value in others.items():
        if name not in fields and hasattr(twin, name):
            setattr(twin, name, value or another(name))
    with pytest.raises(IntegrityError, match=r"(?i)unique"), transaction.atomic():
        models.QuerySet(model).bulk_create([twin])


def another(name):
    """A provider or section that no other row has."""
    if name == "provider":
        return saved(Provider(name="Another", slug="another"))
    return factories.section()


def test_two_providers_may_use_one_name(offering):
    twin = factories.service("S3", slug="s3-of-another")
    assert Service.objects.filter(name=twin.name).count() == 2


def test_one_provider_may_have_several_offers_in_a_cell(offering):
    offering.pk, offering.name = None, "EFS"
    offering._state.adding = True
    saved(offering)
    assert offering.capability.offerings.count() == 2


@pytest.mark.parametrize("what", ["provider", "group", "section", "capability", "service"])
def test_nothing_that_others_build_on_is_deleted(offering, what):
    rows = {
        "provider": offering.provider,
        "group": ServiceGroup.objects.get(),
        "section": Section.objects.get(),
        "capability": offering.capability,
        "service": offering.service,
    }
    with pytest.raises(models.ProtectedError), history.revision(by=None, comment="test"):
        rows[what].delete()


def test_objects_speak_of_themselves(offering):
    rows = [offering, offering.service, offering.capability, ServiceGroup.objects.get()]
    assert [str(row) for row in rows] == ["S3", "S3", "Object storage", "Must-know"]
    assert str(offering.provider) == offering.provider.name


def test_the_address_of_a_service_is_its_slug():
    assert factories.service("S3", slug="s3").get_absolute_url() == "/services/s3/"


@pytest.mark.parametrize("precision", ["month", "year"])
def test_a_release_is_known_by_month_or_year(precision):
    service = factories.service("S3", released=DAY, released_precision=precision)
    service.full_clean()
    assert Service.objects.get().released == DAY
