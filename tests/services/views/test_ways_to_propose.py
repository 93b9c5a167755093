"""From what stands in the catalogue, or lacks, to where it is proposed."""

import pytest

from tests import factories
from tests.public.page_texts import links

pytestmark = pytest.mark.django_db


def test_every_offering_of_the_matrix_can_be_edited(client):
    offering = factories.offering("SQS")
    page = client.get("/matrix/")
    assert f"/offerings/{offering.pk}/edit/" in links(page)
    assert 'aria-label="Propose a change to SQS"' in page.text


def test_every_cell_can_be_added_to_also_an_empty_one(client):
    queue = factories.offering("SQS", provider="AWS").capability
    cdn = factories.offering("CDN", capability="Delivery", provider="Google").capability
    found = links(client.get("/matrix/"))
    for capability in (queue, cdn):
        for provider in ("aws", "google"):
            assert f"/matrix/{capability.pk}/{provider}/add/" in found


def test_the_page_of_a_service_only_shows_the_matrix(client):
    service = factories.service("SQS", slug="sqs")
    offering = factories.offering("SQS", service=service)
    assert f"/offerings/{offering.pk}/edit/" not in links(client.get("/services/sqs/"))


def test_a_missing_part_is_started_as_a_section_of_its_kind(client):
    factories.service("S3", section=factories.section("S3"))
    found = links(client.get("/completeness/"))
    assert "/sections/s3/add-section/?title=S3+Basics&kind=basics" in found
    assert "/sections/s3/add-section/?title=S3+Gotchas+and+Limitations&kind=gotchas" in found


def test_a_missing_section_is_started_beside_those_of_other_services(client):
    chapter = factories.section("Services")
    factories.service("S3", section=factories.section("S3", parent=chapter))
    factories.service("<SQS> & more", slug="sqs")
    start = "/sections/services/add-section/?title=%3CSQS%3E+%26+more&kind=general"
    assert start in links(client.get("/completeness/"))
    assert start in links(client.get("/services/sqs/"))
