"""The sections of the guide as a tree."""

import pytest

from entries.models import GAP
from entries.reading import tree
from entries.reading.tree import Tree
from tests import factories
from tests.entries.guides import imported

pytestmark = pytest.mark.django_db


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
    assert (Tree().roots, Tree().chapters, list(Tree().walk())) == ([], [], [])


def test_a_subtree_is_a_section_with_all_below_it():
    imported("# A\n## B\n### C\n## D\n# E\n- x\n")
    nodes = Tree().by_slug
    assert tree.subtree(nodes["b"].section) == [nodes["b"].section.pk, nodes["c"].section.pk]
    assert len(tree.subtree(nodes["a"].section)) == 4


def test_a_section_of_hand_made_contents_is_not_in_the_tree():
    imported("# A\n- x\n## Contents\n- [A](#a)\n## Empty\n## Table of contents\n### B\n- x\n")
    titles = [node.section.title for node in Tree().walk()]
    assert titles == ["A", "Empty", "Table of contents", "B"]
