"""A moderator's own trivial edit is published by sending it, through the same path."""

import pytest

from guide_site.core import history
from guide_site.core.access import Role
from moderation import actions
from moderation.models import Event
from moderation.states import Status
from tests import factories
from tests.moderation.helpers import assert_not_merged, draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry():
    return factories.entry("A wrod about roles.")


@pytest.mark.parametrize("role", [Role.EDITOR, Role.LEAD])
def test_a_moderators_trivial_edit(entry, role):
    made = draft(factories.user(role), entry, "A word about roles.")
    assert actions.send(made, by=made.author).is_merged
    entry.refresh_from_db()
    assert (made.status, entry.body) == (Status.MERGED, "A word about roles.")
    steps = [Event.What.OPENED, Event.What.APPROVED, Event.What.MERGED]
    assert [event.what for event in made.events.all()] == steps


@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.EXPERT])
def test_nobody_elses(entry, role):
    made = draft(factories.user(role), entry, "A word about roles.")
    assert not actions.send(made, by=made.author).is_merged
    assert (made.status, made.review_class) == (Status.OPEN, "trivial")


def test_not_a_normal_edit(editor, entry):
    made = draft(editor, entry, "A word about roles, and much more than that about keys.")
    assert not actions.send(made, by=editor).is_merged
    assert (made.status, made.review_class) == (Status.OPEN, "normal")


def test_not_with_a_declared_affiliation(editor, entry):
    made = draft(editor, entry, "A word about roles.", affiliation="I sell words")
    assert not actions.send(made, by=editor).is_merged
    assert made.status == Status.OPEN


def test_a_conflict_keeps_it_open(editor, entry):
    made = draft(editor, entry, "A word about roles.")
    factories.edit(entry, "A term about roles.")
    before = history.generation()
    assert_not_merged(actions.send(made, by=editor), match="“term”")
    made.refresh_from_db()
    assert (made.status, history.generation()) == (Status.OPEN, before)


def test_what_is_typed_anew_is_looked_at_anew(contributor, entry):
    made = draft(contributor, entry, "A word about roles.")
    change = made.changes.get()
    proposed = change.proposed | {"body": "A word about 3 roles."}
    edit = actions.ChangeEdit(change, change.base, proposed)
    actions.amend(made, by=contributor, version=made.version, edit=edit)
    assert made.review_class == "normal"
