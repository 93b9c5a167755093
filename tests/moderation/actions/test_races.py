"""Many people at the same moment: nothing is published twice, and no words are lost."""

import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from reversion.models import Revision

from guide_site.core.access import Role
from moderation import actions
from moderation.models import Event, Proposal
from moderation.states import Status
from tests import factories
from tests.moderation.helpers import draft, fields

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("one_is_enough")]
WORDS = "zero one two three four five six seven"


def at_once(*steps):
    """Run every step in a thread of its own, all let go together; their results in order.

    A refusal counts as the result. Each thread closes the connection it opened.
    """
    start = Barrier(len(steps), timeout=30)

    def run(step):
        try:
            start.wait()
            return step()
        except actions.Refused as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(steps)) as pool:
        return list(pool.map(run, steps))


def approval(proposal, by, version=1):
    """A step that reads the proposal as a request would, and approves it."""
    pk = proposal.pk
    return lambda: actions.approve(Proposal.objects.get(pk=pk), by=by, version=version)


@pytest.fixture
def entry():
    return factories.entry(WORDS)


@pytest.fixture
def editors():
    return [factories.user(Role.EDITOR) for _ in range(10)]


def kinds(results):
    """{how steps ended: how many}, with “done”, “conflict” or “refused”."""
    return Counter(kind(result) for result in results)


def kind(result):
    """How a step ended that returned, or was refused with, `result`."""
    if isinstance(result, actions.Refused):
        return "refused"
    problem = result.problem if isinstance(result, actions.Outcome) else ""
    return "conflict" if problem else "done"


def test_ten_approvals_of_one_proposal_give_one_revision(entry, editors):
    proposal = factories.proposal(entry, WORDS.replace("four", "4"))
    before = Revision.objects.count()
    results = at_once(*(approval(proposal, editor) for editor in editors))
    assert kinds(results) == {"refused": 9, "done": 1}
    assert Revision.objects.count() == before + 1
    assert proposal.reviews.count() == 1
    assert list(proposal.events.values_list("what", flat=True)) == ["approved", "merged"]


def test_ten_clicks_of_one_editor_give_one_revision(entry, editors):
    proposal = factories.proposal(entry, WORDS.replace("four", "4"))
    before = Revision.objects.count()
    results = at_once(*[approval(proposal, editors[0])] * 10)
    assert kinds(results) == {"refused": 9, "done": 1}
    assert Revision.objects.count() == before + 1


def test_eight_edits_of_different_words_all_end_up_in_the_text(entry, editors):
    words = WORDS.split()
    proposals = [factories.proposal(entry, WORDS.replace(word, word.upper())) for word in words]
    before = Revision.objects.count()
    pairs = zip(proposals, editors, strict=False)
    results = at_once(*(approval(proposal, editor) for proposal, editor in pairs))
    entry.refresh_from_db()
    assert kinds(results) == {"done": 8}
    assert entry.body == WORDS.upper()
    assert Revision.objects.count() == before + 8


def test_of_two_edits_of_one_word_one_is_merged_and_the_other_keeps_its_words(entry, editors):
    texts = [WORDS.replace("four", "4"), WORDS.replace("four", "vier")]
    proposals = [factories.proposal(entry, text) for text in texts]
    pairs = zip(proposals, editors, strict=False)
    results = at_once(*(approval(proposal, editor) for proposal, editor in pairs))
    entry.refresh_from_db()
    assert kinds(results) == {"conflict": 1, "done": 1}
    assert entry.body == texts[[kind(result) for result in results].index("done")]
    assert sorted(p.status for p in Proposal.objects.all()) == [Status.MERGED, Status.OPEN]
    assert [p.changes.get().proposed["body"] for p in proposals] == texts


def test_an_edit_and_a_retirement_at_once_never_both_happen(entry, editors):
    edit, retirement = factories.proposal(entry, "Better."), factories.retirement(entry)
    results = at_once(approval(edit, editors[0]), approval(retirement, editors[1]))
    entry.refresh_from_db()
    assert kinds(results) == {"conflict": 1, "done": 1}
    assert (entry.body == "Better.") is entry.is_live


def test_eight_additions_at_one_place_all_stay_in_places_of_their_own(entry, editors):
    section = entry.section
    bodies = [f"New {number}" for number in range(8)]
    proposals = [factories.addition(section, body, after=entry) for body in bodies]
    pairs = zip(proposals, editors, strict=False)
    results = at_once(*(approval(proposal, editor) for proposal, editor in pairs))
    found = list(section.entries.exclude(pk=entry.pk))
    assert kinds(results) == {"done": 8}
    assert sorted(e.body for e in found) == bodies
    assert len({e.position for e in found}) == 8


def test_approve_and_decline_at_once_is_one_decision(entry, editors):
    proposal = factories.proposal(entry, "Better.")
    declining = Proposal.objects.get(pk=proposal.pk)

    def decline():
        actions.decline(declining, by=editors[1], version=1, note="No.")

    results = at_once(approval(proposal, editors[0]), decline)
    proposal.refresh_from_db()
    entry.refresh_from_db()
    assert kinds(results) == {"refused": 1, "done": 1}
    assert (proposal.status == Status.MERGED) is (entry.body == "Better.")


def test_amend_and_approve_at_once_never_publishes_what_was_not_seen(entry, editors):
    proposal = factories.proposal(entry, "Seen.")
    amending = Proposal.objects.get(pk=proposal.pk)
    only = amending.changes.get()
    base, proposed = {"body": WORDS, "tags": []}, {"body": "Unseen.", "tags": []}
    edit = actions.ChangeEdit(only, base, proposed)

    def amend():
        actions.amend(amending, by=amending.author, version=1, edit=edit)

    results = at_once(approval(proposal, editors[0]), amend)
    entry.refresh_from_db()
    assert kinds(results) == {"refused": 1, "done": 1}
    assert entry.body == ("Seen." if kind(results[0]) == "done" else WORDS)


def test_a_double_click_on_continue_keeps_one_draft(entry):
    author, key = factories.user(), uuid.uuid4()
    results = at_once(*[lambda: draft(author, entry, "Better.", form_key=key)] * 2)
    assert results[0] == results[1] == Proposal.objects.get()
    assert Proposal.objects.get().version == 1


def test_a_double_click_in_the_browser_makes_one_proposal(entry):
    client = Client()
    client.force_login(factories.user())
    url = reverse("entry-edit", args=[entry.pk])
    form = fields(client.get(url)) | {"title": "Better", "body": "Better."}
    twins = [Client(), Client()]
    for twin in twins:
        twin.cookies = client.cookies.copy()
    responses = at_once(*(lambda twin=twin: twin.post(url, form) for twin in twins))
    made = Proposal.objects.get()
    assert [response.url for response in responses] == [made.get_absolute_url()] * 2
    assert made.changes.count() == 1


def test_a_double_click_on_send_sends_once(entry):
    author = factories.user()
    made = draft(author, entry, "Better.")
    copies = [Proposal.objects.get(pk=made.pk) for _ in range(2)]
    results = at_once(*(lambda p=p: actions.send(p, by=author) for p in copies))
    assert kinds(results) == {"refused": 1, "done": 1}
    assert made.events.filter(what=Event.What.OPENED).count() == 1


def test_ten_comments_at_once_all_stay(entry, editors):
    proposal = factories.proposal(entry)

    def remark(by):
        return actions.comment(Proposal.objects.get(pk=proposal.pk), by=by, body=by.username)

    at_once(*(lambda by=by: remark(by) for by in editors))
    assert proposal.comments.count() == proposal.events.count() == 10
