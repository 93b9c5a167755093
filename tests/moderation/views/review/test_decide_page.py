"""Deciding on a proposal's page: each decision, and every way to be refused."""

import pytest
from django.urls import reverse

from guide_site.core.access import Role
from moderation import actions
from moderation.states import Status
from tests import factories
from tests.moderation.helpers import approve, fields, in_state, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_is_enough")]


@pytest.fixture
def proposal(entry):
    return factories.proposal(entry, "One, two, three, 4.")


@pytest.fixture
def url(proposal):
    return reverse("proposal-decide", args=[proposal.pk])


@pytest.fixture
def reviewer(as_user, editor):
    return as_user(editor)


def decide(client, proposal, decision, **typed):
    """Open the page, fill in its form and press one of its buttons."""
    form = fields(client.get(proposal.get_absolute_url()), "decide/")
    url = reverse("proposal-decide", args=[proposal.pk])
    return client.post(url, form | {"decision": decision} | typed, follow=True)


@pytest.mark.parametrize(
    ("decision", "status", "sentence"),
    [
        ("approve", "merged", "Approved and merged: the guide is up to date."),
        ("changes", "changes", "Changes requested: the author sees your note."),
        ("decline", "declined", "Declined. The reason is public."),
    ],
)
def test_a_decision_is_carried_out_and_confirmed(reviewer, proposal, decision, status, sentence):
    response = decide(reviewer, proposal, decision, note="Because.")
    proposal.refresh_from_db()
    assert proposal.status == status
    assert response.redirect_chain == [(proposal.get_absolute_url(), 302)]
    assert sentence in words(response)


def test_what_waits_for_its_author_says_so_and_asks_no_reviewers_questions(reviewer, contributor):
    made = in_state(Status.CHANGES_REQUESTED, author=contributor)
    page = words(reviewer.get(made.get_absolute_url()))
    assert "It waits for its author to make the requested changes." in page
    assert "Take the request back" in page
    assert "What reviewers ask" not in page
    contributor.delete()
    page = words(reviewer.get(made.get_absolute_url()))
    assert "Its author has no account any more: take the request back, or decline it." in page


def test_an_approval_publishes_the_text(reviewer, entry, proposal):
    decide(reviewer, proposal, "approve")
    assert "One, two, three, 4." in words(reviewer.get(entry.get_absolute_url()))


def test_the_author_sees_the_reason(reviewer, proposal):
    decide(reviewer, proposal, "changes", note="Name a source, please.")
    reviewer.force_login(proposal.author)
    page = words(reviewer.get(proposal.get_absolute_url()))
    assert "Name a source, please." in page
    assert "Send for review" in page


def test_what_a_reviewer_asks_for_stands_on_top_until_it_is_sent_again(reviewer, proposal):
    decide(reviewer, proposal, "changes", note="Name a source, please.")
    reviewer.force_login(proposal.author)
    url = proposal.get_absolute_url()
    assert "editor asks for changes: Name a source, please. Change it" in words(reviewer.get(url))
    reviewer.post(reverse("proposal-send", args=[proposal.pk]))
    assert "asks for changes" not in words(reviewer.get(url))


@pytest.mark.parametrize("decision", ["changes", "decline", "nonsense"])
def test_a_refused_decision_takes_the_reviewer_to_what_is_wrong(reviewer, proposal, decision):
    assert " autofocus" in decide(reviewer, proposal, decision).content.decode()


def test_everybody_sees_why_it_was_declined(client, reviewer, proposal):
    decide(reviewer, proposal, "decline", note="Not true since 2020.")
    client.logout()
    page = words(client.get(proposal.get_absolute_url()))
    assert "editor declined it" in page
    assert "Not true since 2020." in page


@pytest.mark.parametrize(
    ("decision", "note", "sentence"),
    [
        ("changes", "", "Say why: the author and everyone after will read it."),
        ("decline", "  ", "Say why: the author and everyone after will read it."),
        ("", "My note.", "Choose what to do: approve, request changes or decline."),
        ("bless", "My note.", "Choose what to do: approve, request changes or decline."),
    ],
)
def test_a_refused_decision_says_why_and_keeps_the_note(
    reviewer, proposal, decision, note, sentence
):
    response = decide(reviewer, proposal, decision, note=note)
    proposal.refresh_from_db()
    assert (response.status_code, proposal.status) == (409, Status.OPEN)
    assert sentence in words(response)
    assert fields(response, "decide/")["note"] == note


@pytest.mark.parametrize("decision", ["approve", "changes", "decline"])
def test_a_version_that_changed_while_reading_must_be_read_again(
    reviewer, entry, proposal, url, decision
):
    form = fields(reviewer.get(proposal.get_absolute_url()), "decide/")
    proposal.changes.update(proposed={"body": "Something else.", "tags": []})
    proposal.version = 2
    proposal.save()
    response = reviewer.post(url, form | {"decision": decision, "note": "My note."})
    assert response.status_code == 409
    assert "This proposal changed while you were reading" in words(response)
    assert fields(response, "decide/") | {"csrfmiddlewaretoken": ""} == {
        "csrfmiddlewaretoken": "",
        "note": "My note.",
        "checklist": [],
        "version": "2",
    }
    entry.refresh_from_db()
    assert entry.body == "One, two, three, four."


@pytest.mark.parametrize("version", ["", "x", "9" * 30, "-1", None])
def test_without_the_version_that_was_seen_nothing_is_decided(reviewer, proposal, url, version):
    sent = {"decision": "approve", "note": "My note."}
    response = reviewer.post(url, sent if version is None else sent | {"version": version})
    proposal.refresh_from_db()
    assert (response.status_code, proposal.status) == (409, Status.OPEN)
    assert fields(response, "decide/")["note"] == "My note."


def test_a_conflict_keeps_the_approval_and_says_so(reviewer, entry, proposal):
    factories.edit(entry, "One, two, three, vier.")
    response = decide(reviewer, proposal, "approve", note="Good.")
    page = words(response)
    assert "Your approval is kept, but it does not merge." in page
    assert "“four” into “vier”" in page
    assert "Good." in page


def test_the_editor_who_comes_second_changes_nothing(client, editor, lead, proposal, url):
    client.force_login(lead)
    form = fields(client.get(proposal.get_absolute_url()), "decide/")
    actions.approve(proposal, by=editor, version=1)
    response = client.post(url, form | {"decision": "decline", "note": "No."})
    proposal.refresh_from_db()
    assert (response.status_code, proposal.status) == (409, Status.MERGED)


TOO_LATE = {
    "merged by": approve,
    "withdrawn by": lambda made: actions.withdraw(made, by=made.author),
    "It waits for its author to make the requested changes": lambda made: actions.request_changes(
        made, by=factories.user(Role.LEAD), version=1, note="No."
    ),
}


@pytest.mark.parametrize("sentence", TOO_LATE)
def test_a_decision_that_comes_too_late_says_why_and_keeps_the_note(
    reviewer, proposal, url, sentence
):
    form = fields(reviewer.get(proposal.get_absolute_url()), "decide/")
    TOO_LATE[sentence](proposal)
    response = reviewer.post(url, form | {"decision": "changes", "note": "A long note."})
    assert sentence in words(response)
    assert "A long note." in response.content.decode()


def test_a_double_click_approves_once(reviewer, proposal, url):
    form = fields(reviewer.get(proposal.get_absolute_url()), "decide/") | {"decision": "approve"}
    reviewer.post(url, form)
    reviewer.post(url, form)
    assert list(proposal.events.values_list("what", flat=True)) == ["approved", "merged"]


@pytest.mark.parametrize("who", ["reader", "contributor"])
def test_others_are_told_who_decides(as_user, request, proposal, url, who):
    client = as_user(request.getfixturevalue(who))
    response = client.post(url, {"version": 1, "decision": "approve"})
    proposal.refresh_from_db()
    assert (response.status_code, proposal.status) == (403, Status.OPEN)
    assert "Only experts, editors and leads see the review queue." in words(response)


def test_an_expert_approves_as_advice(as_user, expert, proposal, url):
    client = as_user(expert)
    assert "Approve, as advice" in words(client.get(proposal.get_absolute_url()))
    page = words(client.post(url, {"version": 1, "decision": "approve"}, follow=True))
    proposal.refresh_from_db()
    assert proposal.status == Status.OPEN
    assert "Your approval is noted." in page
    assert "Needs 1 approval: an editor or a lead. expert finds it right." in page


@pytest.mark.parametrize("decision", ["changes", "decline", "some"])
def test_an_expert_decides_nothing_else(as_user, expert, proposal, url, decision):
    form = {"version": 1, "decision": decision, "note": "No."}
    response = as_user(expert).post(url, form)
    proposal.refresh_from_db()
    assert (response.status_code, proposal.status) == (409, Status.OPEN)
    assert "Only editors and leads decide on proposals." in words(response)


@pytest.mark.parametrize("who", ["reader", "contributor", "expert"])
def test_others_see_no_buttons(as_user, request, proposal, who):
    page = words(as_user(request.getfixturevalue(who)).get(proposal.get_absolute_url()))
    assert "Approve and merge" not in page


def test_an_editor_cannot_decide_on_their_own(reviewer, editor, settings):
    settings.REVIEW = "two"
    own = factories.proposal(author=editor)
    page = words(reviewer.get(own.get_absolute_url()))
    form = {"version": 1, "decision": "approve"}
    response = reviewer.post(reverse("proposal-decide", args=[own.pk]), form)
    own.refresh_from_db()
    assert own.status == Status.OPEN
    for shown in (page, words(response)):
        assert "Nobody approves their own proposal: ask another editor." in shown
        assert "Approve and merge" not in shown


@pytest.mark.parametrize("status", ["merged", "declined"])
def test_a_closed_one_offers_no_decision(reviewer, status):
    assert "Approve and merge" not in words(reviewer.get(in_state(status).get_absolute_url()))


def test_a_visitor_is_sent_to_the_log_in(client, url, proposal):
    response = client.post(url, {"version": 1, "decision": "approve"})
    proposal.refresh_from_db()
    assert response.url == f"/accounts/login/?next={url}"
    assert proposal.status == Status.OPEN


def test_opening_the_address_shows_the_proposal(reviewer, url):
    page = words(reviewer.get(url))
    assert "Say it better" in page
    assert "Approve and merge" in page


@pytest.mark.parametrize(
    ("note", "sentence"),
    [("x" * 4001, "at most 4000 characters"), ("x\x00y", "Null characters are not allowed.")],
)
def test_a_note_that_cannot_be_stored_says_why(reviewer, url, note, sentence):
    typed = {"version": 1, "decision": "decline", "note": note}
    assert sentence in words(reviewer.post(url, typed))


def test_a_line_end_of_a_note_counts_as_one_character(reviewer, url):
    longest = "x\r\n" * 1999 + "x"  # 3,999 characters, as the browser's own limit counts them
    typed = {"version": 1, "decision": "decline", "note": longest}
    assert reviewer.post(url, typed).status_code == 302
