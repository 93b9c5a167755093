"""A section's own page, and the ways to it."""

import pytest

from entries.actions import sections as section_actions
from entries.models import SectionAlias
from guide_site.core import history
from tests import factories
from tests.public.page_texts import links, words

pytestmark = pytest.mark.django_db


def alias(section, slug):
    """Give a section an old address."""
    with history.revision(by=None, comment="alias"):
        SectionAlias(section=section, slug=slug).save()


def test_it_shows_the_section_with_all_below_it_and_nothing_else(client):
    section = factories.section("Storage")
    below = factories.section("S3", parent=section)
    deeper = factories.section("S3 Tips", parent=below)
    for place, body in ((section, "One."), (below, "Two."), (deeper, "Three.")):
        factories.entry(body, section=place)
    factories.entry("Elsewhere.")
    text = words(client.get("/sections/storage/"))
    order = ["Storage", "One.", "S3", "Two.", "S3 Tips", "Three."]
    assert [text.index(part) for part in order] == sorted(text.index(part) for part in order)
    assert "Elsewhere." not in text


def test_an_empty_section_asks_for_its_first_entry(client):
    factories.section("Storage")
    page = client.get("/sections/storage/")
    assert "This section is empty. Write its first entry." in words(page)
    assert "/sections/storage/add/" in links(page)


def test_it_leads_to_its_history_and_to_a_new_entry(client):
    factories.section("Storage")
    found = links(client.get("/sections/storage/"))
    assert {"/sections/storage/history/", "/sections/storage/add/"} <= set(found)


def test_the_path_names_the_sections_above_except_the_title_of_the_guide(client):
    title = factories.section("The Guide")
    chapter = factories.section("Storage", parent=title)
    factories.section("S3", parent=chapter)
    path = words(client.get("/sections/s3/")).removesuffix("S3")
    assert path.startswith("Guide Storage")
    assert "The Guide" not in path


def test_its_own_tags_stand_before_its_title(client):
    tag, section = factories.legend_tag("new", "🐥"), factories.section("Storage")
    with history.revision(by=None, comment="tag"):
        section.tags.add(tag)
        section.save()
    assert "🐥 Storage" in words(client.get("/sections/storage/"))


def test_the_section_of_a_service_is_found_on_the_services_page(client):
    factories.service("S3", slug="s3", section=factories.section("S3 in short"))
    answer = client.get("/sections/s3-in-short/")
    assert (answer.status_code, answer["Location"]) == (302, "/services/s3/")


def test_what_is_below_a_services_section_has_a_page_of_its_own(client):
    section = factories.section("S3 in short", parent=factories.section("The Guide"))
    factories.service("S3", slug="s3", section=section)
    factories.section("S3 Tips", parent=section)
    page = client.get("/sections/s3-tips/")
    assert page.status_code == 200
    assert "/services/s3/" in links(page)


def test_an_old_address_redirects_for_ever(client):
    alias(factories.section("Storage"), "simple-storage")
    answer = client.get("/sections/simple-storage/")
    assert (answer.status_code, answer["Location"]) == (301, "/sections/storage/")


def test_an_old_address_of_a_services_section_leads_to_the_service_at_once(client):
    section = factories.section("S3 in short")
    factories.service("S3", slug="s3", section=section)
    alias(section, "s3-basics")
    assert client.get("/sections/s3-basics/")["Location"] == "/services/s3/"


def test_a_section_goes_before_an_old_address_of_another(client):
    alias(factories.section("Storage"), "s3")
    factories.section("S3")
    assert client.get("/sections/s3/").status_code == 200


@pytest.mark.parametrize(
    "slug", ["nothing", "STORAGE", "storage-", "%22%3E%3Cscript%3E", "ü", "a%20b", "%00", "x" * 300]
)
def test_an_unknown_address_is_said_to_be_mistyped(client, slug):
    factories.section("Storage")
    answer = client.get(f"/sections/{slug}/")
    assert answer.status_code == 404
    assert "the link was probably mistyped" in words(answer)
    assert "<script>" not in answer.text


def test_a_slug_may_have_letters_of_any_language(client):
    factories.section("Größe", slug="größe")
    assert client.get("/sections/gr%C3%B6%C3%9Fe/").status_code == 200
    assert "/sections/gr%C3%B6%C3%9Fe/" in links(client.get("/"))


def test_a_hand_made_contents_has_no_page(client):
    contents = factories.section("Table of Contents", kind="contents")
    factories.entry("[Storage](#storage)", section=contents, kind="kept")
    assert client.get("/sections/table-of-contents/").status_code == 404


def test_a_section_with_a_kept_line_shows_the_rest(client):
    section = factories.section("Storage")
    factories.entry("Back to top.", section=section, kind="kept")
    factories.entry("One.", section=section)
    text = words(client.get("/sections/storage/"))
    assert "One." in text
    assert "Back to top." not in text


def test_a_section_whose_entries_are_all_retired_is_an_empty_one(client):
    section = factories.section("Storage")
    factories.retire(factories.entry("Old.", section=section))
    text = words(client.get("/sections/storage/"))
    assert "This section is empty." in text
    assert "Old." not in text


def test_it_is_read_only(client):
    factories.section("Storage")
    assert client.post("/sections/storage/").status_code == 405
    assert client.head("/sections/storage/").status_code == 200


def test_a_retired_section_says_why_and_how_it_comes_back(client):
    section = factories.section("Old")
    with factories.history.revision(by=None, comment="retire"):
        section_actions.retire_section(section, because="Nothing is in it.")
    page = client.get("/sections/old/")
    assert page.status_code == 200
    assert "Nothing is in it." in page.text
    assert 'href="/sections/old/restore/"' in page.text


def test_the_path_names_the_chapter_of_a_guide_without_a_title(client):
    chapter = factories.section("Storage")
    factories.section("Costs")
    factories.section("S3", parent=chapter)
    assert words(client.get("/sections/s3/")).startswith("Guide Storage")
