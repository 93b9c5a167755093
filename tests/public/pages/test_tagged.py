"""All entries of the guide that carry certain legend tags."""

import re

import pytest

from guide_site.public.pages import tagged
from tests import factories
from tests.public.page_texts import links, words

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def guide(module_db):
    """S3 with tips below it, a section that is no service's, and entries that carry tags."""
    factories.legend_tag("gotcha", "❗", label="Gotcha", position=1)
    factories.legend_tag("cost", "💸", label="Cost", position=2)
    title = factories.section("The guide")
    basics = factories.section("Basics", parent=title)
    s3 = factories.section("Object storage", parent=title)
    tips = factories.section("S3 tips", parent=s3)
    factories.service("S3", slug="s3", section=s3)
    factories.service("SQS", slug="sqs")
    factories.entry("Four.", section=tips, tags=["gotcha"])
    above = factories.entry("Above.", section=s3)
    factories.entry("Aside.", section=s3)
    factories.entry("Three.", section=s3, parent=above, tags=["gotcha", "cost"])
    factories.entry("One.", section=basics, tags=["gotcha"])
    factories.entry("Two.", section=basics, tags=["cost"])
    factories.retire(factories.entry("Gone.", section=basics, tags=["gotcha"]))


def shown(page):
    """Which of the entries a page shows, in its order."""
    return re.findall(r"\b(One|Two|Three|Four|Above|Aside|Gone)\.", words(page))


def test_entries_stand_in_the_order_of_the_guide_with_those_above_them(client, guide):
    page = client.get("/tagged/?tag=gotcha")
    assert shown(page) == ["One", "Above", "Three", "Four"]
    assert "3 entries in 3 sections." in words(page)


def test_they_carry_all_of_the_tags(client, guide):
    assert shown(client.get("/tagged/?tag=gotcha&tag=cost")) == ["Above", "Three"]


def test_a_service_has_those_of_its_section_and_of_all_below(client, guide):
    assert shown(client.get("/tagged/?tag=gotcha&service=s3")) == ["Above", "Three", "Four"]


def test_they_are_grouped_by_service_or_main_section_and_then_by_section(client, guide):
    page = client.get("/tagged/?tag=gotcha").text
    headings = [
        " ".join(re.sub(r"<.*?>", "", heading).split())
        for heading in re.findall(r"<h[23].*?>(.*?)</h[23]>", page, re.S)
    ]
    assert headings == ["Basics", "S3", "S3 tips"]


def test_headings_and_entries_lead_to_their_pages(client, guide):
    found = links(client.get("/tagged/?tag=gotcha&service=s3"))
    assert {"/services/s3/", "/sections/s3-tips/"} <= set(found)
    assert len([link for link in found if re.fullmatch(r"/entries/\d+/", link)]) == 3


def test_what_is_above_an_entry_is_dimmed(client, guide):
    page = client.get("/tagged/?tag=gotcha").text
    assert page.count("entry--above") == 1


def test_a_retired_entry_is_not_shown(client, guide):
    assert "Gone" not in shown(client.get("/tagged/?tag=gotcha"))


def test_an_entry_of_a_section_that_is_not_shown_is_not_counted(client, guide):
    hidden = factories.section("Contents", kind="contents")
    factories.entry("Gone.", section=hidden, tags=["gotcha"])
    assert "3 entries in 3 sections." in words(client.get("/tagged/?tag=gotcha"))


def test_toggles_tell_how_many_would_stay(client, guide):
    def counts(address):
        page = client.get(address).text
        return re.findall(
            r'name="tag" value="(\w+)"(?: checked)?>.*?tagbar__count">(\d+)', page, re.S
        )

    assert counts("/tagged/") == [("gotcha", "3"), ("cost", "2")]
    assert counts("/tagged/?tag=cost") == [("gotcha", "1"), ("cost", "2")]
    assert counts("/tagged/?service=s3") == [("gotcha", "2"), ("cost", "1")]


def test_the_choice_is_seen_in_the_form(client, guide):
    page = client.get("/tagged/?tag=cost&service=s3").text
    assert re.search(r'value="cost" checked', page)
    assert re.search(r'<option value="s3" selected>S3</option>', page)


def test_only_services_with_a_section_can_be_chosen(client, guide):
    assert 'value="sqs"' not in client.get("/tagged/").text


def test_nothing_chosen_asks_to_choose(client, guide):
    page = client.get("/tagged/")
    assert shown(page) == []
    assert "Choose one or more tags" in words(page)


def test_nothing_found_says_what_to_do(client, guide):
    factories.legend_tag("tip", "🔹", label="Tip", position=3)
    text = words(client.get("/tagged/?tag=tip&tag=cost&service=s3"))
    assert "No entry of this service carries 💸 Cost and 🔹 Tip." in text
    assert "Take a tag away, choose any service, or start again." in text


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("tag=nothing", "There is no legend tag “nothing”."),
        ("tag=gotcha&tag=<b>", "There is no legend tag “<b>”."),
        ("tag=gotcha&service=sqs", "The guide has no section about a service “sqs”."),
        ("tag=gotcha&tag=a&tag=b&tag=c&tag=d&tag=e", "There is no legend tag “a”."),
        ("tag=gotcha&service=%00", "The guide has no section about"),
    ],
)
def test_what_makes_no_sense_shows_nothing_and_says_why(client, guide, query, sentence):
    page = client.get(f"/tagged/?{query}")
    assert page.status_code == 200
    assert shown(page) == []
    assert sentence in words(page)


def test_more_than_five_tags_are_refused(client, guide):
    for number in range(5):
        factories.legend_tag(f"t{number}", str(number))
    query = "&".join(f"tag={slug}" for slug in ("gotcha", "t0", "t1", "t2", "t3", "t4"))
    assert "Choose at most 5 tags." in words(client.get(f"/tagged/?{query}"))


def test_many_entries_come_in_pages_that_do_not_split_a_section(client, guide, monkeypatch):
    monkeypatch.setattr(tagged, "PER_PAGE", 2)
    first, last = client.get("/tagged/?tag=gotcha"), client.get("/tagged/?tag=gotcha&page=2")
    assert shown(first) == ["One", "Above", "Three"]
    assert shown(last) == ["Four"]
    assert "?tag=gotcha&page=2" in links(first)
    assert "3 entries in 3 sections." in words(last)


@pytest.mark.parametrize("page", ["0", "-1", "99", "x", "9" * 400])
def test_a_page_that_is_not_there_is_the_nearest(client, guide, page):
    assert client.get(f"/tagged/?tag=gotcha&page={page}").status_code == 200


def test_the_page_of_a_sign_shows_the_same_and_leads_here(client, guide):
    page = client.get("/legend/gotcha/")
    assert shown(page) == ["One", "Above", "Three", "Four"]
    assert "/tagged/?tag=gotcha" in links(page)


def test_an_edit_is_seen_at_once(client, guide):
    assert "Five." not in words(client.get("/tagged/?tag=cost"))
    factories.entry("Five.", tags=["cost"])
    assert "Five." in words(client.get("/tagged/?tag=cost"))
