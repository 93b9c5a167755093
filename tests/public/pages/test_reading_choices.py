"""Several legend tags, all or any of them, and hidden ones: on pages, in search and in the API."""

import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from entries.models import Section
from tests import factories
from tests.public.page_texts import links, words

pytestmark = pytest.mark.django_db

TAGS = {"gotcha": "❗", "cost": "💸", "tip": "🔹"}


@pytest.fixture(scope="module", autouse=True)
def guide(module_db):
    """A section of entries with tags, nested and not, and one without."""
    for number, (slug, sign) in enumerate(TAGS.items()):
        factories.legend_tag(slug, sign, label=slug.title(), position=number)
    section = factories.section("Storage")
    factories.section("Empty", parent=section)
    factories.entry("Disk a.", section=section, tags=["gotcha"])
    factories.entry("Disk b.", section=section, tags=["gotcha", "cost"])
    above = factories.entry("Disk c.", section=section, tags=["cost"])
    factories.entry("Disk d.", section=section, parent=above, tags=["gotcha"])
    factories.entry("Disk e.", section=section, tags=["tip"])
    factories.entry("Disk f.", section=section)
    factories.retire(factories.entry("Disk g.", section=section, tags=["tip"]))


CHOICES = [  # the query, and what carries the tags: c stands above d as context
    ("tag=gotcha&tag=cost", "b"),
    ("tag=gotcha&tag=cost&tag_mode=any", "abcd"),
    ("tag=cost&tag=tip&tag_mode=any", "bce"),
    ("tag=gotcha&hide=cost", "a"),
    ("tag=gotcha&tag=tip&tag_mode=any&hide=cost", "ae"),
    ("tag=gotcha&hide=tip", "abd"),
    ("tag=gotcha&hide=gotcha", ""),
]
HIDING = [("hide=cost", "aef"), ("hide=cost&hide=gotcha", "ef"), ("hide=tip", "abcdf")]


def of_page(client, address):
    """The entries that a page marks as chosen: neither hidden nor context."""
    text = client.get(address).text
    found = re.findall(r'<(?:li|div) class="([^"]*)" id="e\d+"([^>]*)>.*?Disk (\w)\.', text, re.S)
    return "".join(
        letter for kind, rest, letter in found if "above" not in kind and "hidden" not in rest
    )


def of_api(client, query):
    rows = client.get(f"/api/entries/?{query}").json()["results"]
    return "".join(sorted(re.findall(r"Disk (\w)", str([row["markdown"] for row in rows]))))


def of_search(client, query):
    hits = client.get(f"/search/?q=disk&{query}").context["hits"]
    return "".join(sorted(hit.entry.body[5] for hit in hits))


@pytest.mark.parametrize(("query", "letters"), CHOICES)
def test_all_ways_to_read_mean_the_same(client, query, letters):
    # What is nested in a chosen entry stays with it on pages.
    with_nested = letters + "d" * ("c" in letters and "d" not in letters)
    assert sorted(of_page(client, f"/guide/?{query}")) == sorted(with_nested)
    assert sorted(of_page(client, f"/sections/storage/?{query}")) == sorted(with_nested)
    assert sorted(of_page(client, f"/tagged/?{query}")) == sorted(with_nested)
    assert of_api(client, query) == letters
    assert of_search(client, query) == letters


@pytest.mark.parametrize(("query", "letters"), HIDING)
def test_tags_are_hidden_with_all_that_is_nested_in_what_carries_them(client, query, letters):
    assert of_page(client, f"/guide/?{query}") == letters
    assert of_api(client, query) == letters
    assert of_search(client, query) == letters


@pytest.mark.parametrize("hidden", ["", " hidden"])
def test_a_section_that_was_empty_stays_where_nothing_is_chosen(client, hidden):
    page = client.get("/guide/?tag=tip" if hidden else "/guide/?hide=cost").text
    assert re.search(rf'<section [^>]*id="empty"[^>]*{hidden}>', page)
    assert bool(re.search(r'<section [^>]*id="empty"[^>]* hidden>', page)) == bool(hidden)


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("tag=gotcha", "Showing bullets with ❗ Gotcha ×."),
        ("tag=gotcha&tag=cost", "Showing bullets with all of ❗ Gotcha × and 💸 Cost ×."),
        (
            "tag=gotcha&tag=cost&tag=tip&tag_mode=any",
            "Showing bullets with any of ❗ Gotcha ×, 💸 Cost × and 🔹 Tip ×.",
        ),
        ("hide=tip", "Showing bullets without 🔹 Tip ×."),
        ("tag=gotcha&hide=tip", "Showing bullets with ❗ Gotcha ×, without 🔹 Tip ×."),
    ],
)
@pytest.mark.parametrize(
    "page", ["/guide/?", "/sections/storage/?", "/tagged/?", "/search/?q=disk&"]
)
def test_the_choice_is_said_in_words(client, page, query, sentence):
    assert sentence in words(client.get(page + query))


@pytest.mark.parametrize(
    ("page", "rest"), [("/guide/?", ""), ("/tagged/?", ""), ("/search/?", "q=disk&")]
)
def test_each_part_of_the_choice_is_taken_back_with_one_link(client, page, rest):
    found = links(client.get(f"{page}{rest}tag=gotcha&tag=cost&tag_mode=any&hide=tip"))
    assert {
        f"?{rest}tag=cost&hide=tip",
        f"?{rest}tag=gotcha&hide=tip",
        f"?{rest}tag=gotcha&tag=cost&tag_mode=any",
        f"?{rest}tag=gotcha&tag=cost&hide=tip",  # all of them instead
    } <= set(found)


def test_the_form_keeps_the_choice(client):
    for page in ("/guide/", "/tagged/"):
        text = client.get(f"{page}?tag=gotcha&tag_mode=any&hide=cost").text
        assert re.search(r'name="tag" value="gotcha" checked', text)
        assert re.search(r'name="hide" value="cost" checked', text)
        assert '<option value="any" selected>' in text
        assert '<details class="tagbar__hide" open>' in text


@pytest.mark.parametrize(
    "query",
    [
        *("hide=nothing", "hide=%00", "hide=<b>", "tag_mode=x&tag=gotcha", "tag=x&tag_mode=any"),
        "&".join(f"hide=t{number}" for number in range(50)),
        "&".join(f"tag=t{number}&hide=gotcha" for number in range(50)),
    ],
)
@pytest.mark.parametrize("page", ["/guide/", "/sections/storage/", "/tagged/", "/search/"])
def test_what_makes_no_sense_is_never_an_error(client, page, query):
    answer = client.get(f"{page}?{query}")
    assert answer.status_code == 200
    assert "<b>" not in answer.text


def test_more_than_five_hidden_tags_are_refused_with_a_sentence(client):
    query = "&".join(f"hide={slug}" for slug in [*TAGS, *"abc"])
    assert "Hide at most 5 tags." in words(client.get(f"/guide/?{query}"))
    assert client.get(f"/api/entries/?{query}").status_code == 400


@pytest.mark.parametrize(
    ("query", "sentence"),
    [("tag_mode=x", "“all” or “any”"), ("hide=nope", "There is no legend tag “nope”.")],
)
def test_the_api_refuses_what_makes_no_sense(client, query, sentence):
    answer = client.get(f"/api/entries/?{query}")
    assert (answer.status_code, sentence in answer.json()["error"]) == (400, True)


@pytest.mark.parametrize("page", ["/guide/", "/sections/storage/", "/tagged/"])
@pytest.mark.parametrize(
    ("query", "is_kept"),
    [
        ("tag=gotcha&tag=cost&tag_mode=any&hide=tip", True),
        ("tag=gotcha&tag_mode=all", True),
        ("tag=cost&tag=gotcha", False),  # another order
        ("tag=gotcha&tag=gotcha", False),
        ("tag=gotcha&tag_mode=x", False),
        ("tag=gotcha&tag_mode=all&tag_mode=all", False),
        ("tag=gotcha&hide=made-up", False),
        ("tag=made-up", False),
    ],
)
def test_only_addresses_that_the_site_makes_are_kept(client, monkeypatch, page, query, is_kept):
    cache.clear()
    kept = []
    monkeypatch.setattr(cache, "set_many", lambda pages, *_: kept.extend(pages))
    assert client.get(f"{page}?{query}").status_code == 200
    assert bool(kept) == is_kept


@pytest.mark.parametrize("page", ["/guide/?", "/tagged/?", "/search/?q=disk&"])
def test_more_tags_take_no_more_queries(client, page):
    def count(query):
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            client.get(page + query)
        return len(queries)

    one = count("tag=gotcha")
    assert count("tag=gotcha&tag=cost&tag_mode=any&hide=tip") == one


def test_the_openapi_document_says_how_tags_are_combined(client):
    paths = client.get("/api/openapi.json").json()["paths"]
    parameters = {p["name"]: p for p in paths["/api/entries/"]["get"]["parameters"]}
    assert parameters["tag_mode"]["schema"]["enum"] == ["all", "any"]
    assert parameters["hide"]["schema"]["type"] == "array"
    assert "left out" in parameters["hide"]["description"]


def test_a_section_that_became_a_service_keeps_the_whole_choice(client):
    factories.service("S3", slug="s3", section=Section.objects.get(slug="storage"))
    answer = client.get("/sections/storage/?tag=gotcha&tag_mode=any&hide=tip")
    assert answer["Location"] == "/services/s3/?tag=gotcha&tag_mode=any&hide=tip"
