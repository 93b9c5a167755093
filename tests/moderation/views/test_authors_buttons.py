"""Send and withdraw: the author's buttons on the page of a proposal."""

import pytest
from django.urls import reverse

from moderation.models import Proposal
from moderation.states import Status
from tests import factories
from tests.moderation.helpers import in_state, words

pytestmark = pytest.mark.django_db


def press(client, proposal, button):
    """Press a button of the proposal's page and look at what follows."""
    response = client.post(reverse(f"proposal-{button}", args=[proposal.pk]), follow=True)
    proposal.refresh_from_db()
    return words(response)


def test_sending_puts_it_into_the_queue(as_user, contributor):
    draft = in_state(Status.DRAFT, author=contributor)
    assert "Sent. Editors will look at it." in press(as_user(contributor), draft, "send")
    assert list(Proposal.objects.open()) == [draft]


def test_a_double_click_sends_once(as_user, contributor):
    draft = in_state(Status.DRAFT, author=contributor)
    press(as_user(contributor), draft, "send")
    page = press(as_user(contributor), draft, "send")
    assert "sent already: it waits for review" in page
    assert draft.events.count() == 1


def test_withdrawing_leaves_the_text(as_user, contributor):
    made = factories.proposal(author=contributor)
    page = press(as_user(contributor), made, "withdraw")
    assert made.status == Status.WITHDRAWN
    assert "Withdrawn. Its text stays here." in page
    assert "Use roles, never keys." in page


def test_a_withdrawn_draft_stays_with_its_author(client, as_user, contributor):
    draft = in_state(Status.DRAFT, author=contributor)
    assert "Use roles, never keys." in press(as_user(contributor), draft, "withdraw")
    client.logout()
    assert client.get(draft.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("button", ["send", "withdraw"])
def test_a_closed_one_says_so(as_user, contributor, button):
    made = in_state(Status.DECLINED, author=contributor)
    assert "This proposal is closed" in press(as_user(contributor), made, button)
    assert made.status == Status.DECLINED


@pytest.mark.parametrize("button", ["send", "withdraw"])
def test_opening_the_address_does_nothing(as_user, contributor, button):
    draft = in_state(Status.DRAFT, author=contributor)
    response = as_user(contributor).get(reverse(f"proposal-{button}", args=[draft.pk]))
    draft.refresh_from_db()
    assert response.url == draft.get_absolute_url()
    assert draft.status == Status.DRAFT


@pytest.mark.parametrize("button", ["send", "withdraw"])
def test_nobody_else_presses_it(as_user, lead, button):
    made = factories.proposal()
    assert "Only its author" in press(as_user(lead), made, button)
    assert made.status == Status.OPEN


@pytest.mark.parametrize("button", ["send", "withdraw"])
def test_a_visitor_is_sent_to_the_log_in(client, button):
    made = factories.proposal()
    url = reverse(f"proposal-{button}", args=[made.pk])
    assert client.post(url).url == f"/accounts/login/?next={url}"


@pytest.mark.parametrize("who", ["reader", "contributor", "lead"])
def test_others_see_no_buttons_of_the_author(as_user, request, who):
    made = factories.proposal()
    page = words(as_user(request.getfixturevalue(who)).get(made.get_absolute_url()))
    assert "Withdraw" not in page
    assert "Amend" not in page
