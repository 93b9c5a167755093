"""Sitemap, robots.txt, OpenSearch and llms.txt."""

from xml.etree import ElementTree

import pytest

from guide_site.public.pages import discovery
from tests import factories

pytestmark = pytest.mark.django_db

MAPS = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
SEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"


@pytest.fixture(scope="module")
def guide(module_db):
    factories.legend_tag("gotcha", "❗")
    title = factories.section("The guide")
    storage = factories.section("Storage & more", slug="storage", parent=title)
    factories.section("Buckets", parent=storage)
    factories.service("S3", slug="s3", section=factories.section("S3 notes", parent=title))
    return factories.entry(section=storage)


def addresses(client, address="/sitemap.xml"):
    answer = client.get(address)
    assert answer["Content-Type"] == "application/xml; charset=utf-8"
    found = [element.text for element in ElementTree.fromstring(answer.content).iter(f"{MAPS}loc")]
    return [one.removeprefix("http://testserver") for one in found]


def test_the_sitemap_has_every_page_to_read_once(client, guide):
    found = addresses(client)
    assert len(found) == len(set(found))
    assert {"/", "/guide/", "/sections/storage/", "/services/s3/", "/legend/gotcha/"} <= set(found)
    assert f"/entries/{guide.pk}/" in found


def test_every_address_of_the_sitemap_is_a_page(client, guide):
    assert {address: client.get(address).status_code for address in addresses(client)} == (
        dict.fromkeys(addresses(client), 200)
    )


def test_the_sitemap_leaves_out_what_is_retired_hidden_or_elsewhere(client, guide):
    contents = factories.section("Contents", kind="contents")
    hidden = [factories.entry(section=contents), factories.entry(section=guide.section)]
    factories.retire(hidden[1])
    found = addresses(client)
    assert "/sections/s3-notes/" not in found
    assert "/sections/contents/" not in found
    assert not [entry for entry in hidden if f"/entries/{entry.pk}/" in found]


def test_a_large_guide_has_an_index_of_parts(client, guide, monkeypatch):
    whole = addresses(client)
    monkeypatch.setattr(discovery, "MOST_ADDRESSES", 4)
    client.cookies.clear()
    factories.entry(section=guide.section)
    parts = addresses(client)
    assert parts[0] == "/sitemap.xml?part=1"
    found = [address for part in parts for address in addresses(client, part)]
    assert set(whole) < set(found)
    assert len(found) == len(set(found)) == len(whole) + 1


@pytest.mark.parametrize("part", ["0", "2", "-1", "x", "", "9" * 50, "٣", f"000000001{'9' * 5000}"])
def test_a_part_that_is_not_there_is_not_found(client, guide, part):
    assert client.get(f"/sitemap.xml?part={part}").status_code == 404


def test_robots_learn_of_the_sitemap_and_leave_forms_alone(client):
    answer = client.get("/robots.txt")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    lines = answer.text.splitlines()
    assert "Sitemap: http://testserver/sitemap.xml" in lines
    assert {"User-agent: *", "Disallow: /accounts/", "Disallow: /*/edit/"} <= set(lines)


def test_browsers_can_search_the_guide(client, db):
    factories.facts(name="R&D guide to everything")
    answer = client.get("/opensearch.xml")
    assert answer["Content-Type"] == "application/opensearchdescription+xml"
    found = ElementTree.fromstring(answer.content)
    url = found.find(f"{SEARCH}Url").get("template")
    assert url == "http://testserver/search/?q={searchTerms}"
    assert len(found.findtext(f"{SEARCH}ShortName")) <= 16


def test_every_page_leads_to_the_search_description(client):
    assert 'type="application/opensearchdescription+xml"' in client.get("/").text


def test_language_models_find_every_chapter_as_markdown(client, guide):
    text = client.get("/llms.txt").text
    assert text.startswith("# ")
    assert "\n> " in text
    assert "- [Storage & more](http://testserver/sections/storage.md): Buckets\n" in text
    assert "- [S3 notes](http://testserver/services/s3.md)\n" in text


def test_the_addresses_of_llms_txt_are_there(client, guide):
    text = client.get("/llms.txt").text
    found = {part.partition(")")[0] for part in text.split("](http://testserver")[1:]}
    assert len(found) > 6
    assert {path for path in found if client.get(path).status_code != 200} == set()
