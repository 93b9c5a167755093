"""The history of a section: every revision that touched it or what is below it."""

import pytest

from entries.actions.entries import add_entry
from guide_site.core import history
from moderation import actions
from tests import factories
from tests.public.page_texts import links, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_is_enough")]


@pytest.fixture
def section():
    return factories.section("Storage")


def page_of(client, query=""):
    return client.get(f"/sections/storage/history/{query}")


def test_it_lists_what_touched_the_section_or_anything_below_it(client, section):
    below = factories.section("S3", parent=section)
    factories.entry(section=section, comment="In it")
    factories.entry(section=below, comment="Below it")
    factories.entry(comment="Elsewhere")
    text = words(page_of(client))
    assert text.index("Below it") < text.index("In it")
    assert "Elsewhere" not in text


def test_a_renaming_is_part_of_it(client, section):
    with history.revision(by=None, comment="Rename"):
        section.title = "Stores"
        section.save()
    text = words(page_of(client))
    assert "History of “Stores”" in text
    assert "Rename" in text


def test_it_says_who_wrote_and_who_approved(client, editor, section):
    proposal = factories.addition(section, "New.", author=factories.user(username="ada"))
    actions.approve(proposal, by=editor, version=proposal.version)
    page = page_of(client)
    assert "by ada" in words(page)
    assert "approved by editor ·" in words(page)
    assert f"/proposals/{proposal.pk}/" in links(page)


def test_it_names_a_few_entries_and_counts_many(client, section):
    entry = factories.entry("One.", section=section)
    with history.revision(by=None, comment="Many"):
        for _ in range(13):
            add_entry(section=section, body="More.")
    page = page_of(client)
    assert entry.get_absolute_url() in links(page)
    assert "13 entries" in words(page)
    assert words(page).count("Storage: More") == 0


def test_two_revisions_can_be_chosen_the_last_two_are_proposed(client, section):
    factories.entry(section=section)
    text = page_of(client).text
    newest = history.generation()
    assert 'action="/sections/storage/compare/"' in text
    assert (
        f'name="a" value="{newest - 1}" aria-label="Compare from revision {newest - 1}" ch' in text
    )
    assert f'name="b" value="{newest}" aria-label="Compare to revision {newest}" checked' in text


def test_a_single_revision_cannot_be_compared(client, section):
    assert "Compare" not in words(page_of(client))


def test_it_is_paged_and_loses_no_revision(client, section):
    for number in range(35):
        factories.entry(section=section, comment=f"Add {number:02}")
    first = page_of(client)
    (older,) = [link for link in links(first) if link.startswith("?before=")]
    second = page_of(client, older)
    shown = words(first) + words(second)
    assert [n for n in range(35) if shown.count(f"Add {n:02}") != 1] == []
    assert not [link for link in links(second) if link.startswith("?before=")]


@pytest.mark.parametrize("before", ["x", "-1", "", "999999999999"])
def test_nonsense_for_a_page_is_the_first_page(client, section, before):
    factories.entry(section=section, comment="Newest")
    assert "Newest" in words(page_of(client, f"?before={before}"))


@pytest.mark.parametrize("slug", ["nothing", "STORAGE"])
def test_an_unknown_section_has_no_history(client, section, slug):
    assert client.get(f"/sections/{slug}/history/").status_code == 404


def test_a_section_with_the_longest_slug_has_a_history(client):
    longest = factories.section("x", slug="x" * 200)
    page = client.get(f"{longest.get_absolute_url()}history/?before=123456789")
    assert page.status_code == 200
