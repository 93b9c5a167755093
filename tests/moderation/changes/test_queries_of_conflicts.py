"""How often it asks the database whether open proposals merge: as often for 50 as for five."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from moderation.changes import conflicts
from moderation.models import Change, Operation, Subject
from tests import factories

pytestmark = pytest.mark.django_db


def edit(section, number):
    factories.proposal(factories.entry(f"One {number}.", section=section), "Two.")


def move(section, number):
    entry = factories.entry(f"Here {number}.", section=section)
    beside = factories.entry(f"There {number}.")
    place = {"section": beside.section_id, "parent": None, "after": beside.pk}
    factories.changing(entry, Operation.MOVE, **place)


def nest(section, number):
    entry, above = (factories.entry(f"{word} {number}.", section=section) for word in ("A", "B"))
    place = {"section": section.pk, "parent": above.pk, "after": "first"}
    factories.changing(entry, Operation.MOVE, **place)


def add(section, number):
    factories.addition(section, f"New {number}.", after=factories.entry(section=section))


def add_below_an_addition(section, number):
    above = factories.addition(section, f"Above {number}.").changes.get()
    below = factories.addition(section, f"Below {number}.").changes.get()
    Change.objects.filter(pk=below.pk).update(
        proposed=below.proposed | {"parent": {"change": above.pk}}
    )


def retire(section, number):
    entry = factories.entry(f"Old {number}.", section=section)
    factories.entry(f"Below {number}.", section=section, parent=entry)
    factories.retirement(entry)


def change_a_section(section, number):
    factories.changing(factories.section(f"Old title {number}"), title=f"Title {number}")


def move_a_section(section, number):
    factories.changing(
        factories.section(f"Part {number}"), Operation.MOVE, parent=section.pk, after=None
    )


def change_a_service(section, number):
    factories.changing(factories.service(f"S{number}"), summary="Objects.")


def change_a_cell(section, number):
    factories.changing(factories.offering(f"SQS {number}"), note="By the hour.")


def empty_a_cell(section, number):
    factories.changing(factories.offering(f"SNS {number}"), Operation.RETIRE)


def add_a_service(section, number):
    new = {"name": f"EBS {number}", "provider": factories.provider().slug}
    factories.changing(Subject.SERVICE, Operation.ADD, **new)


def change_a_legend_tag(section, number):
    tag = factories.legend_tag(f"tag-{number}", chr(0x1F400 + number))
    factories.changing(tag, meaning="A great risk.")


KINDS = [
    *(edit, move, nest, add, add_below_an_addition, retire, change_a_section, move_a_section),
    *(change_a_service, change_a_cell, empty_a_cell, change_a_legend_tag),
]


def queries(look):
    cache.clear()
    with CaptureQueriesContext(connection) as asked:
        look()
    return len(asked)


@pytest.mark.parametrize("make", KINDS)
def test_of_one_kind_ten_take_no_more_queries_than_two(make):
    section = factories.section("Storage")
    for number in range(2):
        make(section, number)
    few = queries(conflicts.problems)
    for number in range(2, 10):
        make(section, number)
    assert queries(conflicts.problems) == few


def test_fifty_of_all_kinds_take_a_few():
    section = factories.section("Storage")
    for number in range(50):
        KINDS[number % len(KINDS)](section, number)
    assert queries(conflicts.problems) <= 12
