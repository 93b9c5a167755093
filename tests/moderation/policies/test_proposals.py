"""Who may do what to a proposal, and what the others are told: tables."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from guide_site.core.access import Role
from moderation import policies
from moderation.models import Review
from moderation.states import CLOSED as CLOSED_STATES
from moderation.states import Status
from tests import factories
from tests.moderation.helpers import in_state

pytestmark = pytest.mark.django_db

ROLES = ["visitor", "reader", "contributor", "expert", "editor", "lead"]
MAY_PROPOSE = ["contributor", "expert", "editor", "lead"]
MAY_DECIDE = ["editor", "lead"]
MAY_ONLY_READ = "may read but not"


@pytest.fixture(scope="module")
def people(module_db):
    """{role: somebody who has it}; a visitor has no account, a reader no role."""
    members = {role: factories.user(Role(role)) for role in MAY_PROPOSE}
    return {"visitor": AnonymousUser(), "reader": factories.user(None)} | members


@pytest.fixture(scope="module")
def proposals(module_db):
    """{state: a proposal in it} of authors of their own."""
    entry = factories.entry()
    return {status: in_state(status, entry=entry) for status in Status}


@pytest.fixture(scope="module")
def authors_own(people):
    """{(role, state): a proposal in it} of the person with that role."""
    entry = factories.entry()
    return {
        (role, status): in_state(status, entry=entry, author=people[role])
        for role in ["reader", *MAY_PROPOSE]
        for status in Status
    }


@pytest.fixture(scope="module")
def withdrawn_after_it_was_sent(module_db):
    return in_state(Status.WITHDRAWN, opened_at=timezone.now())


def check(sentence, part):
    """None is expected as None; a refusal as a sentence with these words in it."""
    assert sentence == part if part is None else part in sentence
    assert part is None or sentence.endswith(".")


def table(*rows):
    """[(state, answer), …] for every state, from answers in the order of Status."""
    return [(status, answer) for status, answer in zip(Status, rows, strict=True)]


SHUT = ["closed"] * len(CLOSED_STATES)
AUTHOR = {
    "why_not_amend": table(None, None, None, *SHUT),
    "why_not_send": table(None, "sent already", None, *SHUT),
    "why_not_withdraw": table(None, None, None, *SHUT),
}
AUTHORS_CASES = [(rule, *case) for rule, cases in AUTHOR.items() for case in cases]


@pytest.mark.parametrize("who", MAY_PROPOSE)
@pytest.mark.parametrize(("rule", "status", "answer"), AUTHORS_CASES)
def test_the_author(people, authors_own, who, rule, status, answer):
    check(getattr(policies, rule)(people[who], authors_own[who, status]), answer)


@pytest.mark.parametrize("who", ROLES)
@pytest.mark.parametrize("rule", AUTHOR)
def test_everybody_else(people, proposals, who, rule):
    for proposal in proposals.values():
        check(getattr(policies, rule)(people[who], proposal), "Only its author")


@pytest.mark.parametrize("status", Status)
def test_a_removed_account_is_nobodys_author(status):
    proposal = in_state(status)
    proposal.author.delete()
    proposal.refresh_from_db()
    for rule in AUTHOR:
        check(getattr(policies, rule)(AnonymousUser(), proposal), "Only its author")


ONLY_OPEN = "Only open proposals"
WAITS = "waits for its author to make the requested changes"
CLOSED = ["Already merged", "Already closed", "Already declined", "Already withdrawn"]
OF_OTHERS = table(ONLY_OPEN, None, WAITS, *CLOSED)
OF_ONES_OWN = table(ONLY_OPEN, "Nobody decides on their own", WAITS, *CLOSED)


@pytest.mark.parametrize("who", MAY_DECIDE)
@pytest.mark.parametrize(("status", "answer"), OF_OTHERS)
def test_a_moderator_decides(people, proposals, who, status, answer):
    check(policies.why_not_decide(people[who], proposals[status]), answer)


@pytest.mark.parametrize("who", MAY_DECIDE)
@pytest.mark.parametrize(("status", "answer"), OF_ONES_OWN)
def test_a_moderator_does_not_decide_on_their_own(people, authors_own, who, status, answer):
    check(policies.why_not_decide(people[who], authors_own[who, status]), answer)


@pytest.mark.parametrize("who", [role for role in ROLES if role not in MAY_DECIDE])
def test_nobody_else_decides(people, proposals, who):
    for proposal in proposals.values():
        check(policies.why_not_decide(people[who], proposal), "Only editors and leads")


@pytest.mark.parametrize(
    ("seen", "answer"),
    [(None, None), (3, None), (2, "while you were reading"), (4, "while you were reading")],
)
def test_a_decision_is_about_the_version_that_was_seen(editor, seen, answer):
    proposal = factories.proposal(version=3)
    check(policies.why_not_decide(editor, proposal, seen), answer)


@pytest.mark.parametrize("who", ROLES)
def test_who_proposes(people, who):
    expected = None if who in MAY_PROPOSE else MAY_ONLY_READ
    check(policies.why_not_propose(people[who]), expected)
    check(policies.why_not_change(people[who], factories.entry()), expected)


@pytest.mark.parametrize("who", ROLES)
def test_nobody_changes_what_is_retired(people, who):
    entry = factories.entry()
    factories.retire(entry, because="It is wrong")
    entry.refresh_from_db()
    check(policies.why_not_change(people[who], entry), "was retired: It is wrong.")


@pytest.mark.parametrize("who", ROLES)
def test_who_comments(people, proposals, withdrawn_after_it_was_sent, who):
    expected = None if who in MAY_PROPOSE else MAY_ONLY_READ
    sent = [proposal for proposal in proposals.values() if proposal.opened_at]
    assert len(sent) == 5
    for proposal in [*sent, withdrawn_after_it_was_sent]:
        check(policies.why_not_comment(people[who], proposal), expected)


@pytest.mark.parametrize("status", ["draft", "withdrawn"])
def test_nobody_comments_on_what_was_never_sent(contributor, status):
    proposal = in_state(status, author=contributor)
    check(policies.why_not_comment(contributor, proposal), "Send the proposal first")


@pytest.mark.parametrize("who", ROLES)
def test_what_was_sent_is_seen_by_everybody_and_drafts_by_nobody_else(people, proposals, who):
    seen = [s for s, proposal in proposals.items() if policies.may_see(people[who], proposal)]
    assert seen == [s for s in Status if s not in (Status.DRAFT, Status.WITHDRAWN)]


def test_the_author_always_sees_their_own(people, authors_own):
    own = [authors_own["reader", status] for status in Status]
    assert all(policies.may_see(people["reader"], proposal) for proposal in own)


def test_what_was_withdrawn_after_it_was_sent_stays_public(people, withdrawn_after_it_was_sent):
    for person in people.values():
        assert policies.may_see(person, withdrawn_after_it_was_sent)


def test_a_draft_of_a_removed_account_is_seen_by_nobody(people):
    proposal = in_state(Status.DRAFT)
    proposal.author.delete()
    proposal.refresh_from_db()
    assert not any(policies.may_see(person, proposal) for person in people.values())


@pytest.mark.parametrize(
    ("verdict", "version", "enough"),
    [
        ("approve", 2, True),
        ("approve", 1, False),
        ("changes", 2, False),
        ("decline", 2, False),
    ],
)
def test_only_an_approval_of_this_version_counts(editor, verdict, version, enough):
    proposal = factories.proposal(version=2)
    review = {"reviewer": editor, "verdict": verdict, "version": version, "note": "Well."}
    Review.objects.create(proposal=proposal, **review)
    missing = "Needs 1 more approval:" if enough else "Needs 2 approvals:"
    check(policies.standing(proposal).missing, missing)


@pytest.mark.parametrize(
    ("status", "words"), [("merged", "merged by lead"), ("declined", "declined by lead")]
)
def test_a_closed_proposal_tells_who_closed_it(editor, lead, contributor, status, words):
    proposal = in_state(status, author=contributor, closed_by=lead)
    check(policies.why_not_decide(editor, proposal), words)
    check(policies.why_not_amend(contributor, proposal), words)


def test_a_member_who_lost_their_role_may_still_read_but_not_amend(reader):
    check(policies.why_not_amend(reader, in_state("open", author=reader)), MAY_ONLY_READ)


def test_a_member_who_lost_their_role_may_still_withdraw(reader):
    assert policies.why_not_withdraw(reader, in_state("open", author=reader)) is None


def test_a_blocked_account_may_nothing(lead):
    lead.is_active = False
    check(policies.why_not_propose(lead), MAY_ONLY_READ)
    check(policies.why_not_decide(lead, factories.proposal()), "Only editors and leads")
