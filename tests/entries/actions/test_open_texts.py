"""Nothing comes to stand under a text whose code or HTML does not end: a file would swallow it."""

from contextlib import contextmanager

import pytest
from django.core.exceptions import ValidationError

from entries.actions import entries as entry_actions
from entries.models import Entry
from guide_site.core import history
from tests import factories

pytestmark = pytest.mark.django_db
OPEN = ["<!-- open", "```\nopen", "~~~~\nopen\n~~~", "<pre>\nopen", "Words\n\n```\nopen"]


@pytest.fixture(params=OPEN)
def unended(request):
    """A bullet that a file brought: people cannot type it."""
    return factories.stored_entry(request.param, section=factories.section())


@pytest.fixture
def other(unended):
    return factories.entry("Roles.", section=unended.section)


@contextmanager
def refused():
    words = pytest.raises(ValidationError, match="nothing can stand under it")
    with history.revision(by=None, comment="try"), words:
        yield


def test_an_entry_is_not_added_there(unended):
    with refused():
        entry_actions.add_entry(section=unended.section, parent=unended, body="Lost.")


def test_an_entry_is_not_moved_there(unended, other):
    with refused():
        entry_actions.move_entry(other, section=unended.section, parent=unended)


def test_an_entry_is_not_restored_there(unended, other):
    child = factories.entry("Keys.", section=other.section, parent=other)
    factories.retire(child)
    with history.revision(by=None, comment="import"):
        other.body = unended.body
        other.save()
    with refused():
        entry_actions.restore_entry(Entry.objects.get(pk=child.pk))


def test_an_entry_with_others_under_it_does_not_become_such_a_text(other, unended):
    factories.entry("Kept.", section=other.section, parent=other)
    with history.revision(by=None, comment="try"), pytest.raises(ValidationError, match="not end"):
        entry_actions.edit_entry(other, body=unended.body)


@pytest.mark.parametrize("body", ["<!-- shut -->", "```\nshut\n```", "<pre>\nshut\n</pre>"])
def test_under_a_text_that_ends_there_is_room(body):
    parent = factories.stored_entry(body, section=factories.section())
    assert factories.entry("Kept.", section=parent.section, parent=parent).parent == parent


@pytest.mark.parametrize("body", ["- - -", "x\n- y"])
def test_such_a_text_does_not_get_another_fault(unended, body):
    with history.revision(by=None, comment="try"), pytest.raises(ValidationError, match="would be"):
        entry_actions.edit_entry(unended, body=body)


@pytest.mark.parametrize("body", ["Words.", "<!-- still open", "<!-- shut --> words"])
def test_such_a_text_may_be_mended_and_edited(unended, body):
    with history.revision(by=None, comment="edit"):
        assert entry_actions.edit_entry(unended, body=body).body == body
