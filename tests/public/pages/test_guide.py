"""The whole guide on one page."""

import re

import pytest

from tests import factories
from tests.public.page_texts import links, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def storage():
    return factories.section("Storage")


def test_it_holds_every_section_and_entry_in_the_order_of_the_guide(client, storage):
    below = factories.section("S3", parent=storage)
    last = factories.section("Costs")
    for section, body in ((last, "Four."), (below, "Two."), (storage, "One."), (below, "Three.")):
        factories.entry(body, section=section)
    text = words(client.get("/guide/"))
    order = ["Storage", "One.", "S3", "Two.", "Three.", "Costs", "Four."]
    assert [text.index(part) for part in order] == sorted(text.index(part) for part in order)


def test_an_empty_guide_is_an_empty_page(client):
    assert client.get("/guide/").status_code == 200


def test_headings_have_the_rank_of_their_depth_and_never_more_than_six(client, storage):
    section = storage
    for depth in range(1, 9):
        section = factories.section(f"Depth {depth}", parent=section)
    ranks = re.findall(r'<h(\d) class="section__heading"', client.get("/guide/").text)
    assert ranks == ["2", "2", "3", "4", "5", "6", "6", "6", "6"]


def test_the_contents_lead_to_places_on_the_page(client, storage):
    factories.section("S3", parent=storage)
    factories.section("Costs")
    page = client.get("/guide/")
    assert {"#storage", "#s3"} <= set(links(page))
    assert 'id="storage"' in page.text
    assert 'id="s3"' in page.text


def test_headings_lead_to_the_sections_own_page_or_that_of_its_service(client, storage):
    factories.service("S3", slug="s3", section=factories.section("S3 in short", parent=storage))
    found = links(client.get("/guide/"))
    assert "/sections/storage/" in found
    assert "/services/s3/" in found
    assert "/sections/s3-in-short/" not in found


def test_every_entry_can_be_linked_edited_traced_and_retired(client, storage):
    entry = factories.entry(section=storage)
    page, at = client.get("/guide/"), f"/entries/{entry.pk}/"
    assert f'id="e{entry.pk}"' in page.text
    assert {at, f"{at}edit/", f"{at}history/", f"{at}retire/"} <= set(links(page))


def test_nested_bullets_stand_inside_the_one_above(client, storage):
    top = factories.entry("Top.", section=storage)
    factories.entry("Under it.", section=storage, parent=top)
    page = client.get("/guide/").text
    assert re.search(
        r"Top\..*?<ul class=\"entries\"[^>]*>.*?Under it\..*?</ul>\s*</li>", page, re.S
    )


def test_neighbours_of_one_kind_share_a_list(client, storage):
    for kind in ("bullet", "bullet", "step", "step", "paragraph", "bullet"):
        factories.entry(f"A {kind}.", section=storage, kind=kind)
    page = client.get("/guide/").text
    lists = re.findall(r"<(ul|ol) class=\"entries\"|<(div) class=\"entry ", page)
    assert ["".join(found) for found in lists] == ["ul", "ol", "div", "ul"]


def test_legend_tags_hang_before_the_text_with_a_name(client, storage):
    factories.legend_tag("gotcha", "❗", label="Gotcha")
    factories.entry("Mind the gap.", section=storage, tags=["gotcha"])
    page = client.get("/guide/").text
    tag = '<a class="tag" href="/legend/gotcha/" title="Gotcha" aria-label="Gotcha">❗</a>'
    assert page.index(tag) < page.index("Mind the gap.")


def test_what_is_retired_or_kept_for_the_export_is_not_shown(client, storage):
    factories.retire(factories.entry("No longer true.", section=storage))
    factories.entry("Back to top.", section=storage, kind="kept")
    factories.entry("Still true.", section=storage)
    text = words(client.get("/guide/"))
    assert "Still true." in text
    assert "No longer true." not in text
    assert "Back to top." not in text


def test_a_section_that_is_a_hand_made_contents_is_not_shown(client, storage):
    contents = factories.section("Table of Contents", kind="contents")
    factories.entry("[Storage](#storage)", section=contents, kind="kept")
    assert 'id="table-of-contents"' not in client.get("/guide/").text


def test_hostile_text_comes_out_harmless(client, storage):
    factories.entry("<script>alert(1)</script> [x](javascript:alert(2))", section=storage)
    page = client.get("/guide/").text
    assert "<script>alert" not in page
    assert 'href="javascript:' not in page


def test_one_id_stands_once(client, storage):
    for number in range(3):
        factories.entry(f"{number}.", section=factories.section("S3", slug=f"s3-{number}"))
    ids = re.findall(r'\sid="([^"]+)"', client.get("/guide/").text)
    assert sorted(ids) == sorted(set(ids))
