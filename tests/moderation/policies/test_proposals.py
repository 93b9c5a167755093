"""Who may do what to a proposal, and what the others are told: tables."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from moderation import policies
from moderation.models import Review
from moderation.states import Status
from tests import factories
from tests.moderation.helpers import in_state

pytestmark = pytest.mark.django_db

ROLES = ["visitor", "reader", "contributor", "expert", "editor", "lead"]
MAY_PROPOSE = ["contributor", "expert", "editor", "lead"]
MAY_DECIDE = ["editor", "lead"]
MAY_ONLY_READ = "may read but not"


@pytest.fixture
def people(reader, contributor, expert, editor, lead):
    everyone = [AnonymousUser(), reader, contributor, expert, editor, lead]
    return dict(zip(ROLES, everyone, strict=True))


def check(sentence, part):
    """None is expected as None; a refusal as a sentence with these words in it."""
    assert sentence == part if part is None else part in sentence
    assert part is None or sentence.endswith(".")


def table(*rows):
    """[(state, answer), …] for every state, from answers in the order of Status."""
    return [(status, answer) for status, answer in zip(Status, rows, strict=True)]


AUTHOR = {
    "why_not_amend": table(None, None, None, "closed", "closed", "closed"),
    "why_not_send": table(None, "sent already", None, "closed", "closed", "closed"),
    "why_not_withdraw": table(None, None, None, "closed", "closed", "closed"),
}
AUTHORS_CASES = [(rule, *case) for rule, cases in AUTHOR.items() for case in cases]


@pytest.mark.parametrize("who", MAY_PROPOSE)
@pytest.mark.parametrize(("rule", "status", "answer"), AUTHORS_CASES)
def test_the_author(people, who, rule, status, answer):
    proposal = in_state(status, author=people[who])
    check(getattr(policies, rule)(people[who], proposal), answer)


@pytest.mark.parametrize("who", ROLES)
@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("rule", AUTHOR)
def test_everybody_else(people, who, status, rule):
    check(getattr(policies, rule)(people[who], in_state(status)), "Only its author")


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("rule", AUTHOR)
def test_a_removed_account_is_nobodys_author(rule, status):
    proposal = in_state(status)
    proposal.author.delete()
    proposal.refresh_from_db()
    check(getattr(policies, rule)(AnonymousUser(), proposal), "Only its author")


ONLY_OPEN = "Only open proposals"
CLOSED = ["Already merged", "Already declined", "Already withdrawn"]
OF_OTHERS = table(ONLY_OPEN, None, ONLY_OPEN, *CLOSED)
OF_ONES_OWN = table(ONLY_OPEN, "Nobody decides on their own", ONLY_OPEN, *CLOSED)


@pytest.mark.parametrize("who", MAY_DECIDE)
@pytest.mark.parametrize(("status", "answer"), OF_OTHERS)
def test_a_moderator_decides(people, who, status, answer):
    check(policies.why_not_decide(people[who], in_state(status)), answer)


@pytest.mark.parametrize("who", MAY_DECIDE)
@pytest.mark.parametrize(("status", "answer"), OF_ONES_OWN)
def test_a_moderator_does_not_decide_on_their_own(people, who, status, answer):
    check(policies.why_not_decide(people[who], in_state(status, author=people[who])), answer)


@pytest.mark.parametrize("who", [role for role in ROLES if role not in MAY_DECIDE])
@pytest.mark.parametrize("status", Status)
def test_nobody_else_decides(people, who, status):
    check(policies.why_not_decide(people[who], in_state(status)), "Only editors and leads")


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
@pytest.mark.parametrize("status", [s for s in Status if s != Status.DRAFT])
def test_who_comments(people, who, status):
    expected = None if who in MAY_PROPOSE else MAY_ONLY_READ
    proposal = in_state(status, opened_at=timezone.now())
    check(policies.why_not_comment(people[who], proposal), expected)


@pytest.mark.parametrize("status", ["draft", "withdrawn"])
def test_nobody_comments_on_what_was_never_sent(contributor, status):
    proposal = in_state(status, author=contributor)
    check(policies.why_not_comment(contributor, proposal), "Send the proposal first")


@pytest.mark.parametrize("who", ROLES)
@pytest.mark.parametrize("status", Status)
def test_what_was_sent_is_seen_by_everybody_and_drafts_by_nobody_else(people, who, status):
    sent = status not in (Status.DRAFT, Status.WITHDRAWN)
    assert policies.may_see(people[who], in_state(status)) is sent


@pytest.mark.parametrize("status", Status)
def test_the_author_always_sees_their_own(reader, status):
    assert policies.may_see(reader, in_state(status, author=reader))


def test_what_was_withdrawn_after_it_was_sent_stays_public(people):
    proposal = in_state(Status.WITHDRAWN, opened_at=timezone.now())
    assert all(policies.may_see(person, proposal) for person in people.values())


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
