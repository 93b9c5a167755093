"""Files are cached like pages, with their bytes and headers, and for members too."""

import gzip

import django
import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from guide_site.core.pages import public_page
from tests import factories

pytestmark = pytest.mark.django_db

FILES = ["/guide.md", "/guide.epub", "/guide.html", "/sections/basics.md"]


@pytest.fixture
def entry():
    return factories.entry("Use roles. " * 200, section=factories.section("Basics"))


@pytest.mark.parametrize("address", FILES)
def test_a_repeated_request_costs_one_query(client, entry, django_assert_num_queries, address):
    first = client.get(address)
    with django_assert_num_queries(1):
        again = client.get(address)
    assert again.content == first.content
    assert again.headers == first.headers


@pytest.mark.parametrize("address", FILES)
def test_members_get_the_cached_file(client, entry, reader, django_assert_num_queries, address):
    first = client.get(address)
    client.force_login(reader)
    # The generation; before Django 6.1 their session and account as well, although nothing
    # about them is shown.
    with django_assert_num_queries(1 if django.VERSION >= (6, 1) else 3):
        again = client.get(address)
    assert (again.content, again["ETag"]) == (first.content, first["ETag"])


@pytest.mark.parametrize("address", FILES)
def test_the_next_revision_makes_it_anew(client, entry, address):
    before = client.get(address)
    factories.edit(entry, "Never use keys.")
    after = client.get(address)
    assert after.content != before.content
    assert after["ETag"] != before["ETag"]


@pytest.mark.parametrize("address", FILES)
def test_who_has_it_already_gets_no_body(client, entry, address):
    etag = client.get(address)["ETag"]
    answer = client.get(address, headers={"if-none-match": etag})
    assert (answer.status_code, answer.content) == (304, b"")


@pytest.mark.parametrize("address", ["/guide.md", "/guide.html"])
def test_text_is_sent_compressed_to_those_who_want_it_so(client, entry, address):
    plain = client.get(address)
    packed = client.get(address, headers={"accept-encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    for name in ("Content-Type", "Content-Disposition"):
        assert packed[name] == plain[name]
    assert int(packed["Content-Length"]) == len(packed.content)


def test_what_is_compressed_already_is_not_compressed_again(client):
    noise = bytes(range(256)) * 2

    @public_page(for_all=True)
    def view(request):
        return HttpResponse(noise[:256], content_type="application/octet-stream")

    request = RequestFactory().get("/noise", headers={"accept-encoding": "gzip"})
    for answer in (view(request), view(request)):
        assert answer.content == noise[:256]
        assert "Content-Encoding" not in answer


def test_headers_survive_the_cache_and_cookies_do_not():
    @public_page
    def view(request):
        answer = HttpResponse("Hi. " * 200, headers={"Content-Language": "en"})
        answer.set_cookie("seen", "yes")
        return answer

    for _ in range(2):
        answer = view(RequestFactory().get("/greeting"))
        assert answer["Content-Language"] == "en"
        assert not answer.cookies
