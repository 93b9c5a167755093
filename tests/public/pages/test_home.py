"""The first page: what this is, the contents, the legend, what changed lately."""

import pytest

from guide_site.core import history
from tests import factories
from tests.public.page_texts import links, own_links, words

pytestmark = pytest.mark.django_db


def test_it_says_what_this_is_and_where_to_go_on(client):
    page = client.get("/")
    assert "Open guide A dense, opinionated reference" in words(page)
    assert "Read the whole guide" in words(page)
    assert {"/guide/", "/legend/", "/changes/", "/proposals/"} <= set(links(page))


def test_the_guide_has_the_name_of_its_settings(client):
    factories.facts(name="Guide to <Cheese>")
    page = client.get("/")
    assert "Guide to <Cheese>" in words(page)
    assert "<Cheese>" not in page.text


def test_an_empty_guide_says_how_to_fill_it(client):
    page = client.get("/")
    assert page.status_code == 200
    assert "There is no guide here yet: manage.py load_guide" in words(page)
    assert "Nothing has changed yet." in words(page)


def test_the_contents_name_every_chapter_and_what_is_right_below(client):
    chapter = factories.section("Chapter")
    below = factories.section("Below", parent=chapter)
    factories.section("Deeper", parent=below)
    factories.section("Second")
    found = own_links(client.get("/"))
    assert found[:3] == ["/sections/chapter/", "/sections/below/", "/sections/second/"]
    assert "/sections/deeper/" not in found


def test_a_guide_with_one_title_is_listed_by_what_is_below_the_title(client):
    title = factories.section("The Guide")
    factories.section("Basics", parent=title)
    assert own_links(client.get("/"))[0] == "/sections/basics/"


def test_the_contents_lead_to_the_service_where_it_has_the_section(client):
    factories.service("S3", slug="s3", section=factories.section("S3 in short"))
    found = links(client.get("/"))
    assert "/services/s3/" in found
    assert "/sections/s3-in-short/" not in found


def test_it_counts_what_is_in_the_guide_and_nothing_else(client):
    section = factories.section(parent=factories.section())
    factories.entry("One.", section=section)
    factories.entry("Two.", section=section)
    factories.retire(factories.entry("Three.", section=section))
    factories.entry("[One](#one)", section=section, kind="kept")
    factories.service("S3")
    factories.service("EC2")
    assert "2 entries · 2 sections · 2 services" in words(client.get("/"))


def test_the_legend_leads_to_what_carries_each_sign(client):
    factories.legend_tag("gotcha", "❗", label="Gotcha", meaning="A trap & more.")
    page = client.get("/")
    assert "❗Gotcha" in words(page)
    assert "/legend/gotcha/" in links(page)
    assert 'title="A trap &amp; more."' in page.text


def test_it_shows_the_latest_changes_newest_first_with_their_authors(client):
    author = factories.user(username="ada")
    for number in range(8):
        factories.entry(comment=f"Change {number}", by=author)
    page = client.get("/")
    shown = [number for number in range(8) if f"Change {number}" in words(page)]
    assert 3 <= len(shown) < 8
    assert shown == list(range(8 - len(shown), 8))
    assert words(page).index("Change 7") < words(page).index("Change 6")
    assert "/people/ada/" in links(page)


def test_a_change_of_a_member_who_left_keeps_its_summary(client):
    author = factories.user(username="ada")
    factories.entry(comment="Say it better", by=author)
    author.delete()
    page = words(client.get("/"))
    assert "Say it better" in page
    assert "ada" not in page


def test_titles_and_summaries_are_shown_as_they_are_typed(client):
    factories.section("<script>alert(1)</script> & co", slug="odd")
    factories.entry(comment="<b>bold</b>")
    page = client.get("/")
    assert "<script>alert(1)</script> & co" in words(page)
    assert "<b>bold</b>" in words(page)
    assert "<script>alert" not in page.text


def test_there_is_a_box_to_search_the_guide(client):
    assert 'type="search" name="q"' in client.get("/").text


def test_it_changes_with_the_guide(client):
    before = client.get("/")
    factories.section("Basics")
    after = client.get("/")
    assert before["ETag"] != after["ETag"]
    assert "Basics" in words(after)
    assert str(history.generation()) in after["ETag"]


def test_one_of_each_is_counted_in_the_singular(client):
    factories.entry()
    factories.service()
    assert "1 entry · 1 section · 1 service" in words(client.get("/"))
