"""Publishing an addition: the entry stands where its author put it, or as near as can be."""

import pytest
from reversion.models import Revision

from entries.actions.entries import join_entries
from entries.models import Entry
from guide_site.core import history
from tests import factories
from tests.moderation.helpers import approve, assert_not_merged

pytestmark = pytest.mark.django_db


@pytest.fixture
def section():
    return factories.section("Tips")


@pytest.fixture
def three(section):
    """First, second and third of a section."""
    return [factories.entry(body, section=section) for body in ("1", "2", "3")]


def order(section, parent=None):
    """What the section shows, in order."""
    live = Entry.objects.live().filter(section=section, parent=parent)
    return "".join(live.values_list("body", flat=True))


def test_without_a_place_it_stands_at_the_end(section, three):
    approve(factories.addition(section, "n"))
    assert order(section) == "123n"


def test_a_section_without_entries_gets_its_first(section):
    approve(factories.addition(section, "n"))
    assert order(section) == "n"


@pytest.mark.parametrize(("number", "expected"), [(0, "1n23"), (1, "12n3"), (2, "123n")])
def test_it_stands_after_the_sibling(section, three, number, expected):
    approve(factories.addition(section, "n", after=three[number]))
    assert order(section) == expected


def test_it_nests_under_an_entry(section, three):
    approve(factories.addition(section, "n", parent=three[1]))
    approve(factories.addition(section, "m", parent=three[1]))
    assert order(section) == "123"
    assert order(section, parent=three[1]) == "nm"


def test_it_keeps_the_place_of_a_sibling_that_was_retired_meanwhile(section, three):
    proposal = factories.addition(section, "n", after=three[1])
    factories.retire(three[1])
    approve(proposal)
    assert order(section) == "1n3"


def test_it_goes_to_the_end_if_the_sibling_went_elsewhere(section, three):
    child = factories.entry("c", section=section, parent=three[0])
    proposal = factories.addition(section, "n", parent=three[1], after=child)
    approve(proposal)
    assert order(section, parent=three[1]) == "n"


def test_two_additions_at_one_place_both_stay(section, three):
    first = factories.addition(section, "a", after=three[0])
    second = factories.addition(section, "b", after=three[0])
    approve(first)
    approve(second)
    assert sorted(order(section)) == sorted("1ab23")
    assert order(section)[0] == "1"


def test_many_additions_at_one_place_find_room(editor, section, three):
    for number in range(15):
        approve(factories.addition(section, chr(97 + number), after=three[0]), editor)
    assert order(section) == "1onmlkjihgfedcba23"


def test_it_carries_its_tags_and_its_kind(section):
    factories.legend_tag()
    proposal = factories.addition(section, "| ❗ a |\n|---|\n| b |", tags=["gotcha"])
    proposal.changes.update(proposed=proposal.changes.get().proposed | {"kind": "table"})
    approve(proposal)
    entry = Entry.objects.get(section=section)
    assert (entry.kind, [tag.slug for tag in entry.tags.all()]) == ("table", ["gotcha"])
    assert "<table>" in entry.body_html


def test_the_proposal_knows_the_entry_it_made(section):
    proposal = factories.addition(section, "n")
    approve(proposal)
    assert proposal.changes.get().entry == Entry.objects.get(section=section)


def test_it_is_one_revision_of_the_author(section):
    proposal = factories.addition(section, "n")
    before = Revision.objects.count()
    approve(proposal)
    assert Revision.objects.count() == before + 1
    assert Revision.objects.latest("pk").user == proposal.author


def test_under_an_entry_that_was_retired_meanwhile_it_says_so_and_adds_nothing(section, three):
    proposal = factories.addition(section, "n", parent=three[1])
    factories.retire(three[1], "It was wrong.")
    before = history.generation()
    assert_not_merged(approve(proposal), match=r"retired meanwhile: It was wrong\.")
    assert history.generation() == before
    assert proposal.is_open


def test_under_a_bullet_that_was_joined_into_another_it_goes_under_that_one(section, three):
    proposal = factories.addition(section, "n", parent=three[1])
    with history.revision(by=None, comment="Join"):
        join_entries(three[0], three[1], body="1 2", tags=[])
    approve(proposal)
    assert order(section, parent=three[0]) == "n"
