"""Visitors get whole pages from the cache; members get their own on top."""

import gzip

import pytest

from guide_site.core import history
from moderation import actions
from tests import factories
from tests.public.page_texts import links, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_is_enough")]


@pytest.fixture(scope="module")
def addresses(module_db):
    """One address of every kind of reading page."""
    section = factories.section("Basics")
    factories.legend_tag()
    entry = factories.entry(section=section, tags=["gotcha"])
    factories.service("S3", slug="s3", section=factories.section("S3"))
    proposal = factories.proposal(entry)
    at, now = entry.get_absolute_url(), history.generation()
    return [
        *("/", "/guide/", "/sections/basics/", "/services/", "/services/s3/"),
        *("/legend/", "/legend/gotcha/", at, f"{at}history/", f"{at}compare/?b={now}"),
        *("/sections/basics/history/", f"/sections/basics/compare/?b={now}"),
        *("/changes/", f"/changes/{now}/"),
        *("/proposals/", proposal.get_absolute_url()),
    ]


def test_a_page_for_a_visitor_holds_nothing_personal(client, addresses):
    for address in addresses:
        answer = client.get(address)
        assert "csrfmiddlewaretoken" not in answer.text, address
        assert {"/accounts/login/", "/accounts/signup/"} <= set(links(answer)), address
        assert not answer.cookies, address


def test_a_page_for_a_visitor_may_be_kept_by_anybody_who_asks_again(client, addresses):
    for address in addresses:
        answer = client.get(address)
        assert answer["Cache-Control"] == "public, no-cache", address
        assert {"Cookie", "Accept-Encoding"} <= set(answer["Vary"].split(", ")), address
        again = client.get(address, headers={"if-none-match": answer["ETag"]})
        assert (again.status_code, again.content) == (304, b""), address


def test_a_page_for_a_member_is_their_own(as_user, contributor, addresses):
    client = as_user(contributor)
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert answer["Cache-Control"] == "private, no-cache", address
        assert "/people/contributor/" in links(answer), address
        assert "/accounts/login/" not in links(answer), address


def test_a_member_never_gets_the_page_of_a_visitor_nor_a_visitor_theirs(client, contributor):
    visitors = client.get("/").content
    client.force_login(contributor)
    members = client.get("/").content
    client.logout()
    assert b"contributor" in members
    assert client.get("/").content == visitors


def test_only_reviewers_see_the_way_to_the_queue(as_user, contributor, editor):
    assert "/review/" not in links(as_user(contributor).get("/"))
    assert "/review/" in links(as_user(editor).get("/"))


def test_a_page_and_its_compressed_form_are_the_same(client, addresses):
    for address in addresses:
        plain = client.get(address)
        packed = client.get(address, headers={"accept-encoding": "gzip, br"})
        assert packed["Content-Encoding"] == "gzip", address
        assert gzip.decompress(packed.content) == plain.content, address
        assert packed["ETag"] == plain["ETag"], address


def test_a_compressed_page_for_a_member_is_whole(as_user, contributor, addresses):
    answer = as_user(contributor).get("/", headers={"accept-encoding": "gzip"})
    assert b"contributor" in gzip.decompress(answer.content)


def test_made_up_parameters_make_no_page_of_their_own(client, addresses):
    for address in addresses:
        if "?" not in address:
            assert client.get(f"{address}?utm=1&x=<b>").content == client.get(address).content


def test_a_merge_is_seen_by_the_next_visitor(client, editor):
    entry = factories.entry("Before.")
    proposal = factories.proposal(entry, "After.")
    address = entry.get_absolute_url()
    before = client.get(address)
    actions.approve(proposal, by=editor, version=proposal.version)
    after = client.get(address, headers={"if-none-match": before["ETag"]})
    assert after.status_code == 200
    assert "After." in words(after)


def test_a_comment_changes_the_proposals_page_and_not_the_guides(client, editor):
    proposal = factories.proposal()
    page, guide = client.get(proposal.get_absolute_url()), client.get("/guide/")
    actions.comment(proposal, by=editor, body="Is it so?")
    assert "Is it so?" in words(client.get(proposal.get_absolute_url()))
    assert client.get("/guide/")["ETag"] == guide["ETag"]
    assert client.get(proposal.get_absolute_url())["ETag"] != page["ETag"]


def test_a_message_reaches_its_visitor_and_nobody_else(client, contributor):
    client.force_login(contributor)
    client.post("/accounts/logout/")
    assert "You have signed out." in words(client.get("/"))
    assert "You have signed out." not in words(client.get("/"))


def test_a_stale_session_is_a_visitor(client, addresses):
    client.cookies["sessionid"] = "long-gone"
    answer = client.get("/")
    assert "/accounts/login/" in links(answer)
    assert answer["Cache-Control"] == "private, no-cache"


def test_not_found_pages_are_not_cached_for_the_time_when_there_is_something(client):
    assert client.get("/people/ada/").status_code == 404
    factories.user(username="ada")
    assert client.get("/people/ada/").status_code == 200


def test_reading_pages_take_no_posts(client, addresses):
    for address in addresses:
        assert client.post(address).status_code == 405, address


def test_a_page_about_a_member_is_made_anew_for_everybody(client):
    factories.user(username="ada")
    answer = client.get("/people/ada/")
    assert "csrfmiddlewaretoken" not in answer.text
    assert ("ETag" in answer, "public" in answer.headers.get("Cache-Control", "")) == (False, False)


def test_without_the_page_cache_every_page_is_the_same(client, settings, addresses):
    cached = [client.get(address).content for address in addresses]
    settings.PAGE_CACHE = False
    assert [client.get(address).content for address in addresses] == cached


def test_every_page_names_itself_and_its_language(client, addresses):
    titles = [client.get(address).text for address in addresses]
    assert all('<html lang="en" dir="ltr">' in page and "<title>" in page for page in titles)
    assert all(page.count("<h1") == 1 for page in titles)
