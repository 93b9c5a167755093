"""Trees that two sides changed are merged: what one side alone did is done exactly."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entries.imports.places import Places, merge
from tests.examples import examples

NEW = {"here": range(100, 103), "file": range(200, 203)}


@st.composite
def trees(draw):
    """A tree of numbers, as lists of (number, what it stands under)."""
    size = draw(st.integers(0, 8))
    return [(n, draw(st.sampled_from([None, *range(n)]))) for n in range(size)]


@st.composite
def changed(draw, pairs, side):
    """The tree after some moves, additions and removals."""
    tree = Places(pairs)
    for _ in range(draw(st.integers(0, 4))):
        rows = list(tree.walk())
        new = [n for n in NEW[side] if n not in tree.above]
        row = draw(st.sampled_from([*rows, *new[:1]]))
        below = {r for r in rows if row in tree.lineage(r)}
        above = draw(st.sampled_from([None, *(r for r in rows if r not in below)]))
        if row in tree.above:
            tree.below[tree.above[row]].remove(row)
            if row not in NEW[side] and not tree.below[row] and draw(st.booleans()):
                del tree.above[row]
                continue
        siblings = tree.below[above]
        siblings.insert(draw(st.integers(0, len(siblings))), row)
        tree.above[row] = above
    return Places([(row, tree.above[row]) for row in tree.walk()])


@st.composite
def cases(draw):
    pairs = draw(trees())
    return Places(pairs), draw(changed(pairs, "here")), draw(changed(pairs, "file"))


def shape(tree, above=None):
    return [(row, shape(tree, row)) for row in tree.below.get(above, [])]


def without(base, side):
    return {row for row in base.above if row not in side.above}


@pytest.mark.fuzz
@examples()
@given(cases())
def test_what_one_side_alone_did_is_done_exactly(case):
    base, here, file = case
    by_file, _, none = merge(base, base, file, out=without(base, file))
    assert shape(by_file) == shape(file)
    by_guide, put, nothing = merge(base, here, base, out=without(base, here))
    assert shape(by_guide) == shape(here)
    assert (none, nothing, put) == (set(), set(), set())


@pytest.mark.fuzz
@examples()
@given(cases())
def test_of_both_all_is_there_once_and_hangs_together(case):
    base, here, file = case
    out = without(base, file) | without(base, here)
    merged, put, conflicts = merge(base, here, file, out=out)
    wanted = {*here.above, *file.above} - out
    assert set(merged.above) == wanted
    orphans = {row for row in wanted if any(r in out for r in merged.lineage(row))}
    assert {row for row in wanted if row not in set(merged.walk())} == orphans
    for row in wanted - conflicts:
        moved_here = row in here.above and here.above[row] != base.above.get(row, here.above[row])
        if moved_here and row not in put:
            assert merged.above[row] == here.above[row]
    for row in put:
        assert merged.above[row] == file.above[row]
