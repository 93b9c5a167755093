"""State × role × act: what is allowed, and the sentence of refusal. Every state has an exit."""

import pytest
from django.contrib.auth.models import AnonymousUser

from guide_site.core.access import Role
from moderation import actions, policies
from moderation.states import CLOSED, Status
from tests import factories
from tests.moderation.helpers import in_state, words

pytestmark = pytest.mark.django_db

MODERATORS = ["editor", "lead"]
OTHERS = ["visitor", "reader", "contributor", "expert"]
ROLES = [*OTHERS, *MODERATORS]
NOT_OPEN, OWN, GONE = "Only open proposals", "their own proposal", "has no account any more"
WAITS = "waits for its author to make the requested changes"
ENDED = ["Already merged", "Already closed", "Already declined", "Already withdrawn"]
STATES = list(Status)

# What moderators are told, in the order of STATES. None: they may.
MODERATOR = {
    "why_not_approve": [NOT_OPEN, None, WAITS, *ENDED],
    "why_not_decide": [NOT_OPEN, None, WAITS, *ENDED],
    "why_not_request_changes": [NOT_OPEN, None, WAITS, *ENDED],
    "why_not_take_back": [NOT_OPEN, "it is open", None, *ENDED],
    "why_not_decline": [NOT_OPEN, None, None, *ENDED],
}
AUTHOR_GONE = MODERATOR | {
    "why_not_approve": [NOT_OPEN, None, GONE, *ENDED],
    "why_not_decide": [NOT_OPEN, None, GONE, *ENDED],
    "why_not_request_changes": [NOT_OPEN, GONE, GONE, *ENDED],
}
# The same of a moderator's own proposal.
OWN_ONE = {
    "why_not_decide": [NOT_OPEN, OWN, WAITS, *ENDED],
    "why_not_request_changes": [NOT_OPEN, OWN, WAITS, *ENDED],
    "why_not_take_back": [NOT_OPEN, "it is open", "Send it again", *ENDED],
    "why_not_decline": [NOT_OPEN, OWN, OWN, *ENDED],
}
# What the author is told, whatever their role.
SHUT = ["closed"] * 3
AUTHOR = {
    "why_not_amend": [None, None, None, *SHUT, "closed"],
    "why_not_send": [None, "sent already", None, *SHUT, "closed"],
    "why_not_withdraw": [None, None, None, *SHUT, "closed"],
    "why_not_reopen": [*["Only a withdrawn"] * 6, None],
}


def cases(table):
    return [
        pytest.param(act, state, answer, id=f"{act}-{state}")
        for act, answers in table.items()
        for state, answer in zip(STATES, answers, strict=True)
    ]


@pytest.fixture(scope="module")
def people(module_db):
    members = {role.value: factories.user(role) for role in Role if role.value in ROLES}
    return {"visitor": AnonymousUser(), "reader": factories.user(None)} | members


@pytest.fixture(scope="module")
def entry(module_db):
    return factories.entry()


@pytest.fixture(scope="module")
def proposals(entry):
    return {state: in_state(state, entry=entry) for state in STATES}


@pytest.fixture(scope="module")
def without_author(entry):
    """{state: a proposal in it whose author deleted their account}."""
    made = {state: in_state(state, entry=entry) for state in STATES}
    for proposal in made.values():
        proposal.author.delete()
        proposal.refresh_from_db()
    return made


def check(act, person, proposal, answer):
    """None is expected as None; a refusal as a sentence with these words in it."""
    sentence = getattr(policies, act)(person, proposal)
    assert sentence == answer if answer is None else answer in sentence
    assert answer is None or sentence.endswith(".")


@pytest.mark.parametrize("who", MODERATORS)
@pytest.mark.parametrize(("act", "state", "answer"), cases(MODERATOR))
def test_moderators_of_proposals_of_others(people, proposals, who, act, state, answer):
    check(act, people[who], proposals[state], answer)


@pytest.mark.parametrize("who", MODERATORS)
@pytest.mark.parametrize(("act", "state", "answer"), cases(AUTHOR_GONE))
def test_moderators_where_the_author_is_gone(people, without_author, who, act, state, answer):
    check(act, people[who], without_author[state], answer)


@pytest.mark.parametrize("who", MODERATORS)
@pytest.mark.parametrize(("act", "state", "answer"), cases(OWN_ONE))
def test_moderators_of_their_own(people, entry, who, act, state, answer):
    check(act, people[who], in_state(state, entry=entry, author=people[who]), answer)


@pytest.mark.parametrize("who", ["contributor", "expert", "editor", "lead"])
@pytest.mark.parametrize(("act", "state", "answer"), cases(AUTHOR))
def test_authors(people, entry, who, act, state, answer):
    check(act, people[who], in_state(state, entry=entry, author=people[who]), answer)


@pytest.mark.parametrize("who", ROLES)
@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("act", AUTHOR)
def test_what_only_authors_do(people, proposals, without_author, who, state, act):
    for proposal in (proposals[state], without_author[state]):
        check(act, people[who], proposal, "Only its author")


@pytest.mark.parametrize("who", OTHERS)
@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("act", [act for act in MODERATOR if act != "why_not_approve"])
def test_what_only_moderators_do(people, proposals, without_author, who, state, act):
    for proposal in (proposals[state], without_author[state]):
        check(act, people[who], proposal, "Only editors and leads")


@pytest.mark.parametrize("state", [state for state in STATES if state not in (*CLOSED, "draft")])
def test_a_moderator_can_end_whatever_waits(people, without_author, state):
    proposal = without_author[state]
    assert policies.why_not_decline(people["lead"], proposal, proposal.version) is None


def test_a_closed_account_counts_as_gone(people, entry):
    proposal = in_state(Status.OPEN, entry=entry)
    proposal.author.is_active = False
    check("why_not_request_changes", people["lead"], proposal, GONE)


def test_a_moderator_takes_a_request_back_and_merges(as_user, lead, one_is_enough):
    proposal = in_state(Status.CHANGES_REQUESTED)
    proposal.author.delete()
    client, url = as_user(lead), proposal.get_absolute_url()
    page = words(client.get(url))
    assert "Take the request back Decline" in page
    assert "Request changes" not in page
    page = words(client.post(f"{url}decide/", {"version": 1, "decision": "reopen"}, follow=True))
    assert "the proposal is open again" in page
    assert "edit it yourself, or decline it" in page
    proposal.refresh_from_db()
    assert actions.approve(proposal, by=lead, version=1).is_merged


def test_a_moderator_declines_what_came_back_to_nobody(as_user, lead):
    proposal = in_state(Status.CHANGES_REQUESTED)
    client, url = as_user(lead), f"{proposal.get_absolute_url()}decide/"
    client.post(url, {"version": 1, "decision": "decline", "note": "Nobody answers."})
    proposal.refresh_from_db()
    assert proposal.status == Status.DECLINED


def test_nobody_is_said_to_see_a_note_who_is_gone(as_user, lead):
    proposal = in_state(Status.OPEN)
    proposal.author.delete()
    client, url = as_user(lead), f"{proposal.get_absolute_url()}decide/"
    page = words(client.post(url, {"version": 1, "decision": "changes", "note": "Shorter."}))
    assert "Its author has no account any more" in page
    assert "the author sees your note" not in page
