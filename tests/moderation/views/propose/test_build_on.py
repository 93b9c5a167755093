"""Somebody changes the entry already: join the discussion, or build on their words."""

import pytest
from django.urls import reverse

from moderation import actions
from moderation.models import Proposal
from moderation.states import Status
from tests import factories
from tests.moderation.helpers import approve, assert_not_merged, draft, fields, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(entry):
    return reverse("entry-edit", args=[entry.pk])


@pytest.fixture
def other(entry):
    return factories.proposal(entry, "One, two, three, 4.", title="Digits")


def built(member, url, other, body):
    """A proposal of the member that was begun with the words of `other`, sent."""
    form = fields(member.get(f"{url}?on={other.pk}")) | {"body": body, "title": "More digits"}
    member.post(url, form)
    made = Proposal.objects.latest("pk")
    actions.send(made, by=made.author)
    return made


def test_the_editor_offers_both(member, other, url):
    page = member.get(url)
    assert "Digits" in words(page)
    assert f'href="{other.get_absolute_url()}#discussion"' in page.content.decode()
    assert f'href="{url}?on={other.pk}"' in page.content.decode()


def test_it_starts_from_the_others_words(member, other, url):
    form = fields(member.get(f"{url}?on={other.pk}"))
    assert (form["body"], form["builds_on"]) == ("One, two, three, 4.", str(other.pk))


def test_where_its_words_conflict_with_the_guide_both_are_shown(member, entry, other, url):
    factories.edit(entry, "One, two, three, vier.", by=factories.user(username="anna"))
    page = words(member.get(f"{url}?on={other.pk}"))
    assert "The entry has changed since “Digits” was written" in page
    assert "In the guide now, by anna: vier" in page
    assert "In “Digits”: 4" in page
    form = fields(member.get(f"{url}?on={other.pk}")) | {"title": ""}
    assert "In “Digits”: 4" in words(member.post(url, form))
    assert "was written" not in words(member.get(url))


def test_both_pages_say_so(client, member, other, url):
    made = built(member, url, other, "One, two, 3, 4.")
    assert made.builds_on == other
    assert "Builds on Digits" in words(client.get(made.get_absolute_url()))
    assert "More digits builds on this" in words(client.get(other.get_absolute_url()))


def test_the_same_words_on_both_sides_are_no_conflict(member, editor, entry, other, url):
    made = built(member, url, other, "One, two, 3, 4.")
    approve(other, editor)
    approve(made, editor)
    entry.refresh_from_db()
    assert entry.body == "One, two, 3, 4."


def test_what_was_made_of_the_others_words_fits_once_they_are_merged(
    member, editor, entry, other, url
):
    made = built(member, url, other, "One, two, three, IV.")
    approve(other, editor)
    approve(made, editor)
    entry.refresh_from_db()
    assert entry.body == "One, two, three, IV."


def test_it_conflicts_all_the_same_with_what_a_third_one_did(member, editor, entry, other, url):
    made = built(member, url, other, "One, two, three, IV.")
    approve(other, editor)
    factories.edit(entry, "One, two, three, vier.")
    assert_not_merged(approve(made, editor))


@pytest.mark.parametrize("on", ["x", "0", "9" * 30])
def test_what_is_no_proposal_is_no_error(member, url, on):
    assert fields(member.get(f"{url}?on={on}"))["body"] == "One, two, three, four."


def test_a_draft_of_somebody_else_is_not_shown(member, entry, url):
    secret = factories.proposal(entry, "Secret.", status=Status.DRAFT)
    assert "Secret" not in member.get(f"{url}?on={secret.pk}").content.decode()


def test_ones_own_draft_is_where_to_go_on(member, contributor, entry, url):
    mine = draft(contributor, entry, title="My digits")
    page = member.get(url)
    assert "You are, in your draft My digits: go on there." in words(page)
    there = reverse("proposal-change", args=[mine.pk, mine.changes.get().pk])
    assert f'href="{there}"' in page.content.decode()
