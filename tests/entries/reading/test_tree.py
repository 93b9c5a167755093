"""The guide as a tree: sections, entries in order, lists, what is shown."""

import pytest

from entries.models import GAP, Entry
from entries.reading import tree
from entries.reading.tree import Tree
from tests import factories
from tests.entries.guides import imported

pytestmark = pytest.mark.django_db


def filled():
    """The whole tree with its entries."""
    found = Tree()
    found.fill(found.walk())
    return found


def shown(nodes):
    """Per section: its title and the lines of its entries, deeper ones indented."""
    return {
        node.section.title: ["  " * depth + entry.body for entry, depth in tree.lines(node.entries)]
        for node in nodes
    }


def test_sections_come_in_the_order_of_the_guide():
    imported("# Z\n## B\n### C\n## A\n# Y\n- x\n")
    assert [node.section.title for node in Tree().walk()] == ["Z", "B", "C", "A", "Y"]


def test_order_is_the_position_not_the_age():
    last = factories.section("Last", position=3 * GAP)
    factories.section("First", position=GAP)
    factories.section("Second", position=2 * GAP, parent=last)
    assert [node.section.title for node in Tree().walk()] == ["First", "Last", "Second"]


def test_depth_level_and_path_tell_where_a_section_stands():
    imported("# A\n## B\n### C\n#### D\n##### E\n###### F\n- x\n")
    nodes = list(Tree().walk())
    assert [node.depth for node in nodes] == [0, 1, 2, 3, 4, 5]
    assert [node.level for node in nodes] == [2, 2, 3, 4, 5, 6]
    assert [node.section.title for node in nodes[-1].path] == ["A", "B", "C", "D", "E"]
    assert nodes[0].path == []


def test_headings_never_go_below_the_sixth_rank():
    section = None
    for _ in range(9):
        section = factories.section(parent=section)
    assert max(node.level for node in Tree().walk()) == 6


@pytest.mark.parametrize(
    ("text", "chapters"),
    [
        ("# Guide\n## S3\n### Tips\n## EC2\n- x\n", ["S3", "EC2"]),
        ("# S3\n## Tips\n# EC2\n- x\n", ["S3", "EC2"]),
        ("# Guide\n- x\n", ["Guide"]),
    ],
)
def test_chapters_are_below_the_title_or_are_the_roots(text, chapters):
    imported(text)
    assert [node.section.title for node in Tree().chapters] == chapters


def test_an_empty_guide_is_an_empty_tree():
    assert (filled().roots, filled().chapters, list(Tree().walk())) == ([], [], [])


def test_entries_nest_in_their_order():
    imported("# A\n- 1\n  - 2\n    - 3\n  - 4\n\n  five\n- 6\n# B\n- 7\n")
    assert shown(filled().walk()) == {"A": ["1", "  2", "    3", "  4", "  five", "6"], "B": ["7"]}


def test_only_the_asked_for_sections_are_filled():
    imported("# A\n- 1\n# B\n- 2\n")
    found = Tree()
    found.fill([found.by_slug["b"]])
    assert shown(found.walk()) == {"A": [], "B": ["2"]}


def test_retired_entries_are_not_shown():
    imported("# A\n- 1\n  - 2\n- 3\n")
    factories.retire(Entry.objects.get(body="1"))
    assert shown(filled().walk()) == {"A": ["3"]}


def test_what_is_kept_for_the_export_is_not_shown():
    imported("# A\n- [B](#b)\n- [C](#c)\n- [D](#d)\n\nwords\n\n[Back to top](#a)\n")
    assert shown(filled().walk()) == {"A": ["words"]}


def test_a_section_of_hand_made_contents_is_not_in_the_tree():
    imported("# A\n- x\n## Contents\n- [A](#a)\n## Empty\n## Table of contents\n### B\n- x\n")
    titles = [node.section.title for node in filled().walk()]
    assert titles == ["A", "Empty", "Table of contents", "B"]


def test_tags_come_in_the_order_of_the_legend():
    factories.legend_tag("tip", "🔹", position=2 * GAP)
    factories.legend_tag("gotcha", "❗", position=GAP)
    imported("# A 🔹❗\n- 🔹❗ 1\n- 2\n")
    (node,) = filled().roots
    signs = [[tag.sign for tag in row.shown_tags] for row in (node.section, *node.entries)]
    assert signs == [["❗", "🔹"], ["❗", "🔹"], []]


def test_an_entry_knows_what_is_above_and_in_it():
    imported("# A\n- 1\n  - 2\n    - 3\n      - 4\n    - 5\n- 6\n")
    found, above = tree.family(Entry.objects.get(body="2"))
    assert [entry.body for entry in above] == ["1"]
    assert [entry.body for entry, _ in tree.lines(found.nested)] == ["3", "4", "5"]


def test_a_retired_entry_is_shown_in_its_old_place():
    imported("# A\n- 1\n  - 2\n    - 3\n")
    factories.retire(Entry.objects.get(body="2"))
    found, above = tree.family(Entry.objects.get(body="2"))
    assert ([entry.body for entry in above], found.nested) == (["1"], [])


def runs(node):
    """Its entries as the page lists them: (tag, texts)."""
    return [(tag, [entry.body for entry in entries]) for tag, entries in node.runs]


def test_neighbours_of_one_kind_of_list_stand_together():
    imported("# A\n- 1\n* 2\n\n1. 3\n2. 4\n\nfive\n\nsix\n\n- 7\n")
    (node,) = filled().roots
    assert runs(node) == [
        ("ul", ["1", "2"]),
        ("ol", ["3", "4"]),
        ("", ["five", "six"]),
        ("ul", ["7"]),
    ]


def test_nested_entries_have_runs_of_their_own():
    imported("# A\n- 1\n  - 2\n  1. 3\n- 4\n")
    (node,) = filled().roots
    ((_, (first, last)),) = node.runs
    assert [(tag, [e.body for e in found]) for tag, found in first.runs] == [
        ("ul", ["2"]),
        ("ol", ["3"]),
    ]
    assert not last.runs


def test_what_is_retired_between_them_does_not_part_a_list():
    imported("# A\n- 1\n\ntwo\n\n- 3\n")
    factories.retire(Entry.objects.get(body="two"))
    assert runs(filled().roots[0]) == [("ul", ["1", "3"])]


def test_a_subtree_is_a_section_with_all_below_it():
    imported("# A\n## B\n### C\n## D\n# E\n- x\n")
    nodes = Tree().by_slug
    assert tree.subtree(nodes["b"].section) == [nodes["b"].section.pk, nodes["c"].section.pk]
    assert len(tree.subtree(nodes["a"].section)) == 4


@pytest.mark.parametrize("size", [1, 30])
def test_the_number_of_queries_does_not_grow(django_assert_max_num_queries, size):
    factories.legend_tag("gotcha", "❗")
    imported("".join(f"# S{n} ❗\n- ❗ a\n  - ❗ b\n" for n in range(size)))
    with django_assert_max_num_queries(4):
        found = filled()
        total = [entry for node in found.walk() for entry, _ in tree.lines(node.entries)]
    assert len(total) == 2 * size
