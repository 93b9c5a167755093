"""A reviewer edits what somebody proposed, and perhaps approves it with that."""

import pytest
from django.urls import reverse

from guide_site.core.access import Role
from moderation import actions
from moderation.models import Event
from moderation.states import Status
from tests import factories
from tests.moderation.helpers import fields, in_state, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_is_enough")]


@pytest.fixture
def proposal(entry):
    return factories.proposal(entry, "One, two, three, five.")


@pytest.fixture
def url(proposal):
    return reverse("change-edit", args=[proposal.pk, proposal.changes.get().pk])


def edits(proposal, body):
    change = proposal.changes.get()
    return [actions.ChangeEdit(change, change.base, change.proposed | {"body": body})]


def approve(proposal, by, body="One, two, three, six.", version=None):
    version = version or proposal.version
    return actions.approve_with_edits(
        proposal, by=by, version=version, edits=edits(proposal, body), note="Six it is."
    )


def test_what_the_reviewer_made_of_it_is_published_in_the_authors_name(editor, entry, proposal):
    assert approve(proposal, editor).is_merged
    entry.refresh_from_db()
    assert entry.body == "One, two, three, six."
    assert proposal.merge_note.revision.user == proposal.author


def test_the_log_names_the_reviewer_beside(editor, proposal):
    approve(proposal, editor)
    steps = [(event.what, event.by) for event in proposal.events.all()]
    kinds = (Event.What.EDITED, Event.What.APPROVED, Event.What.MERGED)
    assert steps == [(kind, editor) for kind in kinds]
    assert proposal.events.first().note == "Six it is."


def test_approvals_of_what_stood_there_lapse(editor, lead, proposal, settings):
    settings.REVIEW = "two"
    actions.approve(proposal, by=lead, version=1)
    assert not approve(proposal, editor).is_merged
    assert (proposal.version, proposal.status) == (2, Status.OPEN)
    assert actions.approve(proposal, by=lead, version=2).is_merged


def test_a_graver_edit_needs_more(editor, proposal, settings):
    settings.REVIEW = "two"
    assert not approve(proposal, editor, "❗ One, two, three, five.").is_merged
    assert proposal.review_class == "sensitive"


def test_an_edit_alone_approves_nothing(editor, proposal):
    made = edits(proposal, "One, two, three, six.")
    actions.edit_as_reviewer(proposal, by=editor, version=1, edits=made)
    assert (proposal.status, proposal.version, proposal.reviews.count()) == (Status.OPEN, 2, 0)


def test_a_stale_page_edits_nothing(editor, proposal):
    with pytest.raises(actions.Refused, match="changed while you were reading"):
        approve(proposal, editor, version=9)


def test_nobody_edits_their_own_as_a_reviewer(entry):
    own = factories.proposal(entry, author=factories.user(Role.LEAD))
    with pytest.raises(actions.Refused, match="Nobody decides on their own"):
        approve(own, own.author)


@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.EXPERT])
def test_only_moderators_do_it(proposal, role):
    with pytest.raises(actions.Refused, match="Only editors and leads"):
        approve(proposal, factories.user(role))


@pytest.mark.parametrize("status", [status for status in Status if status != Status.OPEN])
def test_only_an_open_one_is_edited(editor, status):
    with pytest.raises(actions.Refused, match=r"Only open|waits for its author|Already"):
        approve(in_state(status), editor)


def test_a_change_that_is_gone_is_not_edited(editor, proposal):
    elsewhere = edits(factories.proposal(), "One.")
    with pytest.raises(actions.Refused, match="no longer part"):
        actions.edit_as_reviewer(proposal, by=editor, version=1, edits=elsewhere)


def test_the_page_shows_the_proposed_text_and_saves_another(as_user, editor, proposal, url):
    client = as_user(editor)
    form = fields(client.get(url))
    assert form["body"] == "One, two, three, five."
    form |= {"body": "One, two, three, six.", "note_to_author": "Six.", "then": "approve"}
    page = words(client.post(url, form, follow=True))
    assert "Approved and merged" in page
    assert "editor edited it as a reviewer" in page


def test_the_page_resolves_a_conflict(as_user, editor, entry, proposal, url):
    factories.edit(entry, "One, two, three, vier.")
    client = as_user(editor)
    page = client.get(url)
    assert "The entry has changed since" in words(page)
    form = fields(page) | {"body": "One, two, three, vier or five.", "then": "approve"}
    assert "Approved and merged" in words(client.post(url, form, follow=True))
    entry.refresh_from_db()
    assert entry.body == "One, two, three, vier or five."


def test_the_page_keeps_what_was_typed_into_a_closed_one(as_user, editor, lead, proposal, url):
    client = as_user(editor)
    form = fields(client.get(url)) | {"body": "My words."}
    actions.decline(proposal, by=lead, version=1, note="No.")
    response = client.post(url, form)
    assert "Already declined by lead" in words(response)
    assert "My words." in response.text


def test_an_empty_text_is_refused_and_nothing_changes(as_user, editor, proposal, url):
    client = as_user(editor)
    response = client.post(url, fields(client.get(url)) | {"body": " "})
    proposal.refresh_from_db()
    assert proposal.version == 1
    assert "The text is empty" in words(response)
