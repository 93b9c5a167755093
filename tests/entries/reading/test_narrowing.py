"""Which entries of a page stay under chosen legend tags."""

import pytest

from entries.models import LegendTag
from entries.reading.lines import walk
from entries.reading.narrowing import narrow, without_hidden
from entries.reading.parts import section_parts
from entries.reading.tag_choice import TagChoice
from entries.reading.tree import Tree
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
def parts():
    """The sections of the guide with their entries."""
    factories.legend_tag("cost", "💸", position=2)
    factories.legend_tag("gotcha", "❗", position=1)
    imported(GUIDE, signs=["💸", "❗"])
    return section_parts(Tree().walk())


def marks(parts, *chosen):
    """{body: how it is marked} after narrowing to `chosen`, as the page shows them."""
    found = {}
    for part in narrow(parts, TagChoice(chosen)).parts:
        for line, _ in walk(part.lines):
            word = line.row.body_html.removeprefix("<p>").removesuffix("</p>\n").strip()
            found[word] = "out" if line.is_out else "above" if line.is_above else "in"
    return found


def kept(parts, *chosen):
    return [word for word, mark in marks(parts, *chosen).items() if mark != "out"]


def hidden(parts, *chosen):
    """Titles of the sections that are hidden, as the page and its contents mark them."""
    found = narrow(parts, TagChoice(chosen))
    marked = [part.node for part in found.parts if part.is_out]
    assert found.hidden == set(marked)
    return [node.section.title for node in marked]


def test_nothing_is_hidden_when_nothing_is_chosen(parts):
    assert set(marks(parts).values()) == {"in"}
    assert hidden(parts) == []


def test_those_that_carry_the_tag_stay_with_what_is_nested_in_them_and_what_is_above(parts):
    assert kept(parts, "gotcha") == ["one", "two", "three", "five", "seven"]


def test_what_is_above_is_only_context(parts):
    found = marks(parts, "gotcha")
    assert (found["one"], found["two"], found["three"]) == ("above", "in", "in")


def test_what_is_below_one_that_carries_the_tag_is_no_context(parts):
    found = marks(parts, "cost")
    assert {found[word] for word in ("one", "two", "three", "four")} == {"in"}


def test_several_tags_are_all_carried(parts):
    assert kept(parts, "gotcha", "cost") == ["five"]


def test_sections_with_nothing_left_are_out_but_not_those_above_others(parts):
    assert hidden(parts, "gotcha") == ["D"]


def test_the_title_of_the_guide_stays_only_for_entries_of_its_own():
    factories.legend_tag("gotcha", "❗")
    imported("# Guide\n- ❗ one\n## A\n- ❗ two\n## B\n- three\n", signs=["❗"])
    assert hidden(section_parts(Tree().walk()), "gotcha") == ["B"]
    imported("# Guide\n- one\n## A\n- ❗ two\n## B\n- three\n", signs=["❗"])
    assert hidden(section_parts(Tree().walk()), "gotcha") == ["Guide", "B"]


def test_narrowing_leaves_the_parts_that_it_was_given(parts):
    assert kept(parts, "gotcha") != kept(parts)
    assert set(marks(parts).values()) == {"in"}


def test_it_counts_what_carries_the_tags_and_not_what_stays_with_it(parts):
    found = narrow(parts, TagChoice(("gotcha",)))
    assert (found.shown, found.total) == (3, 8)


def test_a_toggle_tells_how_many_would_stay(parts):
    def counts(*chosen):
        found = narrow(parts, TagChoice(chosen)).toggles
        return [(toggle.tag.slug, toggle.count, toggle.is_on) for toggle in found]

    assert counts() == [("gotcha", 3, False), ("cost", 2, False)]
    assert counts("cost") == [("gotcha", 1, False), ("cost", 2, True)]


def test_only_tags_that_occur_can_be_chosen(parts):
    factories.legend_tag("tip", "🔹")
    slugs = {toggle.tag.slug for toggle in narrow(parts).toggles}
    assert slugs == {"gotcha", "cost"}
    assert LegendTag.objects.count() == 3


@pytest.mark.parametrize("chosen", [["nothing"], ["gotcha", "nothing"], ["❗"], ["x" * 5000]])
def test_a_tag_that_nothing_carries_leaves_nothing(parts, chosen):
    assert kept(parts, *chosen) == []
    assert hidden(parts, *chosen) == ["A", "B", "C", "D"]


def test_more_than_five_tags_leave_nothing_and_say_so(parts):
    found = narrow(parts, TagChoice(("gotcha", *"abcde")))
    assert (found.shown, found.choice.too_many) == (0, "Choose at most 5 tags.")


def test_hidden_ones_can_be_left_out_altogether(parts):
    first = narrow(parts, TagChoice(("gotcha",))).parts[0]
    stay = [line.row.pk for line, _ in walk(first.lines) if not line.is_out]
    assert len(stay) == 4
    assert [line.row.pk for line, _ in walk(without_hidden(first.lines))] == stay


def test_a_guide_of_nothing_narrows_to_nothing():
    found = narrow([], TagChoice(("gotcha",)))
    assert (found.shown, found.total, found.toggles) == (0, 0, [])
