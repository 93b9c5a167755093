"""Lists of a Markdown guide become nested entries."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.entries.guides import entries, only, parse, shape


def lists(text):
    """The entries of a guide of one section, as `shape` shows them."""
    (section,) = parse(text).sections
    return shape(section.entries)


SEVEN = [
    (
        "bullet",
        "1",
        [
            (
                "bullet",
                "2",
                [("bullet", "3", [("bullet", "4", [("bullet", "5", [("bullet", "6", ["7"])])])])],
            )
        ],
    )
]


@pytest.mark.parametrize("step", ["\t", "  ", "    "])
def test_bullets_nest_seven_deep(step):
    marker = "-\t" if step == "\t" else "-" + " " * (len(step) - 1)
    assert lists("".join(f"{step * depth}{marker}{depth + 1}\n" for depth in range(7))) == SEVEN


@pytest.mark.parametrize(
    "text",
    [
        "- a\n- b\n  - c\n- d\n",
        "* a\n* b\n    * c\n* d\n",
        "-\ta\n-\tb\n\t-\tc\n-\td\n",
        "  +   a\n  +   b\n      + c\n  +   d\n",
        "- a\n\n- b\n\n  - c\n\n\n- d",
        "- a\n- b\n \t* c\n- d\n",
        "- a\r\n- b\r\n  - c\r\n- d\r\n",
        "- a\r- b\r  - c\r- d",
    ],
)
def test_any_marker_and_indentation_gives_the_same_tree(text):
    assert lists(text) == ["a", ("bullet", "b", ["c"]), "d"]


def test_another_marker_starts_another_list_and_loses_nothing():
    assert lists("- a\n* b\n+ c\n") == ["a", "b", "c"]


def test_numbered_items_are_steps():
    assert lists("1. a\n2. b\n   1) c\n   2) d\n10. e\n") == [
        ("step", "a", []),
        ("step", "b", [("step", "c", []), ("step", "d", [])]),
        ("step", "e", []),
    ]


def test_steps_and_bullets_mix():
    assert lists("- a\n  1. b\n     - c\n- d\n") == [
        ("bullet", "a", [("step", "b", ["c"])]),
        "d",
    ]


def test_an_item_keeps_its_own_blocks_as_its_text():
    text = "- one\n  goes on\nlazily\n\n  *More*.\n\n  > quoted\n\n  | a |\n  |---|\n  | b |\n"
    body = "one\ngoes on\nlazily\n\n*More*.\n\n> quoted\n\n| a |\n|---|\n| b |"
    assert only(text).body == body


@pytest.mark.parametrize(
    "text",
    [
        "- Run:\n  ```sh\n  aws s3 ls\n    --all\n\n  done\n  ```\n",
        "-\tRun:\n\t```sh\n\taws s3 ls\n\t  --all\n\n\tdone\n\t```\n",
        "1.  Run:\n    ```sh\n    aws s3 ls\n      --all\n\n    done\n    ```\n",
    ],
)
def test_code_in_an_item_keeps_its_own_indentation(text):
    assert only(text).body == "Run:\n```sh\naws s3 ls\n  --all\n\ndone\n```"


def test_dashes_within_code_are_no_items():
    assert only("- Run:\n\n      - a\n        - b\n").body == "Run:\n\n    - a\n      - b"


def test_what_follows_a_nested_list_becomes_a_child_too():
    text = "- a\n  - b\n\n  after\n\n  ```\n  code\n  ```\n  - c\n- d\n"
    assert lists(text) == [
        ("bullet", "a", ["b", ("paragraph", "after", []), ("code", "```\ncode\n```", []), "c"]),
        "d",
    ]


def test_an_empty_item_is_kept_and_reported():
    guide = parse("# A\n- a\n-\n- \t\n1.\n- b\n")
    assert [(entry.kind, entry.is_listed) for entry in guide.walk()] == [
        ("bullet", True),
        ("kept", True),
        ("kept", True),
        ("kept", True),
        ("bullet", True),
    ]
    assert guide.notes == [(line, "an empty bullet") for line in (3, 4, 5)]


def test_an_item_may_begin_on_its_second_line():
    assert lists("-\n  one\n  two\n- three\n") == ["one\ntwo", "three"]


@pytest.mark.parametrize("text", ["- - x\n", "- 1. x\n", "- - - x\n  - y\n", "* - x\n\n  y\n"])
def test_a_list_that_begins_on_its_items_line_stays_in_one_entry(text):
    (entry,) = entries(text)
    assert (entry.kind, entry.children) == ("bullet", [])
    assert entry.body == text.strip()[2:].replace("\n  ", "\n")


@pytest.mark.parametrize("body", ["[ ] to do", "[x] done", "**bold**", "—", "\\- no", "-- x", "!"])
def test_text_after_the_marker_is_left_alone(body):
    assert only(f"- {body}\n").body == body


@pytest.mark.parametrize("space", ["\x0c", "\u2028", "\u2029", "\x85", "\x0b", "\x1c", "\xa0"])
def test_only_line_ends_end_a_line(space):
    assert lists(f"- a{space}- b\n- c\n") == [f"a{space}- b", "c"]


def test_a_list_ends_at_a_heading():
    guide = parse("# A\n- a\n## B\n  - b\n")
    assert [shape(section.entries) for section in guide.sections] == [["a"], ["b"]]


trees = st.recursive(
    st.just([]), lambda below: st.lists(below, min_size=1, max_size=3), max_leaves=12
)


def written(tree, step, marker, depth=0, path="x"):
    """A list of that shape, each item with its path as its text, and what it should become."""
    text, found = "", []
    for number, below in enumerate(tree):
        body = f"{path}{number}"
        lines, children = written(below, step, marker, depth + 1, body)
        text += f"{step * depth}{marker}{body}\n{lines}"
        found.append(("bullet", body, children) if children else body)
    return text, found


@settings(max_examples=40, deadline=None)
@given(trees, st.sampled_from([("\t", "-\t"), ("  ", "* "), ("    ", "+   "), ("   ", "-  ")]))
def test_a_list_of_any_shape_is_read_as_that_tree(tree, style):
    text, expected = written(tree, *style)
    assert lists(f"# A\n\n{text}") == expected
