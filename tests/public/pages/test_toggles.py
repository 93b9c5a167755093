"""Legend tags narrow a section, a service and the whole guide; the server does it as well."""

import re

import pytest

from tests import factories
from tests.public.page_texts import links, words

pytestmark = pytest.mark.django_db

HIDDEN = re.compile(r'<(?:li|div) class="entry[^"]*" id="e(\d+)" hidden\b')


@pytest.fixture(scope="module")
def guide(module_db):
    """A section that is a service's, with tagged entries, and another section."""
    factories.legend_tag("gotcha", "❗", label="Gotcha", position=1)
    factories.legend_tag("cost", "💸", label="Cost", position=2)
    factories.legend_tag("tip", "🔹", label="Tip", position=3)
    storage, other = factories.section("Storage"), factories.section("Other")
    tips = factories.section("Storage tips", parent=storage)
    top = factories.entry("Top.", section=storage)
    return {
        "top": top,
        "trap": factories.entry("Trap.", section=storage, parent=top, tags=["gotcha"]),
        "dear": factories.entry("Dear.", section=tips, tags=["cost"]),
        "both": factories.entry("Both.", section=other, tags=["gotcha", "cost"]),
    }


def hidden(page, guide):
    """Names of the entries that a page hides."""
    pks = set(map(int, HIDDEN.findall(page.text)))
    return {name for name, entry in guide.items() if entry.pk in pks}


def toggles(page):
    """[(slug, checked, count)] of a page."""
    found = re.findall(
        r'name="tag" value="([^"]+)"( checked)?>.*?tagbar__count">(\d+)<', page.text, re.S
    )
    return [(slug, bool(checked), int(count)) for slug, checked, count in found]


def test_the_whole_guide_hides_what_does_not_carry_the_tag(client, guide):
    assert hidden(client.get("/guide/"), guide) == set()
    assert hidden(client.get("/guide/?tag=gotcha"), guide) == {"dear"}
    assert hidden(client.get("/guide/?tag=gotcha&tag=cost"), guide) == {"top", "trap", "dear"}


def test_a_section_page_is_narrowed_too(client, guide):
    page = client.get("/sections/storage/?tag=cost")
    assert hidden(page, guide) == {"top", "trap"}
    assert "1 of 3 entries" in words(page)


def test_a_service_page_is_narrowed_too(client, guide):
    factories.service("S3", slug="s3", section=guide["top"].section)
    assert hidden(client.get("/services/s3/?tag=gotcha"), guide) == {"dear"}


def test_a_section_that_has_moved_to_its_service_keeps_the_choice(client, guide):
    factories.service("S3", slug="s3", section=guide["top"].section)
    answer = client.get("/sections/storage/?tag=gotcha")
    assert answer["Location"] == "/services/s3/?tag=gotcha"


def test_the_entry_above_one_that_stays_is_dimmed(client, guide):
    page = client.get("/guide/?tag=gotcha").text
    assert f'class="entry entry--above" id="e{guide["top"].pk}"' in page


def test_sections_with_nothing_left_collapse_and_leave_the_contents(client, guide):
    page = client.get("/guide/?tag=gotcha").text
    assert re.search(r'<section [^>]*id="storage-tips"[^>]* hidden>', page)
    assert not re.search(r'<section [^>]*id="storage"[^>]* hidden>', page)
    assert re.search(r'<li hidden><a href="#storage-tips"', page)


def test_the_row_has_the_tags_of_the_page_in_the_order_of_the_legend(client, guide):
    assert toggles(client.get("/guide/")) == [("gotcha", False, 2), ("cost", False, 2)]
    assert toggles(client.get("/sections/other/?tag=cost")) == [
        ("gotcha", False, 1),
        ("cost", True, 1),
    ]


def test_a_page_without_tags_has_no_row(client, guide):
    section = factories.entry("Plain.").section
    assert "tagbar" not in client.get(section.get_absolute_url()).text


def test_a_choice_can_be_undone_and_taken_to_the_whole_guide(client, guide):
    found = links(client.get("/sections/storage/?tag=gotcha&tag=cost"))
    assert "?" in found
    assert "/tagged/?tag=gotcha&tag=cost" in found


@pytest.mark.parametrize("query", ["tag=nothing", "tag=%00", "tag=<b>", "tag=tip&tag=gotcha"])
def test_a_tag_that_nothing_carries_shows_nothing_and_says_so(client, guide, query):
    page = client.get(f"/guide/?{query}")
    assert hidden(page, guide) == set(guide)
    assert "No entry on this page carries all of these tags." in words(page)
    assert "<b>" not in page.text


def test_too_many_tags_are_refused_with_a_sentence(client, guide):
    query = "&".join(f"tag={name}" for name in ("gotcha", *"abcde"))
    page = client.get(f"/guide/?{query}")
    assert "Choose at most 5 tags." in words(page)
    assert hidden(page, guide) == set(guide)


def test_each_choice_has_a_cached_page_of_its_own(client, guide):
    for _ in range(2):
        assert hidden(client.get("/guide/?tag=gotcha"), guide) == {"dear"}
        assert hidden(client.get("/guide/"), guide) == set()


def test_other_parameters_change_nothing(client, guide):
    assert client.get("/guide/?tags=gotcha").text == client.get("/guide/").text


def test_members_get_the_same_row(as_user, contributor, guide):
    page = as_user(contributor).get("/guide/?tag=gotcha")
    assert hidden(page, guide) == {"dear"}
