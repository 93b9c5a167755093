"""Sections and entries as pages show them: order, lists, tags, what is shown."""

import pytest

from entries.models import GAP, Entry
from entries.reading.lines import walk
from entries.reading.parts import family, section_parts
from entries.reading.tree import Tree
from tests import factories
from tests.entries.guides import imported

pytestmark = pytest.mark.django_db


def all_parts():
    """Every section of the guide with its entries."""
    return section_parts(Tree().walk())


def shown(parts):
    """Per section: its title and the source of its entries, deeper ones indented."""
    body = dict(Entry.objects.values_list("pk", "body"))
    return {
        part.section.title: ["  " * depth + body[line.row.pk] for line, depth in walk(part.lines)]
        for part in parts
    }


def test_entries_nest_in_their_order():
    imported("# A\n- 1\n  - 2\n    - 3\n  - 4\n\n  five\n- 6\n# B\n- 7\n")
    assert shown(all_parts()) == {"A": ["1", "  2", "    3", "  4", "  five", "6"], "B": ["7"]}


def test_only_the_sections_of_the_page_are_read():
    imported("# A\n- 1\n# B\n- 2\n")
    assert shown(section_parts([Tree().by_slug["b"]])) == {"B": ["2"]}


def test_retired_entries_are_not_shown():
    imported("# A\n- 1\n  - 2\n- 3\n")
    factories.retire(Entry.objects.get(body="1"))
    assert shown(all_parts()) == {"A": ["3"]}


def test_what_is_kept_for_the_export_is_not_shown():
    imported("# A\n- [B](#b)\n- [C](#c)\n- [D](#d)\n\nwords\n\n[Back to top](#a)\n")
    assert shown(all_parts()) == {"A": ["words"]}


def test_tags_come_in_the_order_of_the_legend():
    factories.legend_tag("tip", "🔹", position=2 * GAP)
    factories.legend_tag("gotcha", "❗", position=GAP)
    imported("# A 🔹❗\n- 🔹❗ 1\n- 2\n")
    (part,) = all_parts()
    signs = [[tag.sign for tag in shown.tags] for shown in (part, *part.lines)]
    assert signs == [["❗", "🔹"], ["❗", "🔹"], []]


def test_an_entry_knows_what_is_above_and_in_it():
    imported("# A\n- 1\n  - 2\n    - 3\n      - 4\n    - 5\n- 6\n")
    line, above = family(Entry.objects.get(body="2"))
    assert [entry.body for entry in above] == ["1"]
    assert [below.row.body for below, _ in walk(line.nested)] == ["3", "4", "5"]


def test_a_retired_entry_is_shown_in_its_old_place():
    imported("# A\n- 1\n  - 2\n    - 3\n")
    factories.retire(Entry.objects.get(body="2"))
    line, above = family(Entry.objects.get(body="2"))
    assert ([entry.body for entry in above], line.nested) == (["1"], ())


def runs(part):
    """Its entries as the page lists them: (tag, texts)."""
    return [(run.tag, [line.row.body for line in run.lines]) for run in part.runs]


def test_neighbours_of_one_kind_of_list_stand_together():
    imported("# A\n- 1\n* 2\n\n1. 3\n2. 4\n\nfive\n\nsix\n\n- 7\n")
    (part,) = all_parts()
    assert runs(part) == [
        ("ul", ["1", "2"]),
        ("ol", ["3", "4"]),
        ("", ["five", "six"]),
        ("ul", ["7"]),
    ]


def test_nested_entries_have_runs_of_their_own():
    imported("# A\n- 1\n  - 2\n  1. 3\n- 4\n")
    (part,) = all_parts()
    first, last = part.lines
    assert runs(first) == [("ul", ["2"]), ("ol", ["3"])]
    assert runs(last) == []


def test_what_is_retired_between_them_does_not_part_a_list():
    imported("# A\n- 1\n\ntwo\n\n- 3\n")
    factories.retire(Entry.objects.get(body="two"))
    assert runs(all_parts()[0]) == [("ul", ["1", "3"])]


@pytest.mark.parametrize("size", [1, 30])
def test_the_number_of_queries_does_not_grow(django_assert_max_num_queries, size):
    factories.legend_tag("gotcha", "❗")
    imported("".join(f"# S{n} ❗\n- ❗ a\n  - ❗ b\n" for n in range(size)))
    with django_assert_max_num_queries(4):
        total = [line for part in all_parts() for line, _ in walk(part.lines)]
    assert len(total) == 2 * size
