"""Positions of many siblings at once, and of one among others."""

from itertools import pairwise

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from entries.actions.positions import FIRST, assign, free_position
from entries.models import GAP, Entry
from guide_site.core import history
from tests import factories


@pytest.mark.parametrize(
    ("known", "positions"),
    [
        ([], []),
        ([None, None], [GAP, 2 * GAP]),
        ([5, 9], [5, 9]),
        ([5, 9, None], [5, 9, 9 + GAP]),
        ([None, 5], [2, 5]),
        ([8, None, None, 20], [8, 12, 16, 20]),
        ([30, 10, 20], [5, 10, 20]),
        ([10, 20, 5, 30], [10, 20, 25, 30]),
        ([1, None, 2], [GAP, 2 * GAP, 3 * GAP]),
        ([7, 7], [3, 7]),
        ([0, 0], [GAP, 2 * GAP]),
    ],
)
def test_as_many_as_possible_keep_their_position(known, positions):
    assert assign(known) == positions


@given(st.lists(st.none() | st.integers(0, 40), max_size=12))
def test_positions_always_rise(known):
    positions = assign(known)
    assert len(positions) == len(known)
    assert all(low < high for low, high in pairwise(positions))


def entries_at(*positions):
    section = factories.section()
    rows = [factories.entry(f"At {position}.", section=section) for position in positions]
    with history.revision(by=None, comment="Put them there"):
        for row, position in zip(rows, positions, strict=True):
            row.position = position
            row.save()
    return rows


@pytest.fixture
def siblings(db):
    return entries_at(10, 20, 30)


def test_the_last_place_is_a_gap_after_the_last_sibling(siblings):
    assert free_position(Entry.objects.all(), None) == 30 + GAP
    assert free_position(Entry.objects.none(), None) == GAP


def test_between_two_siblings_is_the_middle(siblings):
    assert free_position(Entry.objects.all(), siblings[0]) == 15
    assert free_position(Entry.objects.all(), siblings[2]) == 30 + GAP
    assert free_position(Entry.objects.all(), FIRST) == 5


@pytest.mark.parametrize(("after", "position"), [(FIRST, GAP // 2), (0, GAP + GAP // 2)])
def test_siblings_without_room_between_them_are_numbered_again(db, after, position):
    rows = entries_at(1, 2, 3)
    with history.revision(by=None, comment="Make room"):
        row = after if after == FIRST else rows[after]
        assert free_position(Entry.objects.all(), row) == position
    assert [row.position for row in Entry.objects.all()] == [GAP, 2 * GAP, 3 * GAP]


def test_a_row_that_is_no_sibling_cannot_be_followed(siblings):
    with pytest.raises(ValidationError, match="stands elsewhere"):
        free_position(Entry.objects.exclude(pk=siblings[0].pk), siblings[0])
