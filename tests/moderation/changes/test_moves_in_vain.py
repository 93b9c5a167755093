"""Moves that cannot be, or that move nothing: known before anybody approves them."""

import pytest

from entries.actions.positions import FIRST
from entries.models import Entry, Section
from guide_site.core import history
from moderation.changes import conflicts, places
from moderation.models import Operation
from tests import factories
from tests.moderation.changes.test_places import fresh, meanwhile, moving, order, to
from tests.moderation.helpers import approve, assert_not_merged

pytestmark = pytest.mark.django_db


@pytest.fixture
def tips():
    return factories.section("Tips")


@pytest.fixture
def bullets(tips):
    """The bullets A, B, X and Y of “Tips”, in this order."""
    return {name: factories.entry(f"{name} here.", section=tips) for name in "ABXY"}


@pytest.mark.parametrize("subject", [Entry, Section])
def test_that_it_would_go_below_itself_is_known_before_anybody_approves(tips, bullets, subject):
    if subject is Entry:
        x, y = bullets["X"], bullets["Y"]
        first, second = moving(y, **to(tips, x)), moving(x, **to(tips, y))
    else:
        x, y = factories.section("X"), factories.section("Y")
        first = moving(y, parent=x.pk, after=None)
        second = moving(x, parent=y.pk, after=None)
    assert approve(first).is_merged
    problem = conflicts.look_now([second.pk])[second.pk].problem
    assert "was put below “X" in problem
    assert_not_merged(approve(second), "was put below “X")
    assert fresh(x).parent is None


def test_two_of_one_proposal_may_change_places(tips, bullets):
    x, y = bullets["X"], bullets["Y"]
    meanwhile(y, section=tips, parent=fresh(x))
    swap = moving(y, **to(tips, after=FIRST))
    change = factories.also(swap, fresh(x), Operation.MOVE, **to(tips, fresh(y)))
    change.base = places.place_of(fresh(x))
    change.save()
    assert approve(swap).is_merged
    assert (fresh(x).parent, fresh(y).parent) == (y, None)


def test_a_move_to_where_it_stands_makes_no_revision(tips, bullets):
    move = moving(bullets["B"], **to(tips, after=bullets["A"]))
    before = history.generation()
    assert conflicts.look_now([move.pk])[move.pk].is_there
    assert approve(move).is_there
    assert history.generation() == before


def test_beside_another_move_it_keeps_its_order(tips, bullets):
    both = moving(bullets["X"], **to(tips, after=FIRST))
    change = factories.also(both, bullets["A"], Operation.MOVE, **to(tips, after=FIRST))
    change.base = places.place_of(bullets["A"])
    change.save()
    assert approve(both).is_merged
    assert order(tips) == "AXBY"
