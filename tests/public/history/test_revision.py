"""What one revision changed."""

import pytest

from entries.actions.entries import add_entry
from entries.models import Section
from guide_site.core import history
from moderation import actions
from tests import factories
from tests.public.page_texts import links, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_is_enough")]


def newest(client):
    return client.get(f"/changes/{history.generation()}/")


@pytest.fixture
def entry():
    return factories.entry("One two.", section=factories.section("Storage"))


def test_it_tells_who_when_why_and_what(client, editor, entry):
    ada = factories.user(username="ada")
    proposal = factories.proposal(entry, "One 2.", author=ada, title="Shorten")
    actions.approve(proposal, by=editor, version=proposal.version)
    page, text = newest(client), words(newest(client))
    assert "Shorten by ada" in text
    assert "approved by editor ·" in text
    assert "edited Storage: One 2. One [removed: two][added: 2]." in text
    assert {proposal.get_absolute_url(), entry.get_absolute_url()} <= set(links(page))


def test_it_shows_only_what_this_revision_did(client, entry):
    factories.edit(entry, "One 2.")
    number = history.generation()
    factories.edit(entry, "1 2.")
    text = words(client.get(f"/changes/{number}/"))
    assert "One [removed: two][added: 2]." in text
    assert "[added: 1]" not in text


def test_a_new_section_and_its_entries_are_added(client):
    section = Section(title="Storage", slug="storage")
    with history.revision(by=None, comment="Start"):
        section.save()
        add_entry(section=section, body="One.")
    text = words(newest(client))
    assert "added Storage [added: Storage]" in text
    assert "added Storage: One. [added: One.]" in text


def test_a_retirement_tells_its_reason_for_all_that_went_along(client, entry):
    factories.entry("Child.", section=entry.section, parent=entry)
    factories.retire(entry, "Outdated.")
    text = words(newest(client))
    assert text.count("Retired: Outdated.") == 2


def test_changed_tags_are_named(client, entry):
    factories.legend_tag("gotcha", "❗", label="Gotcha")
    factories.edit(entry, entry.body, tags=["gotcha"])
    assert "<ins>❗ Gotcha</ins>" in newest(client).text


def test_a_large_revision_shows_the_first_hundred(client):
    section = factories.section("Storage")
    with history.revision(by=None, comment="Import"):
        for number in range(101):
            add_entry(section=section, body=f"Number {number}.")
    page = newest(client)
    assert page.text.count('class="step"') == 100
    assert "more than fits on one page" in words(page)


def test_the_first_revision_can_be_opened(client):
    factories.section("Storage")
    assert "[added: Storage]" in words(newest(client))


def test_the_text_of_a_member_who_left_stays(client, editor, entry):
    proposal = factories.proposal(entry, "One 2.", author=factories.user(username="ada"))
    actions.approve(proposal, by=editor, version=proposal.version)
    proposal.author.delete()
    text = words(newest(client))
    assert "[added: 2]" in text
    assert "ada" not in text


@pytest.mark.parametrize("number", ["0", "987654321", "9" * 30, "-1", "x"])
def test_a_revision_that_never_was_is_not_found(client, entry, number):
    assert client.get(f"/changes/{number}/").status_code == 404
