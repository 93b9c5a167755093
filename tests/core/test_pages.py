"""Reading pages: whole and cached for visitors, fresh for members, never out of date."""

import gzip

import pytest
from django.http import HttpResponse
from django.urls import reverse
from reversion.models import Revision

from entries.models import SectionAlias
from guide_site.core import history
from guide_site.core.pages import public_page
from moderation import actions
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def addresses(module_db):
    """The address of one page of every kind, by its name in urls.py."""
    tag = factories.legend_tag()
    entry = factories.entry("Old words.", tags=[tag.slug])
    proposal = factories.proposal(entry)
    arguments = {
        **dict.fromkeys(["home", "guide", "services", "legend", "changes", "proposals"], ()),
        **dict.fromkeys(["entry", "entry-history"], (entry.pk,)),
        **dict.fromkeys(["section", "section-history"], (entry.section.slug,)),
        "legend-tag": (tag.slug,),
        "service": (factories.service().slug,),
        "revision": (history.generation(),),
        "proposal": (proposal.pk,),
    }
    return {name: reverse(name, args=args) for name, args in arguments.items()}


PAGES = [
    *("home", "guide", "services", "service", "section", "entry", "legend", "legend-tag"),
    *("changes", "revision", "entry-history", "section-history", "proposals", "proposal"),
]
each_page = pytest.mark.parametrize("kind", PAGES)


@each_page
def test_the_page_is_open_to_everyone(client, addresses, kind):
    response = client.get(addresses[kind])
    assert response.status_code == 200
    assert "public" in response["Cache-Control"]
    assert {"Cookie", "Accept-Encoding"} <= set(response["Vary"].split(", "))


@each_page
def test_a_repeated_visit_is_one_query(client, addresses, kind, django_assert_num_queries):
    first = client.get(addresses[kind])
    with django_assert_num_queries(1):
        again = client.get(addresses[kind])
    assert again.content == first.content
    assert again["Content-Type"] == first["Content-Type"]


def test_every_address_has_a_page_of_its_own(client, addresses):
    first = {kind: client.get(address).content for kind, address in addresses.items()}
    again = {kind: client.get(address).content for kind, address in addresses.items()}
    assert again == first
    assert len(set(first.values())) == len(PAGES)


@each_page
def test_a_visitor_gets_no_cookie(client, addresses, kind):
    for _ in range(2):
        assert not client.get(addresses[kind]).cookies


@each_page
def test_nothing_is_sent_again_while_nothing_changed(
    client, addresses, kind, django_assert_num_queries
):
    first = client.get(addresses[kind])
    with django_assert_num_queries(1):
        again = client.get(addresses[kind], headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]
    assert (again["Cache-Control"], again["Vary"]) == (first["Cache-Control"], first["Vary"])


@each_page
def test_a_browser_that_takes_gzip_gets_the_same_page_smaller(client, addresses, kind):
    for _ in range(2):
        plain = client.get(addresses[kind])
        packed = client.get(addresses[kind], headers={"accept-encoding": "br, gzip"})
        assert packed["Content-Encoding"] == "gzip"
        assert gzip.decompress(packed.content) == plain.content
        assert len(packed.content) < len(plain.content)
        assert "Content-Encoding" not in plain


def test_a_browser_that_refuses_gzip_gets_the_plain_page(client):
    response = client.get("/legend/", headers={"accept-encoding": "gzip;q=0"})
    assert "Content-Encoding" not in response


@each_page
def test_a_member_gets_a_fresh_page_of_their_own(as_user, reader, addresses, kind):
    response = as_user(reader).get(addresses[kind])
    assert response.status_code == 200
    assert "private" in response["Cache-Control"]
    assert "ETag" not in response
    assert "reader" in response.content.decode()


@each_page
def test_what_a_member_sees_never_reaches_a_visitor(client, as_user, reader, addresses, kind):
    reader.username = "somebody-who-reads"
    reader.save()
    as_user(reader).get(addresses[kind])
    client.logout()
    assert reader.username not in client.get(addresses[kind]).content.decode()


@pytest.mark.parametrize("sent", ["{etag}", '"other", {etag}', "*", '{etag}, W/"other"'], ids=str)
def test_a_matching_etag_is_found_among_others(client, sent):
    etag = client.get("/legend/")["ETag"]
    response = client.get("/legend/", headers={"if-none-match": sent.format(etag=etag)})
    assert response.status_code == 304


@pytest.mark.parametrize("sent", ['"other"', 'W/"other"', "", "x", '"', "W/"])
def test_another_etag_gets_the_page(client, sent):
    assert client.get("/legend/", headers={"if-none-match": sent}).status_code == 200


def test_a_member_is_never_told_that_nothing_changed(client, as_user, reader):
    etag = client.get("/legend/")["ETag"]
    response = as_user(reader).get("/legend/", headers={"if-none-match": etag})
    assert response.status_code == 200


@pytest.mark.parametrize("cookie", ["sessionid", "messages"])
def test_a_visitor_with_a_session_or_a_message_gets_a_fresh_page(client, cookie):
    client.cookies[cookie] = "made-up"
    response = client.get("/legend/")
    assert "private" in response["Cache-Control"]
    assert "ETag" not in response


def test_a_visitor_with_any_other_cookie_gets_the_cached_page(client, django_assert_num_queries):
    client.get("/legend/")
    client.cookies["theme"] = "dark"
    with django_assert_num_queries(1):
        client.get("/legend/")


def test_an_edit_shows_at_once(client, addresses):
    entry = factories.entry("Old words.")
    old = client.get(entry.get_absolute_url())
    factories.edit(entry, "New words.")
    new = client.get(entry.get_absolute_url(), headers={"if-none-match": old["ETag"]})
    assert new.status_code == 200
    assert new["ETag"] != old["ETag"]
    assert "New words." in new.content.decode()


def test_what_happens_to_a_proposal_shows_at_once(client, contributor):
    proposal = factories.proposal()
    old = client.get(proposal.get_absolute_url())
    actions.comment(proposal, by=contributor, body="Is this so?")
    new = client.get(proposal.get_absolute_url(), headers={"if-none-match": old["ETag"]})
    assert "Is this so?" in new.content.decode()


def test_a_page_that_was_missing_shows_as_soon_as_it_is_there(client):
    assert client.get("/legend/tip/").status_code == 404
    factories.legend_tag("tip", "🔹")
    assert client.get("/legend/tip/").status_code == 200


def test_a_page_that_moved_sends_on_every_time(client):
    section = factories.section("New title")
    with history.revision(by=None, comment="An old address"):
        SectionAlias(section=section, slug="old-title").save()
    for _ in range(2):
        response = client.get("/sections/old-title/")
        assert (response.status_code, response["Location"]) == (301, section.get_absolute_url())


def test_a_missing_page_is_looked_for_every_time(client):
    for _ in range(2):
        assert client.get("/legend/tip/").status_code == 404


def test_a_new_build_shows_no_page_of_the_old_one(client, settings):
    old = client.get("/legend/")
    settings.BUILD = "another"
    new = client.get("/legend/", headers={"if-none-match": old["ETag"]})
    assert new.status_code == 200
    assert new["ETag"] != old["ETag"]


def test_the_page_cache_can_be_switched_off(client, settings, django_assert_num_queries):
    settings.PAGE_CACHE = False
    client.get("/legend/")
    with django_assert_num_queries(3):
        assert client.get("/legend/").status_code == 200


def test_without_the_page_cache_a_browser_never_keeps_an_old_page(client, settings):
    old = client.get("/legend/")
    settings.PAGE_CACHE = False
    response = client.get("/legend/", headers={"if-none-match": old["ETag"]})
    assert response.status_code == 200
    assert "ETag" not in response


def test_pages_are_only_read(client):
    assert client.post("/legend/").status_code == 405
    assert client.delete("/legend/").status_code == 405


def test_head_has_the_headers_of_the_page_and_no_body(client):
    head, page = client.head("/legend/"), client.get("/legend/")
    assert head.content == b""
    assert head["ETag"] == page["ETag"]
    assert head["Content-Length"] == page["Content-Length"]


def test_made_up_parameters_are_ignored(client, django_assert_num_queries):
    page = client.get("/legend/")
    with django_assert_num_queries(1):
        response = client.get("/legend/?utm_source=x&before=1&q=<script>")
    assert response.content == page.content


def test_a_declared_parameter_makes_another_page(client):
    for slug in ("first", "second"):
        factories.legend_tag(slug, sign=slug[0])
    last = Revision.objects.latest("pk").pk
    pages = {client.get(f"/changes/{query}").content for query in ("", f"?before={last}")}
    assert len(pages) == 2


@public_page(params=("a", "b"))
def echo(request):
    """Says what query it sees."""
    return HttpResponse(request.GET.urlencode())


@pytest.mark.parametrize(
    ("query", "seen"),
    [
        ("", b""),
        ("a=1", b"a=1"),
        ("b=2&x=3&a=1", b"a=1&b=2"),
        ("a=1&a=2", b"a=1&a=2"),
        ("A=1&a[]=2&aa=3", b""),
        ("a=", b"a="),
        ("x=1;a=2", b""),
        ("a=%26b%3D1", b"a=%26b%3D1"),
    ],
)
def test_a_view_sees_its_declared_parameters_only(rf, query, seen):
    assert echo(rf.get(f"/?{query}")).content == seen


def test_a_view_cannot_be_made_to_see_more(rf):
    request = rf.get("/?a=1")
    echo(request)
    with pytest.raises(AttributeError, match="immutable"):
        request.GET["x"] = "1"


@pytest.mark.parametrize(
    ("address", "encoding", "views"),
    [("/?a=1", "gzip", 1), ("/?a=1", "identity", 2), ("/", "identity", 1)],
)
def test_large_pages_of_many_values_are_kept_compressed_only(rf, address, encoding, views):
    seen = []

    @public_page(params=("a",))
    def view(request):
        seen.append(request)
        return HttpResponse("word " * 60_000)

    for _ in range(2):
        answer = view(rf.get(address, headers={"accept-encoding": encoding}))
        assert (answer.status_code, len(seen) <= views) == (200, True)
    assert len(seen) == views


def test_hosts_have_pages_of_their_own(client, settings):
    settings.ALLOWED_HOSTS = ["a.example", "b.example"]
    for host in ("a.example", "b.example", "a.example"):
        assert (
            f"http://{host}/sitemap.xml" in client.get("/robots.txt", headers={"host": host}).text
        )
