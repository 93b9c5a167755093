"""Which entries of a page stay under chosen legend tags."""

import pytest

from entries.models import LegendTag
from entries.reading.narrowing import narrow, without_hidden
from entries.reading.tree import Tree, lines
from tests import factories
from tests.entries.guides import imported

pytestmark = pytest.mark.django_db

GUIDE = """# A
- 💸 one
  - ❗ two
    - three
  - four
- ❗💸 five
## B
- six
### C
- ❗ seven
# D
- eight
"""


@pytest.fixture
def tree():
    """The guide with its entries."""
    factories.legend_tag("cost", "💸", position=2)
    factories.legend_tag("gotcha", "❗", position=1)
    imported(GUIDE, signs=["💸", "❗"])
    tree = Tree()
    tree.fill(tree.walk())
    return tree


def marks(tree, *chosen):
    """{body: how it is marked} after narrowing to `chosen`, as the page shows them."""
    narrow(tree.walk(), chosen)
    found = {}
    for node in tree.walk():
        for entry, _ in lines(node.entries):
            word = entry.body_html.removeprefix("<p>").removesuffix("</p>\n").strip()
            found[word] = "out" if entry.is_out else "above" if entry.is_above else "in"
    return found


def kept(tree, *chosen):
    return [word for word, mark in marks(tree, *chosen).items() if mark != "out"]


def test_nothing_is_hidden_when_nothing_is_chosen(tree):
    assert set(marks(tree).values()) == {"in"}
    assert not any(node.is_out for node in tree.walk())


def test_those_that_carry_the_tag_stay_with_what_is_nested_in_them_and_what_is_above(tree):
    assert kept(tree, "gotcha") == ["one", "two", "three", "five", "seven"]


def test_what_is_above_is_only_context(tree):
    found = marks(tree, "gotcha")
    assert (found["one"], found["two"], found["three"]) == ("above", "in", "in")


def test_what_is_below_one_that_carries_the_tag_is_no_context(tree):
    found = marks(tree, "cost")
    assert {found[word] for word in ("one", "two", "three", "four")} == {"in"}


def test_several_tags_are_all_carried(tree):
    assert kept(tree, "gotcha", "cost") == ["five"]


def test_sections_with_nothing_left_are_out_but_not_those_above_others(tree):
    narrow(tree.walk(), ["gotcha"])
    assert {node.section.title: node.is_out for node in tree.walk()} == {
        "A": False,
        "B": False,
        "C": False,
        "D": True,
    }


def test_it_counts_what_carries_the_tags_and_not_what_stays_with_it(tree):
    found = narrow(tree.walk(), ["gotcha"])
    assert (found.shown, found.total) == (3, 8)


def test_a_toggle_tells_how_many_would_stay(tree):
    def counts(*chosen):
        found = narrow(tree.walk(), chosen).toggles
        return [(toggle.tag.slug, toggle.count, toggle.is_on) for toggle in found]

    assert counts() == [("gotcha", 3, False), ("cost", 2, False)]
    assert counts("cost") == [("gotcha", 1, False), ("cost", 2, True)]


def test_only_tags_that_occur_can_be_chosen(tree):
    factories.legend_tag("tip", "🔹")
    slugs = {toggle.tag.slug for toggle in narrow(tree.walk()).toggles}
    assert slugs == {"gotcha", "cost"}
    assert LegendTag.objects.count() == 3


@pytest.mark.parametrize("chosen", [["nothing"], ["gotcha", "nothing"], ["❗"], ["x" * 5000]])
def test_a_tag_that_nothing_carries_leaves_nothing(tree, chosen):
    assert kept(tree, *chosen) == []
    assert all(node.is_out for node in tree.walk())


def test_the_same_tag_twice_is_one(tree):
    assert narrow(tree.walk(), ["gotcha", "gotcha"]).chosen == ["gotcha"]


def test_more_than_five_tags_leave_nothing_and_say_so(tree):
    found = narrow(tree.walk(), ["gotcha", *"abcde"])
    assert (found.shown, found.too_many) == (0, "Choose at most 5 tags.")


def test_the_choice_can_stand_in_an_address(tree):
    assert narrow(tree.walk(), ["a&b", "cost"]).query == "tag=a%26b&tag=cost"


def test_hidden_ones_can_be_left_out_altogether(tree):
    narrow(tree.walk(), ["gotcha"])
    shown = without_hidden(tree.by_slug["a"].entries)
    assert [entry.pk for entry, _ in lines(shown)] == [
        entry.pk for entry, _ in lines(shown) if not entry.is_out
    ]
    assert len(list(lines(shown))) == 4


def test_a_guide_of_nothing_narrows_to_nothing():
    found = narrow([], ["gotcha"])
    assert (found.shown, found.total, found.toggles) == (0, 0, [])
