"""Where something stands is one value: two people who move it elsewhere are in conflict."""

import pytest

from entries.actions import entries as entry_actions
from entries.actions import legend as legend_actions
from entries.actions import sections as section_actions
from entries.actions.positions import FIRST
from entries.models import Entry, LegendTag, Section
from guide_site.core import history
from moderation import actions
from moderation.changes import conflicts, kinds, places
from moderation.models import Operation
from moderation.states import Status
from tests import factories
from tests.moderation.helpers import approve, assert_not_merged

pytestmark = pytest.mark.django_db

ACTIONS = {
    Entry: entry_actions.move_entry,
    Section: section_actions.move_section,
    LegendTag: legend_actions.move_legend_tag,
}


@pytest.fixture
def tips():
    return factories.section("Tips")


@pytest.fixture
def gotchas():
    return factories.section("Gotchas")


@pytest.fixture
def bullets(tips):
    """The bullets A, B, X and Y of “Tips”, in this order."""
    return {name: factories.entry(f"{name} here.", section=tips) for name in "ABXY"}


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def meanwhile(row, **place):
    """Somebody else moves a row."""
    with history.revision(by=None, comment="meanwhile"):
        ACTIONS[type(row)](fresh(row), **place)


def moving(row, operation=Operation.MOVE, **place):
    """An open proposal to move a row, from where it stands now; further fields go with it."""
    made = factories.changing(row, operation, **place)
    change = made.changes.get()
    base = {} if operation == Operation.MOVE else change.base
    change.base = base | places.place_of(fresh(row))
    change.save()
    return made


def to(section=None, parent=None, after=None):
    """The place of a bullet as a proposal has it."""
    after = after if after in (None, FIRST) else after.pk
    return {"section": section.pk, "parent": parent and parent.pk, "after": after}


def order(section, parent=None):
    rows = Entry.objects.live().filter(section=section, parent=parent)
    return "".join(row.body[0] for row in rows)


def test_two_different_moves_conflict_whichever_is_merged_first(tips, gotchas, bullets):
    x, y = bullets["X"], bullets["Y"]
    nest, leave = to(tips, y), to(gotchas)
    first, second = moving(x, **nest), moving(x, **leave)
    assert approve(first).is_merged
    problem = approve(second).problem
    assert "“X here.” was moved to the first place under “Y here.” meanwhile" in problem
    assert "the proposal moves it to the last place in “Gotchas”" in problem
    assert fresh(x).parent == y


def test_a_move_away_is_not_undone_by_one_within_the_section(tips, gotchas, bullets):
    second = moving(bullets["X"], **to(tips, bullets["Y"]))
    assert approve(moving(bullets["X"], **to(gotchas))).is_merged
    assert_not_merged(approve(second), "was moved to the first place in “Gotchas” meanwhile")
    assert fresh(bullets["X"]).section == gotchas


def test_two_orders_of_the_same_siblings_conflict(tips, bullets):
    second = moving(bullets["X"], **to(tips, after=bullets["A"]))
    assert approve(moving(bullets["X"], **to(tips, after=bullets["Y"]))).is_merged
    assert_not_merged(approve(second), "behind “Y here.” in “Tips” meanwhile")


def test_the_same_move_twice_is_done_once(tips, gotchas, bullets):
    first, second = moving(bullets["X"], **to(gotchas)), moving(bullets["X"], **to(gotchas))
    approve(first)
    before = history.generation()
    assert approve(second).is_there
    assert (order(gotchas), history.generation()) == ("X", before)


def test_where_only_the_guide_moved_an_edit_leaves_it_there(gotchas, bullets):
    edit = factories.proposal(bullets["X"], "X there.")
    meanwhile(bullets["X"], section=gotchas)
    assert approve(edit).is_merged
    x = fresh(bullets["X"])
    assert (x.section, x.body) == (gotchas, "X there.")


def test_an_edit_that_moves_as_well_loses_neither(tips, gotchas, bullets):
    x = bullets["X"]
    both = moving(x, Operation.EDIT, body="X there.", tags=[], **to(tips, bullets["Y"]))
    meanwhile(x, section=gotchas)
    assert list(kinds.merged(both.changes.get()).conflicts) == [places.PLACE]
    assert_not_merged(approve(both), "was moved to")


@pytest.mark.parametrize("change", ["moved", "retired", "added"])
def test_what_happens_to_a_sibling_is_no_move_of_it(tips, gotchas, bullets, change):
    move = moving(bullets["X"], **to(gotchas))
    match change:
        case "moved":
            meanwhile(bullets["B"], section=tips, after=FIRST)
        case "retired":
            factories.retire(bullets["B"])
        case "added":
            factories.entry("New.", section=tips, after=fresh(bullets["B"]))
    assert approve(move).is_merged
    assert order(gotchas) == "X"


def test_new_positions_of_all_siblings_are_no_move(tips, gotchas, bullets):
    move = moving(bullets["X"], **to(gotchas))
    for _ in range(12):  # the gap in front is used up: all are numbered again
        factories.entry("New.", section=tips, after=FIRST)
    assert fresh(bullets["X"]).position != bullets["X"].position
    assert approve(move).is_merged


def test_a_sibling_to_follow_that_left_gives_the_end_of_the_place(tips, gotchas, bullets):
    move = moving(bullets["X"], **to(tips, after=bullets["A"]))
    meanwhile(bullets["A"], section=gotchas)
    assert approve(move).is_merged
    assert order(tips) == "BYX"


def test_what_it_is_nested_under_may_take_it_along(tips, gotchas, bullets):
    child = factories.entry("C here.", section=tips, parent=bullets["Y"])
    move = moving(child, **to(tips, bullets["A"]))
    meanwhile(bullets["Y"], section=gotchas)
    assert approve(move).is_merged
    assert order(tips, bullets["A"]) == "C"


@pytest.mark.parametrize("fate", ["lifted", "joined"])
def test_what_it_was_nested_under_may_go(tips, gotchas, bullets, fate):
    child = factories.entry("C here.", section=tips, parent=bullets["Y"])
    move = moving(child, **to(gotchas))
    with history.revision(by=None, comment="meanwhile"):
        if fate == "lifted":
            entry_actions.retire_entry(fresh(bullets["Y"]), because="Old.", lift_children=True)
        else:
            one, other = fresh(bullets["A"]), fresh(bullets["Y"])
            entry_actions.join_entries(one, other, body="AY here.", tags=[])
    assert approve(move).is_merged
    assert order(gotchas) == "C"


def test_a_base_of_an_old_proposal_knows_the_section_only(tips, gotchas, bullets):
    old = moving(bullets["X"], **to(tips, after=bullets["A"]))
    other = moving(bullets["B"], **to(tips, after=FIRST))
    for proposal in (old, other):
        base = {"section": tips.pk, "parent": None}
        proposal.changes.update(base=base)
    meanwhile(bullets["B"], section=gotchas)
    assert approve(old).is_merged
    assert order(tips) == "AXY"
    assert_not_merged(approve(other), "was moved to the first place in “Gotchas” meanwhile")


def test_a_move_of_several_in_a_row_keeps_their_order(tips, bullets):
    proposal = moving(bullets["A"], **to(tips, after=bullets["Y"]))
    change = factories.also(proposal, bullets["B"], Operation.MOVE, **to(tips, after=bullets["A"]))
    change.base = places.place_of(bullets["B"])
    change.save()
    approve(proposal)
    assert order(tips) == "XYAB"


def test_two_moves_of_a_section_conflict(tips, gotchas):
    three = factories.section("Three", parent=tips)
    factories.section("Four", parent=tips)
    second = moving(three, parent=tips.pk, after=None)
    assert approve(moving(three, parent=gotchas.pk, after=None)).is_merged
    assert_not_merged(
        approve(second), "“Three” was moved to the first place under “Gotchas” meanwhile"
    )
    assert fresh(three).parent == gotchas


def test_two_moves_of_a_legend_tag_conflict():
    tags = [
        factories.legend_tag(slug, sign) for slug, sign in (("a", "🔸"), ("b", "❗"), ("c", "💸"))
    ]
    second = moving(tags[2], after=tags[0].pk)
    meanwhile(tags[2], after=FIRST)
    assert_not_merged(approve(second), "“💸 C” was moved to the first place of the legend")


def test_what_a_page_showed_counts_not_what_came_later(tips, gotchas, bullets):
    seen = history.generation()
    meanwhile(bullets["X"], section=gotchas)
    base = places.place_at(fresh(bullets["X"]), seen)
    assert base == {"section": tips.pk, "parent": None, "position": bullets["X"].position}
    assert places.is_moved(fresh(bullets["X"]), base)


@pytest.fixture
def stuck(tips, gotchas, bullets, contributor):
    """An open move of X that somebody else overtook."""
    proposal = moving(bullets["X"], **to(tips, bullets["Y"]))
    proposal.author = contributor
    proposal.save()
    meanwhile(bullets["X"], section=gotchas)
    return proposal


@pytest.mark.parametrize("who", ["contributor", "editor"])
def test_it_moves_as_proposed_if_that_is_chosen(request, stuck, bullets, who):
    person = request.getfixturevalue(who)
    actions.settle_place(stuck.changes.get(), by=person, version=1, keep=False)
    stuck.refresh_from_db()
    assert (stuck.version, conflicts.problems()) == (2, {})
    assert approve(stuck).is_merged
    assert fresh(bullets["X"]).parent == bullets["Y"]


@pytest.mark.parametrize(
    ("who", "status"), [("contributor", Status.WITHDRAWN), ("editor", Status.DECLINED)]
)
def test_a_move_alone_ends_where_it_stays(request, stuck, who, status):
    person = request.getfixturevalue(who)
    actions.settle_place(stuck.changes.get(), by=person, version=1, keep=True)
    stuck.refresh_from_db()
    assert stuck.status == status


@pytest.mark.parametrize("who", ["contributor", "editor"])
def test_other_changes_of_the_proposal_go_on(request, stuck, entry, who):
    factories.also(stuck, entry, body="One, two.", tags=[])
    move = stuck.changes.get(operation=Operation.MOVE)
    actions.settle_place(move, by=request.getfixturevalue(who), version=1, keep=True)
    stuck.refresh_from_db()
    assert (stuck.status, stuck.version) == (Status.OPEN, 2)
    assert approve(stuck).is_merged


def test_the_text_of_an_edit_goes_on_without_its_move(tips, gotchas, bullets, editor):
    x = bullets["X"]
    both = moving(x, Operation.EDIT, body="X there.", tags=[], **to(tips, bullets["Y"]))
    meanwhile(x, section=gotchas)
    actions.settle_place(both.changes.get(), by=editor, version=1, keep=True)
    both.refresh_from_db()
    assert approve(both).is_merged
    assert (fresh(x).section, fresh(x).body) == (gotchas, "X there.")


def test_what_nobody_moved_is_not_settled(bullets, gotchas, editor):
    proposal = moving(bullets["X"], **to(gotchas))
    with pytest.raises(actions.Refused, match="Nobody has moved it"):
        actions.settle_place(proposal.changes.get(), by=editor, version=1, keep=True)
