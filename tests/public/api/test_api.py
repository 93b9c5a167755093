"""The JSON API: what every address of it has in common."""

import pytest
from django.core.cache import cache

from guide_site.public.api import queries
from guide_site.public.api.endpoints import ENDPOINTS
from tests import factories

pytestmark = pytest.mark.django_db

LISTS = [f"/api/{endpoint.name}/" for endpoint in ENDPOINTS]
_OTHERS = ["/api/openapi.json", "/api/entries/1/", "/api/nothing/", "/api/entries/?page=x"]


@pytest.mark.parametrize("address", LISTS)
def test_a_list_is_json_with_its_rows_and_their_number(client, guide, address):
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")
    data = answer.json()
    searched = {"corrected", "also"} if address == "/api/entries/" else set()
    assert set(data) == {"count", "next", "previous", "results"} | searched
    assert data["count"] == len(data["results"]) > 0


@pytest.mark.parametrize("address", LISTS)
def test_a_list_comes_in_pages_that_lead_to_each_other(client, guide, address):
    whole = client.get(address).json()["results"]
    found, page = [], f"http://testserver{address}?page_size=1"
    while page:
        data = client.get(page).json()
        assert len(data["results"]) == 1
        found += data["results"]
        assert (data["previous"] is None) == (len(found) == 1)
        page = data["next"]
    assert found == whole


def test_links_between_pages_keep_the_other_parameters(client, guide):
    data = client.get("/api/entries/?tag=gotcha&tag=cost&tag=gotcha&page_size=1").json()
    assert data["next"] is None
    data = client.get("/api/entries/?service=s3&page_size=2").json()
    assert data["next"] == "http://testserver/api/entries/?service=s3&page_size=2&page=2"


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("page=0", "page: Ensure this value is greater than or equal to 1."),
        ("page=x", "page: Enter a whole number."),
        (f"page={'9' * 30}", "page: Ensure this value is less than or equal to 1000000."),
        (f"page_size={queries.MOST + 1}", f"less than or equal to {queries.MOST}."),
        ("page_size=-1", "page_size: Ensure this value is greater than or equal to 1."),
    ],
)
@pytest.mark.parametrize("address", ["/api/entries/", "/api/tags/"])
def test_a_page_that_makes_no_sense_is_refused(client, guide, address, query, sentence):
    answer = client.get(f"{address}?{query}")
    assert answer.status_code == 400
    assert sentence in answer.json()["error"]


def test_a_page_after_the_last_is_not_found(client, guide):
    answer = client.get("/api/tags/?page=2")
    assert answer.status_code == 404
    assert answer.json() == {"error": "There is no such page of the list.", "parameters": []}


def test_an_unknown_parameter_is_refused_and_the_known_are_named(client, guide):
    answer = client.get("/api/entries/?tags=gotcha")
    assert answer.status_code == 400
    assert answer.json() == {
        "error": "tags: There is no such parameter; "
        "there are exact, hide, kind, page, page_size, q, section, service, tag, tag_mode.",
        "parameters": ["tags"],
    }


def test_a_single_row_takes_no_parameters(client, guide):
    answer = client.get(f"/api/entries/{guide['one'].pk}/?tag=gotcha")
    assert (answer.status_code, answer.json()["parameters"]) == (400, ["tag"])


@pytest.mark.parametrize("address", ["/api/nothing/", "/api/x/y", "/api/entries/x/", "/api/tags"])
def test_what_is_not_there_is_told_in_json(client, guide, address):
    answer = client.get(address)
    assert answer.status_code == 404
    assert "/api/ lists what there is" in answer.json()["error"]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_it_only_reads(client, guide, method):
    answer = getattr(client, method)("/api/entries/")
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert answer.json()["error"] == "This API only reads: use GET."


def test_a_head_has_no_body(client, guide):
    answer = client.head("/api/entries/")
    assert (answer.status_code, answer.content) == (200, b"")


@pytest.mark.parametrize("address", [*LISTS, *_OTHERS])
def test_pages_of_other_origins_may_read_everything(client, guide, address):
    for _ in range(2):
        answer = client.get(address)
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_pages_of_other_origins_may_ask_whether_something_changed(client, guide):
    asked = client.options("/api/entries/")
    assert asked.status_code == 204
    assert asked["Access-Control-Allow-Headers"] == "If-None-Match"
    etag = client.get("/api/entries/")["ETag"]
    answer = client.get("/api/entries/", headers={"if-none-match": etag})
    assert (answer.status_code, answer["Access-Control-Allow-Origin"]) == (304, "*")


def test_other_pages_stay_closed_to_other_origins(client, guide):
    answer = client.get("/guide/")
    assert "Access-Control-Allow-Origin" not in answer
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"


def test_a_published_change_is_seen_at_once(client, guide):
    before = client.get("/api/entries/").json()["count"]
    factories.entry("Five.")
    assert client.get("/api/entries/").json()["count"] == before + 1


def test_a_refusal_is_not_kept_for_those_who_ask_well(client, guide):
    assert client.get("/api/entries/?page=x").status_code == 400
    assert client.get("/api/entries/").status_code == 200
    assert client.get("/api/entries/?page=x").status_code == 400


def test_members_get_the_same_as_visitors(as_user, client, contributor, guide):
    visitors = client.get("/api/entries/").content
    cache.clear()
    assert as_user(contributor).get("/api/entries/").content == visitors


def test_people_find_every_list_on_one_page(client, guide):
    page = client.get("/api/").text
    assert all(f'href="{address}"' in page for address in LISTS)
    assert 'href="/api/openapi.json"' in page


def test_every_page_leads_there(client):
    assert 'href="/api/"' in client.get("/").text
