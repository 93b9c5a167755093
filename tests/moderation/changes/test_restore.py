"""What becomes of a retired entry when a proposal to restore it is merged."""

import pytest

from entries.models import Entry
from guide_site.core import history
from moderation.models import Operation
from tests import factories
from tests.moderation.helpers import approve, assert_not_merged

pytestmark = pytest.mark.django_db


@pytest.fixture
def retired(entry):
    factories.retire(entry)
    entry.refresh_from_db()
    return entry


def test_it_comes_back_as_it_was(retired):
    approve(factories.changing(retired, Operation.RESTORE))
    retired.refresh_from_db()
    assert (retired.is_live, retired.body) == (True, "One, two, three, four.")


def test_it_comes_back_with_another_text(retired):
    approve(factories.changing(retired, Operation.RESTORE, body="One, two.", tags=[]))
    retired.refresh_from_db()
    assert (retired.is_live, retired.body) == (True, "One, two.")


def test_what_is_back_already_takes_the_text_alone(retired):
    again = factories.changing(retired, Operation.RESTORE, body="One, two, three, 4.", tags=[])
    plain = factories.changing(retired, Operation.RESTORE)
    done = factories.changing(retired, Operation.RESTORE)
    approve(plain)
    approve(again)
    before = history.generation()
    approve(done)
    retired.refresh_from_db()
    assert (retired.body, history.generation()) == ("One, two, three, 4.", before)


def test_two_restorations_with_different_words_conflict(retired):
    first, second = (
        factories.changing(retired, Operation.RESTORE, body=f"One, two, three, {last}.", tags=[])
        for last in ("4", "vier")
    )
    approve(first)
    assert_not_merged(approve(second))


def test_under_a_retired_entry_it_goes_to_the_nearest_that_remains(entry):
    child = factories.entry("Nested.", section=entry.section, parent=entry)
    factories.retire(entry)
    child.refresh_from_db()
    approve(factories.changing(child, Operation.RESTORE))
    child.refresh_from_db()
    assert (child.is_live, child.parent) == (True, None)


def test_restored_with_what_it_stood_under_it_stands_there_again(entry):
    child = factories.entry("Nested.", section=entry.section, parent=entry)
    factories.retire(entry)
    entry.refresh_from_db()
    child.refresh_from_db()
    proposal = factories.changing(entry, Operation.RESTORE)
    factories.also(proposal, child, Operation.RESTORE)
    approve(proposal)
    assert Entry.objects.live().get(parent=entry).body == "Nested."


def test_the_section_must_stand_or_come_back_with_it(retired):
    section = retired.section
    approve(factories.changing(section, Operation.RETIRE, retired_because="Empty."))
    section.refresh_from_db()
    alone = factories.changing(retired, Operation.RESTORE)
    assert_not_merged(approve(alone), match="section of this entry was retired: Empty")
    together = factories.changing(section, Operation.RESTORE)
    factories.also(together, retired, Operation.RESTORE)
    assert approve(together).is_merged


def test_a_tag_that_was_retired_meanwhile_stays_away():
    tag = factories.legend_tag()
    entry = factories.entry("One.", tags=["gotcha"])
    factories.retire(entry)
    approve(factories.changing(tag, Operation.RETIRE, retired_because="Vague."))
    entry.refresh_from_db()
    approve(factories.changing(entry, Operation.RESTORE))
    assert not entry.tags.exists()
