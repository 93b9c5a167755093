"""Which provider and which service a table means."""

import pytest

from services.models import Provider, Service
from services.tables.matching import Names, key, match_providers


def providers(*names):
    return [
        Provider(pk=pk, name=name, slug=f"{name.lower()}-slug".replace(" ", "-"))
        for pk, name in enumerate(names, start=1)
    ]


def matched(titles, names):
    return [row and row.name for row in match_providers(titles, providers(*names))]


@pytest.mark.parametrize(
    ("titles", "names", "found"),
    [
        (["AWS"], ["AWS"], ["AWS"]),
        (["aws"], ["AWS"], ["AWS"]),
        (["aws slug"], ["AWS"], ["AWS"]),
        (["Microsoft Azure"], ["Microsoft"], ["Microsoft"]),
        (["Microsoft"], ["Microsoft Azure"], ["Microsoft Azure"]),
        (["Open source “build your own”"], ["Open source"], ["Open source"]),
        (["Openstack"], ["Open source"], [None]),
        (["Google"], ["Google Cloud", "Google Internal"], [None]),
        (["Google Cloud", "Google Internal"], ["Google"], [None, None]),
        (["Microsoft", "Microsoft Azure"], ["Microsoft Azure"], [None, "Microsoft Azure"]),
        (["", "AWS"], ["AWS"], [None, "AWS"]),
        ([], ["AWS"], []),
    ],
)
def test_a_title_finds_its_provider(titles, names, found):
    assert matched(titles, names) == found


def service(name, full_name="", slug=None, provider=1):
    return Service(name=name, full_name=full_name, slug=slug or name.lower(), provider_id=provider)


CATALOGUE = [
    service("Route 53", "Amazon Route 53"),
    service("ELB", "Elastic Load Balancing"),
    service("OpenSearch", slug="elasticsearch"),
    service("Machine Learning"),
    service("RDS", "Amazon Relational Database Service (RDS)"),
    service("Data Pipeline"),
    service("Direct Path"),
    service("AWS WAF", slug="firewall"),
    service("日本", slug="service"),
]


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Route53", "Route 53"),
        ("route-53", "Route 53"),
        ("Amazon Route 53", "Route 53"),
        ("Elastic Load Balancing", "ELB"),
        ("Elasticsearch", "OpenSearch"),
        ("ML", "Machine Learning"),
        ("Relational Database Service", "RDS"),
        ("Relational Database Service (RDS)", "RDS"),
        ("AWS RDS", "RDS"),
        ("WAF", "AWS WAF"),
        ("日本", "日本"),
        ("DP", None),
        ("Route", None),
        ("CLB/ALB", None),
        ("", None),
        ("?", None),
    ],
)
def test_a_name_finds_its_service(name, found):
    row = Names(CATALOGUE, vendor_words=["Amazon", "AWS"]).find(name)
    assert (row and row.name) == found


@pytest.mark.parametrize(
    ("words", "name", "found"),
    [
        (["Amazon"], "AWS RDS", None),
        ([], "AWS RDS", None),
        ([], "AWS WAF", "AWS WAF"),
        (["Route"], "Route WAF", None),
        (["A.S"], "AWS RDS", None),
        (["Hetzner Online"], "hetzner online  RDS", "RDS"),
    ],
)
def test_only_the_vendor_words_of_the_guide_are_left_out(words, name, found):
    row = Names(CATALOGUE, vendor_words=words).find(name)
    assert (row and row.name) == found


@pytest.mark.parametrize("first", [0, 1])
def test_the_services_of_the_vendor_come_first(first):
    rows = [service("S3", provider=2), service("S3", provider=1)]
    assert Names(rows[first:] + rows[:first], vendor=1).find("s3").provider_id == 1


@pytest.mark.parametrize(
    ("name", "is_current"), [("OpenSearch", True), ("Open Search", True), ("Elasticsearch", False)]
)
def test_an_address_is_no_current_name(name, is_current):
    assert Names(CATALOGUE).is_current(name, CATALOGUE[2]) is is_current


def test_keys_are_letters_and_digits():
    assert key("Route 53") == key("ROUTE-53") == "route53"
    assert key("?!") == "?!"
