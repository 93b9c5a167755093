"""A reviewer says how much of a look a proposal needs."""

import pytest
from django.urls import reverse

from guide_site.core.access import Role
from moderation import actions
from moderation.models import Event
from moderation.states import Status
from tests import factories
from tests.moderation.helpers import assert_not_merged, fields, in_state, state_of, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposal():
    return factories.proposal()


def set_class(proposal, by, review_class, note="It names a price."):
    seen = {"by": by, "version": proposal.version}
    return actions.set_class(proposal, review_class=review_class, note=note, **seen)


def test_an_editor_asks_for_more(editor, proposal):
    assert not set_class(proposal, editor, "sensitive").is_merged
    proposal.refresh_from_db()
    assert (proposal.review_class, proposal.class_set_by) == ("sensitive", editor)
    event = proposal.events.get()
    assert (event.what, event.by) == (Event.What.CLASSED, editor)
    assert event.note == "Normal → Sensitive: It names a price."


def test_an_editor_does_not_ask_for_less(editor, proposal):
    before = state_of(proposal)
    with pytest.raises(actions.Refused, match="Only leads say that a proposal needs less"):
        set_class(proposal, editor, "trivial")
    assert state_of(proposal) == before


def test_a_lead_asks_for_less(lead, proposal):
    assert not set_class(proposal, lead, "trivial").is_merged
    assert proposal.review_class == "trivial"


def test_it_merges_what_is_approved_enough_by_then(editor, lead, proposal):
    actions.approve(proposal, by=editor, version=1)
    assert set_class(proposal, lead, "trivial").is_merged
    assert proposal.status == Status.MERGED


def test_a_conflict_is_told_and_the_class_stays(editor, lead, proposal):
    actions.approve(proposal, by=editor, version=1)
    factories.edit(proposal.changes.get().entry, "Use roles, no keys.")
    assert_not_merged(set_class(proposal, lead, "trivial"))
    proposal.refresh_from_db()
    assert (proposal.status, proposal.review_class) == (Status.OPEN, "trivial")


def test_nobody_says_it_without_a_reason(lead, proposal):
    with pytest.raises(actions.Refused, match="Say why"):
        set_class(proposal, lead, "sensitive", note=" ")


def test_nobody_says_it_of_their_own():
    own = factories.proposal(author=factories.user(Role.LEAD))
    with pytest.raises(actions.Refused, match="Nobody decides on their own"):
        set_class(own, own.author, "trivial")


def test_nothing_changes_if_it_is_so_already(lead, proposal):
    with pytest.raises(actions.Refused, match="It is normal already"):
        set_class(proposal, lead, "normal")


@pytest.mark.parametrize("status", [status for status in Status if status != Status.OPEN])
def test_only_of_an_open_one(lead, status):
    with pytest.raises(actions.Refused, match=r"Only open|waits for its author|Already"):
        set_class(in_state(status), lead, "sensitive")


def test_an_amended_proposal_is_looked_at_anew(lead, proposal):
    set_class(proposal, lead, "sensitive")
    change = proposal.changes.get()
    proposed = change.proposed | {"body": "Use roles, and not keys, for every program you run."}
    edit = actions.ChangeEdit(change, change.base, proposed)
    actions.amend(proposal, by=proposal.author, version=1, edit=edit)
    assert (proposal.review_class, proposal.class_set_by, proposal.class_note) == (
        "normal",
        None,
        "",
    )


def test_the_page_tells_who_said_it_and_why(as_user, lead, editor, proposal):
    url = reverse("proposal-class", args=[proposal.pk])
    form = {"version": 1, "review_class": "sensitive", "note": "It names a price."}
    page = words(as_user(lead).post(url, form, follow=True))
    assert "The class is changed." in page
    assert "Class: sensitive, set by lead: It names a price." in page


def test_the_page_keeps_what_was_typed_if_it_is_refused(as_user, editor, proposal):
    url = reverse("proposal-class", args=[proposal.pk])
    form = {"version": 1, "review_class": "trivial", "note": "Just a word."}
    response = as_user(editor).post(url, form)
    assert response.status_code == 409
    assert "Only leads say" in words(response)
    assert 'value="Just a word."' in response.text


def test_nobody_asks_for_less_of_a_version_that_they_have_not_seen(as_user, lead, proposal):
    page = as_user(lead).get(proposal.get_absolute_url())
    url = reverse("proposal-class", args=[proposal.pk])
    form = fields(page, url) | {"review_class": "trivial", "note": "Just a word."}
    texts = {"why": "It is more than that."}
    actions.amend(proposal, by=proposal.author, version=1, texts=texts)
    response = as_user(lead).post(url, form)
    assert response.status_code == 409
    assert "changed while you were reading" in words(response)
    proposal.refresh_from_db()
    assert proposal.review_class == "normal"
