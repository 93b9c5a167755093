"""The catalogue of services."""

import pytest

from guide_site.core import history
from services.models import ServiceGroup
from tests import factories
from tests.public.page_texts import links, words

pytestmark = pytest.mark.django_db


def group(name, position=0):
    """A published group of services."""
    with history.revision(by=None, comment="group"):
        made = ServiceGroup(name=name, slug=name.lower(), summary=f"{name}…", position=position)
        made.save()
    return made


def listed(client):
    """The words below the filter."""
    return words(client.get("/services/")).partition(" Filter ")[2]


def test_an_empty_catalogue_says_how_to_fill_it(client):
    assert "This guide has no catalogue of services yet." in words(client.get("/services/"))


def test_services_stand_in_their_groups_in_order_and_by_name(client):
    second, first = group("Managed", 2), group("Basics", 1)
    for name, where in (("SQS", second), ("S3", first), ("EC2", first)):
        factories.service(name, group=where)
    text = listed(client)
    order = ["Basics", "Basics…", "EC2", "S3", "Managed", "SQS"]
    assert [text.index(part) for part in order] == sorted(text.index(part) for part in order)


def test_services_without_a_group_come_last_as_others(client):
    factories.service("Braket", group=None)
    factories.service("S3", group=group("Basics"))
    text = listed(client)
    assert text.index("Basics") < text.index("S3") < text.index("Others") < text.index("Braket")


def test_each_service_leads_to_its_page(client):
    factories.service("S3", slug="s3")
    assert "/services/s3/" in links(client.get("/services/"))


@pytest.mark.parametrize(
    ("facts", "shown"),
    [
        ({"availability": "obsolete"}, "Obsolete"),
        ({"availability": "preview", "availability_uncertain": True}, "In preview?"),
    ],
)
def test_what_is_not_generally_available_is_marked(client, facts, shown):
    factories.service("S3", **facts)
    assert shown in listed(client)


def test_what_is_generally_available_needs_no_mark(client):
    factories.service("S3")
    assert "available" not in listed(client)


def test_what_a_card_counts_is_where_it_leads(client):
    section = factories.section("S3")
    tips = factories.section("S3 Tips", parent=section, kind="tips")
    for where in (section, tips):
        factories.entry("One.", section=where)
    factories.service("S3", slug="s3", section=section)
    parts = [link for link in links(client.get("/services/")) if link.startswith("/services/s3/#")]
    page = client.get("/services/s3/").text
    assert len(parts) == 2
    assert [link for link in parts if f'id="{link.partition("#")[2]}"' not in page] == []


def test_groups_at_the_same_position_stay_together(client):
    one, other = group("One"), group("Other")
    for name, where in (("A", one), ("B", other), ("C", one), ("D", other)):
        factories.service(name, group=where, summary="")
    assert client.get("/services/").text.count('class="group"') == 2
