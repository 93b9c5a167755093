"""Any two versions of an entry or a section, word by word."""

import pytest

from entries.actions.entries import add_entry
from guide_site.core import history
from tests import factories
from tests.public.page_texts import links, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry():
    """An entry with three versions, whose revisions are `entry.numbers`."""
    made = factories.entry("One two three.", section=factories.section("Storage"))
    made.numbers = [history.generation()]
    for body in ("One 2 three.", "One 2 3."):
        factories.edit(made, body)
        made.numbers.append(history.generation())
    return made


def compare(client, entry, a, b):
    return client.get(f"/entries/{entry.pk}/compare/?a={a}&b={b}")


@pytest.mark.parametrize(
    ("a", "b", "difference"),
    [
        (0, 1, "One [removed: two][added: 2] three."),
        (1, 2, "One 2 [removed: three][added: 3]."),
        (0, 2, "One [removed: two three][added: 2 3]."),
    ],
)
def test_any_two_versions_differ_by_their_words(client, entry, a, b, difference):
    a, b = entry.numbers[a], entry.numbers[b]
    text = words(compare(client, entry, a, b))
    assert difference in text
    assert f"From revision {a} " in text
    assert f"to revision {b} " in text


def test_the_older_is_always_the_left_one(client, entry):
    first, _, last = entry.numbers
    assert words(compare(client, entry, last, first)) == words(compare(client, entry, first, last))


def test_a_version_does_not_differ_from_itself(client, entry):
    last = entry.numbers[-1]
    assert "No text differs between the two." in words(compare(client, entry, last, last))


def test_without_a_first_everything_is_added(client, entry):
    page = client.get(f"/entries/{entry.pk}/compare/?b={entry.numbers[1]}")
    assert "From nothing to revision" in words(page)
    assert "[added: One 2 three.]" in words(page)


def test_it_leads_to_both_revisions_and_to_the_history(client, entry):
    first, _, last = entry.numbers
    found = links(compare(client, entry, first, last))
    wanted = {f"/changes/{first}/", f"/changes/{last}/", f"/entries/{entry.pk}/history/"}
    assert wanted <= set(found)


def test_other_entries_are_not_compared(client, entry):
    factories.entry("Another.", section=entry.section)
    page = compare(client, entry, entry.numbers[0], history.generation())
    assert "Another." not in words(page)


def test_tags_and_a_retirement_between_the_two_are_told(client, entry):
    factories.legend_tag("gotcha", "❗", label="Gotcha")
    factories.edit(entry, "One 2 3.", tags=["gotcha"])
    tagged = history.generation()
    assert "<ins>❗ Gotcha</ins>" in compare(client, entry, entry.numbers[-1], tagged).text
    factories.retire(entry, "Outdated.")
    assert "Retired: Outdated." in words(compare(client, entry, tagged, history.generation()))


def test_the_longest_address_is_no_trouble(client):
    factories.section("Long", slug="x" * 200)
    last = history.generation()
    page = client.get(f"/sections/{'x' * 200}/compare/?a={last - 1}&b={last}")
    assert "[added: Long]" in words(page)


@pytest.mark.parametrize("query", ["", "?a=&b=", "?a=x&b=y", "?a=-1&b=-2", "?a=²&b=³", "?b=0"])
def test_nonsense_is_not_found(client, entry, query):
    assert client.get(f"/entries/{entry.pk}/compare/{query}").status_code == 404


@pytest.mark.parametrize("unknown", [10**6, 10**12, 10**40])
def test_a_revision_that_never_was_is_not_found(client, entry, unknown):
    assert compare(client, entry, unknown, unknown).status_code == 404


def test_a_revision_to_come_is_not_found(client, entry):
    assert compare(client, entry, entry.numbers[0], entry.numbers[-1] + 1).status_code == 404


def test_entries_and_sections_that_are_unknown_have_nothing_to_compare(client, entry):
    last = entry.numbers[-1]
    assert client.get(f"/entries/987654321/compare/?b={last}").status_code == 404
    assert client.get(f"/sections/nothing/compare/?b={last}").status_code == 404


def test_a_section_is_compared_entry_by_entry_with_all_below_it(client, entry):
    below = factories.section("S3", parent=entry.section)
    added = factories.entry("New.", section=below)
    page = client.get(f"/sections/storage/compare/?a={entry.numbers[0]}&b={history.generation()}")
    text = words(page)
    assert "One [removed: two three][added: 2 3]." in text
    assert "added S3" in text
    assert "[added: New.]" in text
    assert {entry.get_absolute_url(), added.get_absolute_url()} <= set(links(page))


def test_a_section_is_compared_as_each_revision_left_it(client, entry):
    address = "/sections/storage/compare/?a={}&b={}"
    text = words(client.get(address.format(entry.numbers[0], entry.numbers[1])))
    assert "One [removed: two][added: 2] three." in text
    assert "[added: 3]" not in text


def test_a_section_without_a_difference_says_so(client, entry):
    elsewhere = factories.entry()
    first, last = history.generation() - 1, history.generation()
    text = words(client.get(f"/sections/storage/compare/?a={first}&b={last}"))
    assert "No text differs between the two." in text
    assert elsewhere.body not in text


def test_a_renamed_section_differs_by_its_title(client, entry):
    before = history.generation()
    with history.revision(by=None, comment="Rename"):
        entry.section.title = "Cheap Storage"
        entry.section.save()
    page = client.get(f"/sections/storage/compare/?a={before}&b={history.generation()}")
    assert "[added: Cheap ]Storage" in words(page)


def test_what_only_moved_is_no_difference(client, entry):
    before = history.generation()
    with history.revision(by=None, comment="Move"):
        entry.refresh_from_db()
        entry.position += 1
        entry.save()
    assert "No text differs" in words(compare(client, entry, before, history.generation()))


def test_more_differences_than_fit_are_said_to_be_more(client):
    section = factories.section("Storage")
    first = history.generation()
    with history.revision(by=None, comment="Many"):
        for number in range(101):
            add_entry(section=section, body=f"Number {number}.")
    page = client.get(f"/sections/storage/compare/?a={first}&b={history.generation()}")
    assert page.text.count('class="step"') == 100
    assert "more than fits on one page" in words(page)
