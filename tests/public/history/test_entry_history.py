"""The history of one entry: who wrote and who approved which text, and when."""

import pytest

from entries.actions import entries as entry_actions
from guide_site.core import history
from guide_site.core.access import Role
from moderation import actions
from tests import factories
from tests.public.page_texts import links, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_is_enough")]


@pytest.fixture
def entry():
    return factories.entry("One, two, three.", comment="Begin")


def page_of(client, entry, query=""):
    return client.get(f"/entries/{entry.pk}/history/{query}")


def test_it_shows_every_version_newest_first_with_its_difference(client, entry):
    factories.edit(entry, "One, 2, three.", comment="Shorten")
    text = words(page_of(client, entry))
    assert text.index("edited Shorten") < text.index("added Begin")
    assert "One, [removed: two][added: 2], three." in text
    assert "[added: One, two, three.]" in text


def test_it_says_who_wrote_who_approved_and_by_which_proposal(client, editor, entry):
    ada = factories.user(username="ada")
    proposal = factories.proposal(entry, "One.", author=ada, title="Shorten")
    actions.approve(proposal, by=editor, version=proposal.version)
    page = page_of(client, entry)
    assert "edited Shorten by ada" in words(page)
    assert "approved by editor ·" in words(page)
    assert f"proposal {proposal.pk} · revision {history.generation()}" in words(page)
    assert {"/people/ada/", "/people/editor/", f"/proposals/{proposal.pk}/"} <= set(links(page))


def test_an_import_is_the_softwares(client, entry):
    assert "by the software ·" in words(page_of(client, entry))


def test_only_approvals_of_the_merged_version_count(client, editor, entry):
    proposal = factories.proposal(entry, "One.")
    early = factories.user(Role.EDITOR, username="early")
    proposal.reviews.create(reviewer=early, version=7, verdict="approve")
    actions.approve(proposal, by=editor, version=proposal.version)
    text = words(page_of(client, entry))
    assert "approved by editor" in text
    assert "early" not in text


def test_a_member_who_left_is_a_former_contributor_and_the_text_stays(client, editor, entry):
    ada = factories.user(username="ada")
    proposal = factories.proposal(entry, "One.", author=ada)
    actions.approve(proposal, by=editor, version=proposal.version)
    for user in (ada, editor):
        user.delete()
    text = words(page_of(client, entry))
    assert text.count("by former contributor") == 2  # wrote it, and approved it
    assert "approved by former contributor" in text
    assert "One[removed: , two, three]." in text
    assert ("ada" in text, "editor" in text) == (False, False)


def test_tags_that_came_and_went_are_named(client, entry):
    factories.legend_tag("gotcha", "❗", label="Gotcha")
    factories.legend_tag("cost", "💸", label="Cost")
    factories.edit(entry, entry.body, tags=["gotcha"], comment="Warn")
    factories.edit(entry, entry.body, tags=["cost"], comment="Rather this")
    page = page_of(client, entry)
    assert "<del>❗ Gotcha</del>" in page.text
    assert "<ins>💸 Cost</ins>" in page.text
    assert page.text.count("<ins>❗ Gotcha</ins>") == 1


def test_a_retirement_tells_its_reason(client, entry):
    factories.retire(entry, "No longer <true>.")
    text = words(page_of(client, entry))
    assert "retired factory" in text
    assert "Retired: No longer <true>." in text


def test_a_restored_entry_says_so(client, entry):
    factories.retire(entry)
    with history.revision(by=None, comment="Back"):
        entry.refresh_from_db()
        entry.retired_at, entry.retired_because = None, ""
        entry.save()
    assert "restored Back" in words(page_of(client, entry))


def test_two_versions_can_be_chosen_the_last_two_are_proposed(client, entry):
    factories.edit(entry, "One.")
    page = page_of(client, entry).text
    newest = history.generation()
    assert (
        f'name="a" value="{newest - 1}" aria-label="Compare from revision {newest - 1}" checked'
        in page
    )
    assert f'name="b" value="{newest}" aria-label="Compare to revision {newest}" checked' in page
    assert f'action="/entries/{entry.pk}/compare/"' in page


def test_a_single_version_cannot_be_compared(client, entry):
    assert "Compare" not in words(page_of(client, entry))


def test_it_is_paged_and_loses_no_version(client, entry):
    for number in range(35):
        factories.edit(entry, f"Text {number}.", comment=f"Edit {number:02}")
    first = page_of(client, entry)
    (older,) = [link for link in links(first) if link.startswith("?before=")]
    second = page_of(client, entry, older)
    shown = words(first) + words(second)
    assert [n for n in range(35) if shown.count(f"Edit {n:02}") != 1] == []
    assert "Begin" in words(second)
    assert not [link for link in links(second) if link.startswith("?before=")]


def test_the_difference_at_the_end_of_a_page_is_to_the_version_before(client, entry):
    for number in range(31):
        factories.edit(entry, f"Text {number}.")
    text = words(page_of(client, entry))
    assert "[added: One, two, three.]" not in text
    assert "Text [removed: 0][added: 1]." in text


@pytest.mark.parametrize("before", ["x", "-1", "", "1e9", "²", "999999999999", "0"])
def test_nonsense_for_a_page_is_the_first_page(client, entry, before):
    assert "Begin" in words(page_of(client, entry, f"?before={before}"))


def test_before_the_first_version_there_is_none(client, entry):
    page = page_of(client, entry, "?before=1")
    assert page.status_code == 200
    assert "Begin" not in words(page)


def test_the_history_goes_along_with_a_move(client, entry):
    entry.section = factories.section("Elsewhere")
    with history.revision(by=None, comment="Move"):
        entry.save()
    assert "Begin" in words(page_of(client, entry))
    assert "/sections/elsewhere/" in links(page_of(client, entry))


def test_a_retired_entry_keeps_its_history(client, entry):
    factories.retire(entry)
    assert "Begin" in words(page_of(client, entry))


def test_the_history_of_another_entry_is_not_mixed_in(client, entry):
    factories.entry("Another.", comment="Not this")
    assert "Not this" not in words(page_of(client, entry))


def test_hostile_text_is_shown_as_it_was_typed(client, entry):
    factories.edit(entry, "<script>alert(1)</script>", comment="<i>Oh</i>")
    page = page_of(client, entry)
    assert "[added: <script>alert(1)</script>]" in words(page)
    assert "<i>Oh</i>" in words(page)
    assert "<script>alert" not in page.text


def test_an_unknown_entry_has_no_history(client):
    assert client.get("/entries/987654321/history/").status_code == 404


def test_a_bullet_that_was_split_off_says_where_it_came_from(client, entry):
    with history.revision(by=None, comment="Split"):
        rest = [{"body": "three.", "tags": []}]
        entry_actions.split_entry(entry, body="One, two,", tags=[], rest=rest)
    page = page_of(client, entry.split_off.get())
    assert "Split off from “One, two,” (its history)." in words(page)
    assert "split off Split" in words(page)
    assert {entry.get_absolute_url(), f"/entries/{entry.pk}/history/"} <= set(links(page))


def test_a_bullet_that_was_joined_says_where_its_text_went(client, entry):
    other = factories.entry("Four.", section=entry.section)
    with history.revision(by=None, comment="Join"):
        entry_actions.join_entries(entry, other, body="One, two, three, four.", tags=[])
    page = page_of(client, other)
    assert "Joined into “One, two, three, four.” (its history)." in words(page)
    assert "joined Join" in words(page)
    assert f"/entries/{entry.pk}/history/" in links(page)
