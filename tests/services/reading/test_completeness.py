"""The board of what the guide has and lacks."""

import pytest

from tests import factories
from tests.public.page_texts import links, words

pytestmark = pytest.mark.django_db


def test_an_empty_catalogue_says_how_to_fill_it(client):
    assert "This guide has no catalogue of services yet." in words(client.get("/completeness/"))


def test_it_counts_services_that_the_guide_covers(client):
    home = factories.section("S3")
    factories.entry(section=home)
    factories.service("S3", section=home)
    factories.service("SQS")
    assert "The guide says something of 1 of 2 services." in words(client.get("/completeness/"))


def test_a_count_leads_to_the_section_on_the_services_page(client):
    home = factories.section("S3")
    tips = factories.section("S3 Tips", parent=home, kind="tips")
    factories.entry(section=tips)
    factories.entry(section=tips)
    factories.service("S3", slug="s3", section=home)
    page = client.get("/completeness/")
    assert "/services/s3/#s3-tips" in links(page)
    assert 'aria-label="S3 Tips: 2 entries">2</a>' in page.text


def test_an_empty_section_leads_to_its_first_entry(client):
    home = factories.section("S3")
    factories.section("S3 Tips", parent=home, kind="tips")
    factories.service("S3", section=home)
    assert "/sections/s3-tips/add/" in links(client.get("/completeness/"))


def test_a_missing_part_is_started_in_the_services_section(client):
    factories.service("S3", section=factories.section("S3"))
    page = client.get("/completeness/")
    below = [link for link in links(page) if link.startswith("/sections/s3/add-section/?title=S3+")]
    assert len(below) == 5
    assert 'aria-label="Start S3 Gotchas"' in page.text


def test_a_missing_section_is_started_where_the_others_are(client):
    root, chapter = factories.section("The Guide"), factories.section("Services")
    for name in ("S3", "EC2"):
        factories.service(name, section=factories.section(name, parent=chapter))
    factories.service("IAM", section=factories.section("IAM", parent=root))
    factories.service("SQS")
    page = client.get("/completeness/")
    assert "No section yet · Start this section" in words(page)
    assert any(link.startswith("/sections/services/add-section/?") for link in links(page))


def test_without_a_guide_there_is_nowhere_to_start(client):
    factories.service("SQS")
    page = client.get("/completeness/")
    assert "No section yet" in words(page)
    assert [link for link in links(page) if "/add-section" in link] == []


def test_every_start_opens_for_a_contributor(as_user, contributor, client):
    home = factories.section("S3", parent=factories.section("The Guide"))
    factories.section("S3 Tips", parent=home, kind="tips")
    factories.service("S3", section=home)
    factories.service("SQS")
    starts = {link for link in links(client.get("/completeness/")) if "/add" in link}
    assert len(starts) >= 3
    visit = as_user(contributor).get
    assert {link: visit(link).status_code for link in starts} == dict.fromkeys(starts, 200)


def test_a_service_may_be_called_like_a_page_of_the_catalogue(client):
    factories.service("Completeness", slug="completeness")
    assert "Generally available" in words(client.get("/services/completeness/"))


def test_a_retired_service_is_neither_counted_nor_asked_for(client):
    factories.section("Services")
    factories.service("S3")
    factories.service("Pinpoint", slug="pinpoint", availability="retired")
    page = client.get("/completeness/")
    assert "The guide says something of 0 of 1 services." in words(page)
    assert "Pinpoint" not in page.text
    assert "Start it." not in client.get("/services/pinpoint/").text
