"""Whatever is typed, the page answers, and never with what belongs to the database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide_site.public.search import finding
from tests import factories, hostile_texts

pytestmark = pytest.mark.django_db

OWN = [
    *(
        '"',
        "'",
        '"""',
        "a AND b",
        "a OR",
        "NOT",
        "NEAR(a b, 3)",
        "a*",
        "*",
        "^a",
        "{head}: a",
        "-a",
    ),
    *(
        "head:a",
        "(a",
        "a)",
        "a + b",
        "a ^ b",
        "rowid:1",
        "a:*",
        "'a':*",
        "a <-> b",
        "a & b | !c",
        "\\",
    ),
    *(
        "'; DROP TABLE entries_entry; --",
        "%s %d %(x)s",
        "{0} {x}",
        "\0",
        "a\0b",
        "\ud7ff",
        "\ufffe",
    ),
    *(
        "\u202eabc",
        "\u200d",
        "ﷺ",
        "𝔘𝔫𝔦",
        "Z̷̢a̸l̶g̷o̷",
        "🏳\ufe0f‍🌈",
        "ｆｕｌｌ",
        "ß",
        "İ",
        "ǅ",
        "e\u0301" * 90,
    ),
    *(
        "a" * 100_000,
        "a " * 50_000,
        '"' * 10_000,
        "a-" * 5_000,
        "❗" * 5_000,
        "\n" * 5_000,
        "é" * 9_999,
    ),
]


@pytest.fixture(autouse=True, scope="module")
def _guide(module_db):
    factories.service("ELB", full_name="Elastic Load Balancing")
    factories.entry("a b c: NOT near anything; DROP TABLE x'y.")


@pytest.mark.parametrize("text", OWN, ids=range(len(OWN)))
def test_odd_queries_get_a_page(client, text):
    assert client.get("/search/", {"q": text}).status_code == 200
    assert client.get("/search/suggest/", {"q": text}).status_code == 200


def test_any_text_may_be_typed():
    @given(st.text(max_size=250))
    def check(text):
        assert len(finding.find(text).hits) <= 1

    check()


def test_any_mixture_of_operators_may_be_typed():
    signs = st.sampled_from(
        ['"', "*", "(", ")", ":", "-", "AND", "OR", "NOT", "a", "elb", " ", "'", "^", "&", "|", "!"]
    )

    @given(st.lists(signs, max_size=30).map("".join))
    def check(text):
        assert len(finding.find(text).hits) <= 1

    check()


def check_pages(client, texts):
    """Every text gets a page of results that runs nothing."""
    for text in texts:
        page = client.get("/search/", {"q": text})
        assert page.status_code == 200, text
        assert "<script>" not in page.text.replace("<script src", ""), text


def test_hostile_strings_get_a_page(client):
    check_pages(client, [*hostile_texts.ODD, *hostile_texts.attacks()[::80]])


@pytest.mark.corpus
@pytest.mark.parametrize("name", ["naughty_strings.json", "script_injection.json"])
def test_collected_hostile_strings_get_a_page(client, name):
    texts = hostile_texts.collected(name)
    check_pages(client, texts[:: max(1, len(texts) // 400)])


def test_operators_are_only_words(client):
    assert len(finding.find("NOT near").hits) == 1
    assert finding.find("xyzzy* OR *").hits == []
