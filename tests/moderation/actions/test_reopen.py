"""A withdrawn proposal is picked up again by its author."""

import pytest
from django.urls import reverse

from moderation import actions
from moderation.models import Proposal
from moderation.states import Status
from tests import factories
from tests.moderation.helpers import approve, draft, in_state, state_of, words

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("status", [Status.DRAFT, Status.OPEN])
def test_it_goes_on_where_it_was(contributor, entry, status):
    made = draft(contributor, entry)
    if status == Status.OPEN:
        actions.send(made, by=contributor)
    actions.withdraw(made, by=contributor)
    actions.reopen(made, by=contributor)
    made.refresh_from_db()
    assert (made.status, made.closed_at) == (status, None)
    assert made.events.last().what == "reopened"


def test_it_can_be_merged_then(contributor, editor):
    made = factories.proposal(author=contributor)
    actions.withdraw(made, by=contributor)
    actions.reopen(made, by=contributor)
    assert approve(made, editor).is_merged


@pytest.mark.parametrize("status", [s for s in Status if s != Status.WITHDRAWN])
def test_only_a_withdrawn_one(status):
    made = in_state(status)
    before = state_of(made)
    with pytest.raises(actions.Refused, match="Only a withdrawn proposal"):
        actions.reopen(made, by=made.author)
    assert state_of(made) == before


def test_only_its_author(lead):
    with pytest.raises(actions.Refused, match="Only its author"):
        actions.reopen(in_state(Status.WITHDRAWN), by=lead)


def test_the_author_has_a_button(as_user, contributor):
    made = in_state(Status.WITHDRAWN, author=contributor)
    client = as_user(contributor)
    assert "Pick it up again" in words(client.get(made.get_absolute_url()))
    shown = client.post(reverse("proposal-reopen", args=[made.pk]), follow=True)
    assert "Picked up again" in words(shown)
    assert Proposal.objects.get().status in (Status.DRAFT, Status.OPEN)


def test_others_have_none(as_user, lead):
    made = in_state(Status.WITHDRAWN, opened_at="2026-01-01T00:00Z")
    assert "Pick it up again" not in words(as_user(lead).get(made.get_absolute_url()))


def test_an_author_who_may_no_longer_propose_still_withdraws(as_user, reader):
    made = factories.proposal(author=reader)
    as_user(reader).post(reverse("proposal-withdraw", args=[made.pk]))
    assert Proposal.objects.get().status == Status.WITHDRAWN
