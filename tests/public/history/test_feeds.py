"""Atom feeds of what changed."""

import re
from xml.etree import ElementTree

import pytest

from entries.models import SectionAlias
from guide_site.core import history
from tests import factories
from tests.moderation.helpers import approve
from tests.public.page_texts import links

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def guide(module_db):
    """S3 with tips below it, and an entry elsewhere that carries a tag."""
    factories.legend_tag("gotcha", "❗", label="Gotcha")
    s3 = factories.section("S3 notes")
    tips = factories.section("S3 tips", parent=s3)
    factories.service("S3", slug="s3", section=s3)
    other = factories.section("Other")
    return {
        "tip": factories.entry("Name buckets well.", section=tips, comment="A tip"),
        "trap": factories.entry("Mind the gap.", section=other, tags=["gotcha"], comment="A trap"),
    }


def read(client, address):
    """The feed as (its own element, its entries)."""
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = ElementTree.fromstring(answer.content)
    return feed, feed.findall(f"{ATOM}entry")


def text(element, name):
    return element.findtext(f"{ATOM}{name}")


def titles(client, address):
    return [text(entry, "title") for entry in read(client, address)[1]]


def link(element, rel):
    return next(e.get("href") for e in element.findall(f"{ATOM}link") if e.get("rel") == rel)


FEEDS = [
    "/feeds/guide/",
    "/feeds/sections/s3-tips/",
    "/feeds/services/s3/",
    "/feeds/legend/gotcha/",
]


@pytest.mark.parametrize("address", FEEDS)
def test_a_feed_has_what_atom_requires(client, guide, address):
    feed, entries = read(client, address)
    assert feed.tag == f"{ATOM}feed"
    assert link(feed, "self") == f"http://testserver{address}"
    assert entries
    for element in (feed, *entries):
        assert all(text(element, name) for name in ("id", "title", "updated"))
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:.]+\+00:00", text(element, "updated"))
        assert link(element, "alternate").startswith("http://testserver/")
    assert all(entry.findtext(f"{ATOM}author/{ATOM}name") for entry in entries)
    ids = [text(entry, "id") for entry in entries]
    assert len(set(ids)) == len(ids)


def test_the_guide_has_every_change_newest_first(client, guide):
    assert titles(client, "/feeds/guide/")[:2] == ["A trap", "A tip"]


@pytest.mark.parametrize("address", ["/feeds/sections/s3-notes/", "/feeds/sections/s3-tips/"])
def test_a_section_has_those_of_all_below_and_no_others(client, guide, address):
    found = titles(client, address)
    assert "A tip" in found
    assert "A trap" not in found


def test_a_service_has_those_of_its_section_and_its_own_facts(client, guide):
    with history.revision(by=None, comment="New facts"):
        service = guide["tip"].section.parent.service
        service.summary = "Object storage."
        service.save()
    entries = read(client, "/feeds/services/s3/")[1]
    assert [text(entry, "title") for entry in entries[:2]] == ["New facts", "A tip"]
    assert "<ins>summary: Object storage." in text(entries[0], "content").replace("<br>", "")


def test_a_service_without_a_section_has_its_own_facts(client):
    factories.service("SQS", slug="sqs")
    assert titles(client, "/feeds/services/sqs/") == ["factory"]


def test_a_legend_tag_has_the_entries_that_carry_it(client, guide):
    assert titles(client, "/feeds/legend/gotcha/") == ["A trap", "factory"]


def test_an_entry_shows_the_difference_word_by_word(client, guide):
    factories.edit(guide["tip"], "Name <buckets> & briefly.", comment="Short")
    newest = read(client, "/feeds/guide/")[1][0]
    content = newest.find(f"{ATOM}content")
    assert content.get("type") == "html"
    assert "<ins>" in content.text
    assert "<del>" in content.text
    assert "&lt;buckets&gt;" in content.text
    assert f'href="http://testserver/entries/{guide["tip"].pk}/"' in content.text


def test_tags_that_came_or_went_are_named(client, guide):
    factories.edit(guide["trap"], "Mind the gap.", tags=[])
    assert "<del>❗ Gotcha</del>" in text(read(client, "/feeds/guide/")[1][0], "content")


def test_a_retired_entry_says_why(client, guide):
    factories.retire(guide["tip"], because="S3 is gone.")
    content = text(read(client, "/feeds/guide/")[1][0], "content")
    assert "<strong>retired</strong>" in content
    assert "S3 is gone." in content


def test_the_author_is_who_proposed_it(client, guide):
    ada = factories.user(username="ada")
    proposal = factories.proposal(guide["tip"], "Better.", author=ada, title="Say it better")
    approve(proposal)
    newest = read(client, "/feeds/guide/")[1][0]
    assert text(newest, "title") == "Say it better"
    assert newest.findtext(f"{ATOM}author/{ATOM}name") == "ada"
    assert newest.findtext(f"{ATOM}author/{ATOM}uri") == "http://testserver/people/ada/"
    assert link(newest, "alternate") == f"http://testserver/changes/{history.generation()}/"


def test_a_change_that_nobody_made_is_the_softwares(client, guide):
    assert (
        read(client, "/feeds/guide/")[1][0].findtext(f"{ATOM}author/{ATOM}name") == "the software"
    )


def test_identifiers_do_not_depend_on_port_scheme_or_feed(client, guide):
    first = text(read(client, "/feeds/guide/")[1][1], "id")
    assert first == text(read(client, "/feeds/sections/s3-tips/")[1][0], "id")
    other = client.get("/feeds/guide/", headers={"host": "testserver:8443"})
    assert first in other.text


def test_each_host_has_its_own_addresses(client, guide, settings):
    settings.ALLOWED_HOSTS = ["*"]
    for host in ("a.example", "b.example", "a.example"):
        page = client.get("/feeds/guide/", headers={"host": host}).text
        assert set(re.findall(r'href="https?://([^/"]+)/', page)) == {host}


def test_a_large_change_shows_a_few_and_counts_the_rest(client):
    section = factories.section()
    with history.revision(by=None, comment="Many"):
        for number in range(30):
            factories.entry(f"Number {number}.", section=section)
    newest = read(client, "/feeds/guide/")[1][0]
    assert text(newest, "content").count("<strong>added</strong>") == 12
    assert "18 more changes that are not shown here." in text(newest, "content")


def test_characters_that_xml_has_no_place_for_are_left_out(client):
    factories.entry("A\x0cB \x1b[1m \ufffe <&>", comment="Odd \x08 <title>")
    newest = read(client, "/feeds/guide/")[1][0]
    assert text(newest, "title") == "Odd  <title>"
    assert "AB [1m" in text(newest, "content")


def test_what_is_kept_for_the_export_is_not_told(client):
    factories.entry("Back to top.", kind="kept", comment="Import")
    assert "Back to top." not in client.get("/feeds/guide/").text


def test_an_old_slug_leads_to_the_feed_of_the_section(client, guide):
    with history.revision(by=None, comment="rename"):
        SectionAlias(section=guide["tip"].section, slug="old").save()
    answer = client.get("/feeds/sections/old/")
    assert (answer.status_code, answer["Location"]) == (301, "/feeds/sections/s3-tips/")


@pytest.mark.parametrize("address", ["sections/none", "services/none", "legend/none"])
def test_what_is_not_there_has_no_feed(client, guide, address):
    assert client.get(f"/feeds/{address}/").status_code == 404


def test_a_feed_that_has_not_changed_is_not_sent_again(client, guide):
    etag = client.get("/feeds/guide/")["ETag"]
    assert client.get("/feeds/guide/", headers={"if-none-match": etag}).status_code == 304


@pytest.mark.parametrize(
    ("page", "feed"),
    [
        ("/", "/feeds/guide/"),
        ("/guide/", "/feeds/guide/"),
        ("/changes/", "/feeds/guide/"),
        ("/sections/s3-tips/", "/feeds/sections/s3-tips/"),
        ("/services/s3/", "/feeds/services/s3/"),
        ("/sections/s3-tips/history/", "/feeds/sections/s3-tips/"),
        ("/legend/gotcha/", "/feeds/legend/gotcha/"),
    ],
)
def test_pages_name_their_feed(client, guide, page, feed):
    found = re.findall(
        r'type="application/atom\+xml" title="[^"]+" href="([^"]+)"', client.get(page).text
    )
    assert found == [feed]


@pytest.mark.parametrize(
    ("page", "feed"),
    [
        ("/changes/", "/feeds/guide/"),
        ("/sections/s3-tips/history/", "/feeds/sections/s3-tips/"),
        ("/legend/gotcha/", "/feeds/legend/gotcha/"),
    ],
)
def test_lists_of_changes_lead_readers_to_the_feed(client, guide, page, feed):
    assert feed in links(client.get(page))
