"""The permanent page of one entry."""

import pytest
from django.urls import reverse
from django.utils import timezone

from entries.actions import entries as entry_actions
from guide_site.core import history
from tests import factories
from tests.public.page_texts import links, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def section():
    return factories.section("Storage")


def page_of(client, entry):
    return client.get(f"/entries/{entry.pk}/")


def test_it_shows_the_entry_under_its_first_words(client, section):
    entry = factories.entry("**Lifecycle:** Set rules *early*.", section=section)
    factories.entry("A neighbour.", section=section)
    page = page_of(client, entry)
    assert "<title>Lifecycle · " in page.text
    assert ">Lifecycle</h1>" in page.text
    assert "Lifecycle: Set rules early." in words(page)
    assert "A neighbour." not in words(page)


def test_it_offers_all_that_one_can_do_with_a_live_entry(client, section):
    entry = factories.entry(section=section)
    at, add = f"/entries/{entry.pk}/", "/sections/storage/add/?place="
    wanted = {f"{at}edit/", f"{at}retire/", f"{at}history/"}
    wanted |= {f"{add}under-{entry.pk}", f"{add}after-{entry.pk}"}
    assert wanted <= set(links(page_of(client, entry)))


def test_nothing_can_be_nested_under_a_paragraph(client, section):
    entry = factories.entry(section=section, kind="paragraph")
    found = links(page_of(client, entry))
    assert f"/sections/storage/add/?place=after-{entry.pk}" in found
    assert f"/sections/storage/add/?place=under-{entry.pk}" not in found


def test_what_is_nested_in_it_is_shown_in_order(client, section):
    top = factories.entry("Top.", section=section)
    first = factories.entry("First.", section=section, parent=top)
    factories.entry("Second.", section=section, parent=top)
    factories.entry("Deep.", section=section, parent=first)
    text = words(page_of(client, top))
    order = ["Top.", "First.", "Deep.", "Second."]
    assert [text.rindex(part) for part in order] == sorted(text.rindex(part) for part in order)


def test_a_nested_entry_names_what_stands_above_it(client, section):
    entry, above = None, []
    for depth in range(7):
        entry = factories.entry(f"Depth {depth}.", section=section, parent=entry)
        above.append(f"/entries/{entry.pk}/")
    found = links(page_of(client, entry))
    assert [link for link in found if link in above[:-1]] == above[:-1]


def test_it_leads_to_its_place_in_the_section(client, section):
    entry = factories.entry(section=section)
    assert f"/sections/storage/#e{entry.pk}" in links(page_of(client, entry))


def test_a_retired_entry_stays_readable_and_says_since_when_and_why(client, section):
    entry = factories.entry("Use SimpleDB.", section=section)
    factories.retire(entry, "SimpleDB is gone.")
    page = page_of(client, entry)
    entry.refresh_from_db()
    assert page.status_code == 200
    assert "Use SimpleDB." in words(page)
    day = f"{entry.retired_at.day} {entry.retired_at:%B %Y}"
    assert f"Retired on {day}: SimpleDB is gone." in words(page)


def test_a_retired_entry_offers_its_history_only(client, section):
    entry = factories.entry(section=section)
    factories.retire(entry)
    found = links(page_of(client, entry))
    assert f"/entries/{entry.pk}/history/" in found
    assert f"/entries/{entry.pk}/edit/" not in found
    assert f"/entries/{entry.pk}/retire/" not in found


def test_retired_children_are_left_out_of_a_live_entry(client, section):
    top = factories.entry("Top.", section=section)
    factories.retire(factories.entry("Old.", section=section, parent=top))
    factories.entry("New.", section=section, parent=top)
    text = words(page_of(client, top))
    assert ("New." in text, "Old." in text) == (True, False)


def test_a_retired_parent_stands_above_its_retired_child(client, section):
    top = factories.entry("Top.", section=section)
    child = factories.entry("Child.", section=section, parent=top)
    factories.retire(top)
    assert f"/entries/{top.pk}/" in links(page_of(client, child))


def test_its_tags_lead_to_the_legend(client, section):
    factories.legend_tag("gotcha", "❗")
    entry = factories.entry(section=section, tags=["gotcha"])
    assert "/legend/gotcha/" in links(page_of(client, entry))


def test_a_line_kept_for_the_export_has_no_page(client, section):
    kept = factories.entry("[Storage](#storage)", section=section, kind="kept")
    assert page_of(client, kept).status_code == 404


def test_hostile_text_comes_out_harmless(client, section):
    entry = factories.entry('<img src=x onerror="alert(1)"> <script>x</script>', section=section)
    page = page_of(client, entry).text
    assert "<script>x" not in page
    assert "<img" not in page


def test_an_edit_shows_at_once(client, section):
    entry = factories.entry("Before.", section=section)
    assert "Before." in words(page_of(client, entry))
    factories.edit(entry, "After.")
    assert "After." in words(page_of(client, entry))


def test_its_text_follows_the_sections_it_links_to(client, section):
    entry = factories.entry("See [costs](#costs).", section=section)
    assert "This guide has no section" in page_of(client, entry).text
    factories.section("Costs")
    factories.edit(entry, "See the [costs](#costs).")
    assert "/sections/costs/" in links(page_of(client, entry))


@pytest.mark.parametrize("number", ["0", "987654321", "9" * 30])
def test_an_unknown_number_is_not_found(client, number):
    assert client.get(f"/entries/{number}/").status_code == 404


@pytest.mark.parametrize("number", ["-1", "1.5", "one", "1e3"])
def test_what_is_no_number_is_not_found(client, number):
    assert client.get(f"/entries/{number}/").status_code == 404


def test_its_number_is_its_own_for_ever(client, section):
    entry = factories.entry("One.", section=section)
    factories.edit(entry, "Two.")
    factories.retire(entry)
    entry.refresh_from_db()
    entry.section = factories.section("Costs")
    with history.revision(by=None, comment="move"):
        entry.save()
    assert "Two." in words(page_of(client, entry))


@pytest.fixture
def joined(db):
    """Three entries, each joined into the one that follows; the last is in the guide."""
    first, second, last = (factories.entry(body) for body in ("One.", "Two.", "Three."))
    for entry, other in ((first, second), (second, last)):
        with history.revision(by=None, comment="Join"):
            entry.retired_at, entry.retired_because = timezone.now(), "Joined."
            entry.joined_into = other
            entry.save()
    return first, second, last


@pytest.mark.parametrize("name", ["entry", "entry-markdown"])
def test_what_was_joined_leads_to_the_entry_that_holds_its_text(client, joined, name):
    first, _, last = joined
    response = client.get(reverse(name, args=[first.pk]))
    assert (response.status_code, response.url) == (301, reverse(name, args=[last.pk]))


def test_what_was_joined_and_restored_has_its_page_again(client, joined):
    first, second, _ = joined
    with history.revision(by=None, comment="Restore"):
        entry_actions.restore_entry(second)
    assert client.get(second.get_absolute_url()).status_code == 200
    assert client.get(first.get_absolute_url()).url == second.get_absolute_url()
