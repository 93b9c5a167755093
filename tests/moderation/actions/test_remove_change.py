"""Taking one of several changes out of a proposal."""

import pytest
from django.urls import reverse

from moderation import actions
from moderation.changes.references import to_change
from moderation.models import Change, Comment
from tests import factories
from tests.moderation.helpers import an_edit, approve, fields, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposal(contributor, entry):
    return factories.proposal(entry, "One, two, three, 4.", author=contributor)


@pytest.fixture
def second(proposal):
    other = an_edit(factories.entry("Five, six."), "Five, 6.")
    return Change.objects.create(proposal=proposal, position=1, **other)


def remove(change, **fields):
    by = fields.pop("by", change.proposal.author)
    actions.remove_change(change, by=by, version=fields.get("version", 1))


def test_the_others_stay_and_it_is_a_new_version(proposal, second):
    remove(second)
    proposal.refresh_from_db()
    assert (proposal.changes.count(), proposal.version) == (1, 2)
    assert proposal.events.get().what == "amended"


def test_what_was_said_about_it_stays_with_the_proposal(proposal, second):
    Comment.objects.create(proposal=proposal, change=second, body="Hm.")
    remove(second)
    assert proposal.comments.get().change is None


def test_the_last_one_is_withdrawn_instead(proposal):
    with pytest.raises(actions.Refused, match="withdraw the proposal instead"):
        remove(proposal.changes.get())
    assert proposal.changes.count() == 1


def test_what_another_change_goes_under_stays(proposal):
    new = {"body": "a", "tags": [], "kind": "bullet"}
    section = factories.section()
    fields = {"proposal": proposal, "operation": "add", "section": section}
    first = Change.objects.create(position=1, proposed=new, **fields)
    Change.objects.create(position=2, proposed=new | {"parent": to_change(first)}, **fields)
    with pytest.raises(actions.Refused, match="remove that first"):
        remove(first)


def test_a_stale_window_removes_nothing(proposal, second):
    with pytest.raises(actions.Refused, match="changed in another window"):
        remove(second, version=7)
    assert proposal.changes.count() == 2


def test_nobody_else_removes_it(second, lead):
    with pytest.raises(actions.Refused, match="Only its author"):
        remove(second, by=lead)


def test_its_button_is_on_the_page_of_the_author(as_user, contributor, editor, proposal, second):
    client = as_user(contributor)
    page = client.get(proposal.get_absolute_url())
    url = reverse("proposal-change-remove", args=[proposal.pk, second.pk])
    shown = client.post(url, fields(page, f"/changes/{second.pk}/remove/"), follow=True)
    assert "Removed. The other changes stay." in words(shown)
    assert "Remove this change" not in words(shown)
    assert approve(proposal.__class__.objects.get(), editor).is_merged


def test_that_of_somebody_else_is_not_found(as_user, lead, proposal, second):
    url = reverse("proposal-change-remove", args=[proposal.pk, second.pk])
    assert as_user(lead).post(url, {"version": 1}).status_code == 404
