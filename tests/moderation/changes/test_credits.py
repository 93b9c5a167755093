"""Reviewers who wrote words of a proposal are named beside its author."""

import pytest
from django.urls import reverse

from guide_site.core.access import Role
from moderation import actions
from moderation.changes import credits
from tests import factories
from tests.moderation.helpers import approve, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposal(entry):
    return factories.proposal(entry, "One, two, three, five.")


@pytest.fixture
def grace(db):
    return factories.user(Role.EDITOR, username="grace")


def edit(proposal, body, by):
    """A reviewer or the author makes the text of the proposal `body`."""
    proposal.refresh_from_db()
    change = proposal.changes.get()
    made = actions.ChangeEdit(change, change.base, change.proposed | {"body": body})
    if by == proposal.author:
        actions.amend(proposal, by=by, version=proposal.version, edit=made)
    else:
        actions.edit_as_reviewer(proposal, by=by, version=proposal.version, edits=[made])


def named(proposal):
    return [user.username for user in credits.editors(proposal.changes.all())]


def test_who_wrote_words_of_it_is_named(proposal, grace):
    edit(proposal, "One, two, three, five and six.", grace)
    assert named(proposal) == ["grace"]


def test_who_took_words_out_is_named(proposal, grace):
    edit(proposal, "One, two, five.", grace)
    assert named(proposal) == ["grace"]


def test_what_the_author_added_elsewhere_takes_no_credit_away(proposal, grace):
    edit(proposal, "One, two, three, five and six.", grace)
    edit(proposal, "Zero, one, two, three, five and six.", proposal.author)
    assert named(proposal) == ["grace"]


@pytest.mark.parametrize("body", ["One, two, three, five.", "One, two, three, five or seven."])
def test_whose_words_the_author_took_out_again_is_not_named(proposal, grace, body):
    edit(proposal, "One, two, three, five and six.", grace)
    edit(proposal, body, proposal.author)
    assert named(proposal) == []


def test_an_edit_that_changes_nothing_names_nobody(proposal, grace):
    edit(proposal, "One, two, three, five.", grace)
    assert named(proposal) == []


def test_who_only_approved_is_not_named_as_a_writer(proposal, grace):
    approve(proposal, grace)
    assert named(proposal) == []


@pytest.fixture
def merged(proposal, grace):
    edit(proposal, "One, two, three, five and six.", grace)
    proposal.refresh_from_db()
    assert approve(proposal).is_merged
    return proposal


def test_the_page_of_the_proposal_names_them(client, merged):
    page = words(client.get(merged.get_absolute_url()))
    assert f"by {merged.author.username}, edited by grace" in page


def test_so_do_the_histories(client, entry, merged):
    for address in (
        reverse("revision", args=[merged.merged_as]),
        reverse("entry-history", args=[entry.pk]),
        reverse("section-history", args=[entry.section.slug]),
        reverse("changes"),
    ):
        page = words(client.get(address))
        assert f"by {merged.author.username} · edited by grace · approved by" in page, address


def test_so_does_the_api(client, merged):
    found = client.get(f"/api/revisions/{merged.merged_as}/").json()
    assert found["editors"] == ["grace"]


def test_an_account_that_is_gone_is_named_no_more(client, entry, merged, grace):
    grace.delete()
    assert "edited by" not in words(client.get(merged.get_absolute_url()))
