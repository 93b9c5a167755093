"""A few bullets as people type them into a form."""

import pytest

from entries.markdown import bullets
from entries.markdown.bullets import Bullet, NotBullets

LEGEND = {"❗": "gotcha", "🔹": "tip"}


def test_signs_in_front_of_a_bullet_become_its_tags():
    text = "- ❗ **Costs:** they add up.\n- 🔹 ❗ Ask first.\n* Plain."
    assert bullets.read(text, LEGEND) == [
        Bullet("**Costs:** they add up.", ("gotcha",)),
        Bullet("Ask first.", ("gotcha", "tip")),
        Bullet("Plain.", ()),
    ]


def test_a_bullet_may_have_several_lines():
    (bullet,) = bullets.read("- One\n  goes on.\n", LEGEND)
    assert bullet.body == "One\ngoes on."


@pytest.mark.parametrize(
    "written",
    [
        [Bullet("One.", ()), Bullet("Two.", ("tip",))],
        [Bullet("One\n\nmore.", ("gotcha",))],
        [Bullet('See [x].\n\n[x]: <http://e.example> "X"', ())],
        [Bullet("It costs ❗ here.", ("gotcha",)), Bullet("```\ncode\n\nmore\n```", ())],
    ],
)
def test_what_is_written_reads_the_same(written):
    assert bullets.read(bullets.as_list(written, LEGEND), LEGEND) == written


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "Begin each bullet"),
        ("A paragraph.", "Begin each bullet"),
        ("- One.\n\nA paragraph.", "Begin each bullet"),
        ("1. One.\n2. Two.", "Begin each bullet"),
        ("# A heading\n- One.", "no heading"),
        ("- One.\n  - Below it.", "Nested bullets"),
    ],
)
def test_anything_but_a_plain_list_is_refused_with_the_reason(text, reason):
    with pytest.raises(NotBullets, match=reason):
        bullets.read(text, LEGEND)


@pytest.mark.parametrize(
    ("first", "second", "both"),
    [
        ("One.", "**Two** ❗", "One. **Two** ❗"),
        ("One\ngoes on.", "Two.", "One\ngoes on. Two."),
        ("One:\n\n```\ncode\n```", "Two.", "One:\n\n```\ncode\n```\n\nTwo."),
        ("One.", "| a |\n|---|\n| b |", "One.\n\n| a |\n|---|\n| b |"),
        ("See [x].\n\n[x]: /x", "Two.", "See [x].\n\n[x]: /x\n\nTwo."),
    ],
)
def test_two_texts_are_joined_in_one_paragraph_where_they_are_prose(first, second, both):
    assert bullets.joined(first, second) == both
