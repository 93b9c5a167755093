"""The legend, and the page of each sign."""

import pytest

from guide_site.core import history
from tests import factories
from tests.public.page_texts import links, own_links, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def gotcha():
    return factories.legend_tag("gotcha", "❗", label="Gotcha", meaning="A trap.")


def test_an_empty_legend_says_so(client):
    assert "This guide has no legend yet." in words(client.get("/legend/"))


def test_the_legend_explains_every_sign_in_order(client, gotcha):
    factories.legend_tag("tip", "🔹", label="Tip", meaning="<b>Good</b>.", position=5)
    page = client.get("/legend/")
    assert "❗ Gotcha A trap. 🔹 Tip <b>Good</b>." in words(page)
    legend = ["/legend/gotcha/", "/legend/tip/"]
    assert own_links(page) == ["/tagged/", *legend, "/add/legend-tag/"]


def test_a_sign_shows_all_that_carries_it_by_section_in_the_order_of_the_guide(client, gotcha):
    storage, costs = factories.section("Storage"), factories.section("Costs")
    s3 = factories.section("S3", parent=storage)
    for body, section in (("Three.", costs), ("Two.", s3), ("One.", storage)):
        factories.entry(body, section=section, tags=["gotcha"])
    text = words(client.get("/legend/gotcha/"))
    assert "3 entries in 3 sections." in text
    order = ["Storage", "One.", "S3", "Two.", "Costs", "Three."]
    assert [text.index(part) for part in order] == sorted(text.index(part) for part in order)


def test_one_entry_in_one_section_is_counted_in_the_singular(client, gotcha):
    factories.entry(tags=["gotcha"])
    assert "1 entry in 1 section." in words(client.get("/legend/gotcha/"))


def test_a_sign_that_nothing_carries_says_what_to_do(client, gotcha):
    assert "No entry carries this sign yet." in words(client.get("/legend/gotcha/"))


def test_what_is_retired_kept_or_carries_another_sign_is_not_there(client, gotcha):
    section = factories.section("Storage")
    factories.legend_tag("tip", "🔹")
    factories.retire(factories.entry("Old.", section=section, tags=["gotcha"]))
    factories.entry("Back to top.", section=section, kind="kept", tags=["gotcha"])
    factories.entry("A tip.", section=section, tags=["tip"])
    assert "No entry carries this sign yet." in words(client.get("/legend/gotcha/"))


def test_an_entry_shows_all_its_signs_and_what_it_is_nested_under(client, gotcha):
    factories.legend_tag("cost", "💸")
    top = factories.entry("**Lifecycle:** Rules.")
    factories.entry("It costs.", section=top.section, parent=top, tags=["gotcha", "cost"])
    page = client.get("/legend/gotcha/")
    assert "Lifecycle: Rules." in words(page)
    assert "/legend/cost/" in links(page)


def test_entries_lead_to_themselves_and_to_an_edit(client, gotcha):
    entry = factories.entry(tags=["gotcha"])
    found = links(client.get("/legend/gotcha/"))
    assert {f"/entries/{entry.pk}/", f"/entries/{entry.pk}/edit/"} <= set(found)


def test_a_tag_taken_away_takes_the_entry_off_the_page(client, gotcha):
    entry = factories.entry("Mind the gap.", tags=["gotcha"])
    assert "Mind the gap." in words(client.get("/legend/gotcha/"))
    factories.edit(entry, "Mind the gap.", tags=[])
    assert "Mind the gap." not in words(client.get("/legend/gotcha/"))


def test_a_renamed_sign_shows_its_new_name_at_once(client, gotcha):
    assert "Gotcha" in words(client.get("/legend/"))
    with history.revision(by=None, comment="rename"):
        gotcha.label = "Trap"
        gotcha.save()
    assert "Trap" in words(client.get("/legend/"))


@pytest.mark.parametrize("slug", ["nothing", "Gotcha"])
def test_an_unknown_sign_is_not_found(client, gotcha, slug):
    assert client.get(f"/legend/{slug}/").status_code == 404
