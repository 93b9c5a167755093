"""What becomes of the cells of the matrix when proposals about them are merged."""

import pytest

from guide_site.core import history
from moderation.changes import versions
from moderation.models import Operation, Subject
from services.models import Capability, Offering
from tests import factories
from tests.moderation.helpers import approve, assert_not_merged

pytestmark = pytest.mark.django_db


@pytest.fixture
def cell():
    return factories.offering("DynamoDB")


def into(cell, name="Cassandra", **fields):
    """A proposal to put something more into the cell."""
    place = {"capability": cell.capability_id, "provider": cell.provider.slug}
    return factories.changing(Subject.OFFERING, Operation.ADD, **place | {"name": name} | fields)


def names():
    return sorted(Offering.objects.values_list("name", flat=True))


def test_a_cell_is_edited(cell):
    service = factories.service("Dynamo")
    fields = {"name": "Dynamo", "note": "weak", "uncertain": True, "service": service.slug}
    approve(factories.changing(cell, **fields))
    assert versions.snapshot(Offering.objects.get()).items() >= fields.items()


def test_a_cell_takes_one_more(cell):
    approve(into(cell, url="https://c.example/", note="(managed)"))
    new = Offering.objects.get(name="Cassandra")
    assert (new.capability, new.provider, new.note) == (cell.capability, cell.provider, "(managed)")
    assert new.position > cell.position


def test_what_is_in_the_cell_already_is_done(cell):
    first, second = into(cell), into(cell)
    approve(first)
    before = history.generation()
    approve(second)
    assert (history.generation(), names()) == (before, ["Cassandra", "DynamoDB"])


def test_the_same_name_with_another_note_says_so(cell):
    first, second = into(cell), into(cell, note="weak")
    approve(first)
    assert_not_merged(approve(second), match="holds “Cassandra” already")


def test_a_new_row_comes_with_its_first_cell(cell):
    approve(into(cell, capability=None, row="Wide columns"))
    row = Capability.objects.get(name="Wide columns")
    assert (row.offerings.get().name, row.position > cell.capability.position) == (
        "Cassandra",
        True,
    )


def test_a_cell_is_emptied_and_the_guide_moves_on(cell, editor):
    proposal = factories.changing(cell, Operation.RETIRE)
    before = history.generation()
    approve(proposal, editor)
    assert not Offering.objects.exists()
    assert history.generation() > before
    assert proposal.merge_note.revision.comment == proposal.title


def test_what_is_emptied_already_is_done(cell):
    first, second = (factories.changing(cell, Operation.RETIRE) for _ in range(2))
    approve(first)
    before = history.generation()
    approve(second)
    assert history.generation() == before


def test_an_edit_of_what_was_removed_says_so(cell):
    proposal = factories.changing(cell, note="weak")
    approve(factories.changing(cell, Operation.RETIRE))
    assert_not_merged(approve(proposal), match="“DynamoDB” was removed from the matrix")


def test_nobody_empties_a_cell_that_somebody_has_just_rewritten(cell):
    removal = factories.changing(cell, Operation.RETIRE)
    approve(factories.changing(cell, note="weak"))
    assert_not_merged(approve(removal))
    assert names() == ["DynamoDB"]


@pytest.mark.parametrize("fields", [{"uncertain": True}, {"note": "weak"}, {"name": "Dynamo"}])
def test_edits_of_two_people_merge_by_field(cell, fields):
    first = factories.changing(cell, url="https://a.example/")
    second = factories.changing(cell, **fields)
    approve(first)
    approve(second)
    result = {"url": "https://a.example/"} | fields
    assert versions.snapshot(Offering.objects.get()).items() >= result.items()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"name": ""}, "cannot be blank"),
        ({"name": "Cassandra"}, "holds “Cassandra” already"),
        ({"url": "aws"}, "valid URL"),
        ({"service": "no-such"}, "no service “no-such”"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(cell, fields, sentence):
    approve(into(cell))
    assert_not_merged(approve(factories.changing(cell, **fields)), match=sentence)


def test_a_row_that_went_takes_nothing(cell):
    proposal = into(cell)
    approve(factories.changing(cell, Operation.RETIRE))
    with history.revision(by=None, comment="meanwhile"):
        cell.provider.save()
        cell.capability.delete()
    assert_not_merged(approve(proposal), match="row was removed")
