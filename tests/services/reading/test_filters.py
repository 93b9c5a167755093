"""The catalogue, narrowed and sorted by its address."""

import datetime

import pytest

from entries.models import LegendTag
from guide_site.core import history
from services.models import ServiceGroup
from tests import factories
from tests.public.page_texts import links, words

pytestmark = pytest.mark.django_db


def service(name, year=None, **fields):
    if year:
        fields |= {"released": datetime.date(year, 1, 1), "released_precision": "year"}
    return factories.service(name, slug=name.lower(), **fields)


def found(client, query):
    """Names of the services that a query finds, in order."""
    page = client.get(f"/services/?{query}")
    assert page.status_code == 200
    return [
        link.split("/")[2]
        for link in links(page)
        if link.startswith("/services/") and link != "/services/" and "#" not in link
    ]


@pytest.fixture
def group():
    with history.revision(by=None, comment="group"):
        made = ServiceGroup(name="Managed", slug="managed")
        made.save()
    return made


def test_by_group(client, group):
    service("RDS", group=group)
    service("S3")
    assert found(client, "group=managed") == ["rds"]


def test_by_legend_tag(client):
    tag = factories.legend_tag("new", "🐥")
    young = service("EFS")
    service("S3")
    with history.revision(by=None, comment="tag"):
        young.tags.set(LegendTag.objects.filter(pk=tag.pk))
        young.save()
    assert found(client, "tag=new") == ["efs"]


def test_by_availability(client):
    service("DevPay", availability="obsolete")
    service("S3")
    assert found(client, "availability=obsolete") == ["devpay"]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("since=2007", ["rds", "efs"]),
        ("until=2009", ["s3", "rds"]),
        ("since=2009&until=2009", ["rds"]),
        ("since=2016&until=2006", []),
    ],
)
def test_by_the_years_of_the_first_release(client, query, names):
    for name, year in (("S3", 2006), ("RDS", 2009), ("EFS", 2015), ("ELB", None)):
        service(name, year)
    assert found(client, f"{query}&sort=released") == names


@pytest.mark.parametrize(
    ("content", "names"), [("some", ["ec2", "s3"]), ("gotchas", ["s3"]), ("none", ["sqs"])]
)
def test_by_what_the_guide_says(client, content, names):
    for name, kind in (("S3", "gotchas"), ("EC2", "tips"), ("SQS", None)):
        home = factories.section(name)
        service(name, section=home)
        if kind:
            factories.entry(section=factories.section(parent=home, kind=kind))
    assert found(client, f"content={content}") == names


@pytest.mark.parametrize(
    ("sort", "names"),
    [
        ("name", ["efs", "elb", "s3"]),
        ("released", ["s3", "efs", "elb"]),
        ("-released", ["efs", "s3", "elb"]),
        ("-entries", ["elb", "efs", "s3"]),
        ("entries", ["efs", "s3", "elb"]),
    ],
)
def test_sorted_with_the_unknown_last(client, sort, names):
    home = factories.section("ELB")
    factories.entry(section=home)
    for name, year, section in (("S3", 2006, None), ("EFS", 2015, None), ("ELB", None, home)):
        service(name, year, section=section)
    assert found(client, f"sort={sort}") == names


def test_names_sort_whatever_their_case(client):
    for name in ("b", "A", "C"):
        service(name, availability="preview")
    assert found(client, "availability=preview") == ["a", "b", "c"]


def test_filters_narrow_together(client):
    service("S3", 2006)
    service("EFS", 2015, availability="preview")
    service("EC2", 2006, availability="preview")
    assert found(client, "since=2010&availability=preview") == ["efs"]


def test_it_says_how_many_of_all_are_found(client):
    service("S3", 2006)
    service("EFS", 2015)
    assert "1 of 2 services" in words(client.get("/services/?since=2010"))


def test_nothing_found_offers_all(client):
    service("S3", 2006)
    page = client.get("/services/?since=2010")
    assert "0 of 1 service Show all No service matches." in words(page)


@pytest.mark.parametrize(
    "query",
    [
        "since=soon",
        "since=1",
        "until=99999999999999999999",
        "since=2006.5",
        "group=nothing",
        "tag=%00",
        "tag=🐥",
        "availability=gone",
        "content=all",
        "sort=pk",
        "sort=-name",
        "group=a&since=%F0%9F%98%80",
    ],
)
def test_what_makes_no_sense_finds_nothing_and_says_why(client, query):
    service("S3", 2006)
    page = client.get(f"/services/?{query}")
    assert found(client, query) == []
    assert "Some values are not valid: see the marked fields." in words(page)
    assert 'class="field__error"' in page.text


def test_the_form_shows_what_was_asked_for(client):
    service("S3", 2006)
    page = client.get("/services/?since=2005&content=none")
    assert 'value="2005"' in page.text
    assert '<option value="none" selected>' in page.text


def test_what_is_found_stands_in_its_groups_unless_an_order_is_asked_for(client, group):
    service("S3", 2006)
    service("RDS", 2009, group=group)
    for query, grouped in (("since=2000", True), ("since=2000&sort=name", False)):
        page = client.get(f"/services/?{query}").text
        assert ("<h2" in page) is grouped


def test_empty_fields_ask_for_nothing(client, group):
    service("S3", group=group)
    page = client.get("/services/?group=&tag=&availability=&content=&since=&until=&sort=")
    assert "Managed" in page.text
    assert "of 1 service" not in words(page)


def test_a_card_counts_entries_by_kind(client):
    home = factories.section("S3")
    service("S3", 2006, section=home)
    for kind in ("tips", "tips", "cost"):
        factories.entry(section=factories.section(parent=home, kind=kind))
    text = words(client.get("/services/"))
    assert "since 2006 Tips 2Cost 1" in text


def test_a_count_leads_to_the_first_section_of_its_kind(client):
    home = factories.section("S3")
    service("S3", section=home)
    factories.entry(section=factories.section("S3 Tips", parent=home, kind="tips"))
    assert "/services/s3/#s3-tips" in links(client.get("/services/"))


def test_a_card_says_that_there_is_no_content_yet(client):
    service("S3")
    assert "No content yet" in words(client.get("/services/"))
