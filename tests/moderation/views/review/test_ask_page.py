"""The page of a proposal shows who was asked and what they answered, and asks others."""

import pytest

from moderation import actions
from moderation.models import ReviewRequest
from moderation.states import Status
from tests import factories
from tests.moderation.helpers import words

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposal(contributor, expert):
    """An open proposal of `contributor`, for which `expert` was asked by the software."""
    made = factories.proposal(author=contributor)
    ReviewRequest.objects.create(proposal=made, reviewer=expert)
    return made


def page(client, proposal):
    return words(client.get(proposal.get_absolute_url()))


def ask(client, proposal, name):
    return client.post(f"{proposal.get_absolute_url()}ask/", {"name": name}, follow=True)


def test_everybody_sees_who_was_asked_and_why(client, proposal):
    said = page(client, proposal)
    assert "expert has not answered yet · looks after this part of the guide" in said
    assert "Ask a member" not in said


def test_nobody_is_waited_for_once_it_is_closed(client, proposal, contributor):
    client.force_login(contributor)
    actions.withdraw(proposal, by=contributor)
    said = page(client, proposal)
    assert "expert did not answer · looks after this part of the guide" in said


def test_a_comment_is_an_answer(client, proposal, expert):
    actions.comment(proposal, by=expert, body="It is so.")
    assert "expert commented ·" in page(client, proposal)


def test_a_verdict_is_an_answer_and_says_if_it_was_on_an_earlier_version(
    client, proposal, editor, contributor
):
    actions.ask(proposal, by=contributor, name="editor")
    proposal.reviews.create(reviewer=editor, verdict="approve", version=1)
    assert "editor approved · asked by contributor" in page(client, proposal)
    proposal.version = 2
    proposal.save()
    proposal.events.create(what="amended", old="open", new="open")
    assert "editor approved an earlier version ·" in page(client, proposal)


def test_the_author_asks_by_name(as_user, contributor, proposal, editor):
    answer = ask(as_user(contributor), proposal, "editor")
    assert "editor was asked." in words(answer)
    assert "editor has not answered yet · asked by contributor" in words(answer)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("nobody", "Nobody here is called “nobody”."),
        ("expert", "expert was asked already."),
        ("", "Type the name of one member."),
        ("x" * 61, "Type the name of one member."),
        ("a\0", "Type the name of one member."),
    ],
)
def test_a_name_that_does_not_fit_is_told_so(as_user, contributor, proposal, name, sentence):
    assert sentence in words(ask(as_user(contributor), proposal, name))
    assert proposal.review_requests.count() == 1


def test_another_contributor_may_not_ask(as_user, proposal, editor):
    client = as_user(factories.user())
    assert "Ask a member" not in page(client, proposal)
    assert "Only its author, editors and leads" in words(ask(client, proposal, "editor"))
    assert proposal.review_requests.count() == 1


def test_a_closed_proposal_asks_nobody_more(as_user, editor, proposal):
    actions.decline(proposal, by=editor, version=1, note="No.")
    client = as_user(proposal.author)
    assert "Ask a member" not in page(client, proposal)
    assert "Only for an open proposal" in words(ask(client, proposal, "editor"))


def test_the_draft_of_another_is_not_found(as_user, editor):
    draft = factories.proposal(status=Status.DRAFT)
    assert ask(as_user(editor), draft, "editor").status_code == 404


def test_opening_the_address_leads_to_the_proposal(as_user, contributor, proposal):
    answer = as_user(contributor).get(f"{proposal.get_absolute_url()}ask/")
    assert answer["Location"] == f"{proposal.get_absolute_url()}#asked"
