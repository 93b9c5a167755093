"""Pages and files of a guide in which nothing, or hardly anything, has been published yet."""

import pytest

from guide_site.public.api.endpoints import ENDPOINTS
from tests import factories
from tests.public.page_texts import words

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/guide.epub", "/guide.html"])
def test_there_is_no_book(client, address):
    assert client.get(address).status_code == 404


def test_the_feed_is_empty(client):
    feed = client.get("/feeds/guide/")
    assert feed.status_code == 200
    assert "<entry>" not in feed.text


def test_without_a_legend_there_are_no_tags_to_choose(client):
    assert "This guide has no legend yet." in words(client.get("/tagged/"))


def test_without_groups_of_services_releases_offer_none_and_refuse_one(client):
    factories.service("S3")
    assert 'name="group"' not in client.get("/releases/").text
    page = client.get("/releases/?group=none")
    assert 'name="group"' in page.text
    assert 'class="field__error"' in page.text


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda endpoint: endpoint.name)
def test_a_list_of_the_api_is_empty(client, endpoint):
    data = client.get(f"/api/{endpoint.name}/").json()
    assert (data["count"], data["results"]) == (0, [])
