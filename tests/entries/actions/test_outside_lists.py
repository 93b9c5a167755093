"""What is a text below a bullet, and a heading elsewhere, does not leave its list."""

import pytest
from django.core.exceptions import ValidationError

from entries.actions import entries as entry_actions
from entries.markdown.writer import export
from entries.models import Entry
from guide_site.core import history
from tests.entries.guides import imported

pytestmark = pytest.mark.django_db
GUIDE = "# A\n\n- a list\n  - of\n\n  ## Seven\n  - more\n\n  Plain words.\n"


def entry(words):
    return Entry.objects.get(body__contains=words)


@pytest.fixture(autouse=True)
def guide():
    imported(GUIDE)


def test_it_is_not_moved_out():
    with (
        pytest.raises(ValidationError, match="“Seven” would be the heading of a section"),
        history.revision(by=None, comment="try"),
    ):
        entry_actions.move_entry(entry("Seven"), section=entry("Seven").section)
    assert export() == GUIDE


def test_it_is_not_lifted_by_the_retirement_of_its_bullet():
    with (
        pytest.raises(ValidationError, match="cannot stand outside of a list"),
        history.revision(by=None, comment="try"),
    ):
        entry_actions.retire_entry(entry("a list"), because="Old.", lift_children=True)
    assert export() == GUIDE


def test_other_texts_leave_their_list():
    with history.revision(by=None, comment="move"):
        entry_actions.move_entry(entry("Plain"), section=entry("Plain").section)
    assert export() == GUIDE.replace("  Plain", "Plain")


def test_it_is_not_restored_out_of_it():
    child = entry("Seven")
    for row in (child, entry("a list")):
        with history.revision(by=None, comment="retire"):
            entry_actions.retire_entry(row, because="Old.", lift_children=True)
    with (
        pytest.raises(ValidationError, match="cannot stand outside of a list"),
        history.revision(by=None, comment="try"),
    ):
        entry_actions.restore_entry(Entry.objects.get(pk=child.pk))
