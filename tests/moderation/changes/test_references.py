"""References of changes: rows that were read before, rows of the database, additions to come."""

import pytest

from moderation.changes.references import FROM_DATABASE, Pending, References, to_change
from moderation.models import Operation
from tests import factories

pytestmark = pytest.mark.django_db


def moved(entry, **place):
    """A change that moves the entry."""
    return factories.changing(entry, Operation.MOVE, **place).changes.get()


def test_what_was_read_costs_no_query(entry, django_assert_num_queries):
    parent = factories.entry("Parent.", section=entry.section)
    place = {"section": parent.section_id, "parent": parent.pk, "after": None}
    references = References.read([moved(entry, **place)])
    with django_assert_num_queries(0):
        assert references.entry(parent.pk) == parent
        assert references.section(parent.section_id) == parent.section
        assert references.entry(None) is None


def test_three_queries_read_the_places_of_many_changes(django_assert_num_queries):
    section = factories.section()
    entries = [factories.entry(f"Point {number}.", section=section) for number in range(4)]
    place = {"section": section.pk, "parent": None}
    changes = [moved(entry, **place, after=entries[0].pk) for entry in entries[1:]]
    with django_assert_num_queries(3):
        References.read(changes)


def test_a_row_that_is_not_there_is_none_and_is_not_asked_for_again(
    entry, django_assert_num_queries
):
    place = {"section": entry.section_id, "parent": 10**6, "after": None}
    references = References.read([moved(entry, **place)])
    with django_assert_num_queries(0):
        assert references.entry(10**6) is None
    assert FROM_DATABASE.entry(10**6) is None


def test_what_was_not_read_is_asked_of_the_database(entry):
    references = References.read([])
    assert references.entry(entry.pk) == entry
    assert references.section(entry.section_id) == entry.section


def test_an_addition_is_pending_until_it_is_published():
    section = factories.section()
    change = factories.addition(section).changes.get()
    for references in (References.read([change]), FROM_DATABASE):
        with pytest.raises(Pending):
            references.entry(to_change(change))
    change.entry = factories.entry(section=section)
    change.save()
    for references in (References.read([change]), FROM_DATABASE):
        assert references.entry(to_change(change)) == change.entry


def test_a_change_that_is_gone_names_nothing():
    assert FROM_DATABASE.entry({"change": 10**6}) is None


def test_a_legend_tag_is_found_by_its_number():
    tag = factories.legend_tag()
    assert FROM_DATABASE.legend_tag(tag.pk) == tag
    assert FROM_DATABASE.legend_tag(None) is None
