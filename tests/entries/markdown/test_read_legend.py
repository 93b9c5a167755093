"""Legend signs of a Markdown guide: which it has, and which entry carries which."""

import pytest

from tests.entries.guides import entries, only, parse

LEGEND = """# Guide

- Legend:
  - 🔹 Important tip
  - ❗️ Gotcha or warning (where risks are significant)
  - ⛓ “Lock-in”: likely to bind you
- Scope
"""


def signs(text, known=()):
    return [entry.signs for entry in entries(text, signs=known)]


def test_a_legend_bullet_names_the_signs_of_the_guide():
    assert [line[:2] for line in parse(LEGEND, signs=()).legend] == [
        ("🔹", "Important tip"),
        ("❗", "Gotcha or warning (where risks are significant)"),
        ("⛓", "“Lock-in”: likely to bind you"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "# Legend\n\n- 🔹 Tip\n",
        "### LEGEND:\n🔹 Tip\n",
        "- **Legend**\n  - 🔹 Tip\n",
        "Legend:\n\n* 🔹 **Tip**\n",
    ],
)
def test_a_legend_may_be_a_heading_a_bullet_or_a_paragraph(text):
    assert [line[:2] for line in parse(text, signs=()).legend] == [("🔹", "Tip")]


@pytest.mark.parametrize(
    "text",
    [
        "# Signs\n- 🔹 Tip\n",
        "- Legendary\n  - 🔹 Tip\n",
        "# Legend\n- Tip 🔹\n- 🔹\n- 🔹🔸 Both\n- A tip\n- 1 Tip\n",
        "# Legend\n## Next\n- 🔹 Tip\n",
        "- Deep\n  - Legend:\n- 🔹 Tip\n",
        "```\nLegend:\n```\n- 🔹 Tip\n",
    ],
)
def test_signs_elsewhere_are_no_legend(text):
    assert parse(text, signs=()).legend == []


def test_the_signs_of_its_own_legend_are_read_in_the_whole_guide():
    text = "- ⛓ Bound\n\n# S3 ⛓\n\n# Legend\n- ⛓ Lock-in\n"
    assert signs(text) == [["⛓"], []]
    assert [section.signs for section in parse(text, signs=()).sections] == [[], ["⛓"], []]


def test_unknown_signs_are_text():
    entry = only("- 🦄 Magic\n")
    assert (entry.body, entry.signs) == ("🦄 Magic", [])


@pytest.mark.parametrize(
    ("item", "body", "found"),
    [
        ("🔹 Tip", "Tip", ["🔹"]),
        ("🔹Tip", "Tip", ["🔹"]),
        ("❗️ Gotcha", "Gotcha", ["❗"]),
        ("❗\ufe0f❗ 🔹\ufe0f\t💸Text", "Text", ["❗", "🔹", "💸"]),
        ("🔹 **Bold:** text", "**Bold:** text", ["🔹"]),
        ("**🔹 Bold:** text", "**🔹 Bold:** text", ["🔹"]),
        ("Text with 💸 inside", "Text with 💸 inside", ["💸"]),
        ("🔹 Text with 💸 and 🔹 inside", "Text with 💸 and 🔹 inside", ["🔹", "💸"]),
        ("🔹 ❗", "🔹 ❗", ["🔹", "❗"]),
        ("No sign", "No sign", []),
    ],
)
def test_signs_are_tags_and_leave_the_text_where_they_lead_it(item, body, found):
    entry = only(f"- {item}\n")
    assert (entry.body, entry.signs) == (body, found)


def test_signs_of_a_nested_entry_are_its_own():
    assert signs("- a\n  - 🔹 b\n- ❗ c\n", known="🔹❗") == [[], ["🔹"], ["❗"]]


def test_paragraphs_and_tables_carry_signs_but_code_does_not():
    text = "# A\n🔹 words\n\n| ❗ |\n|---|\n\n```\n❗\n```\n"
    assert signs(text, known="🔹❗") == [["🔹"], ["❗"], []]


def test_a_known_sign_need_not_be_in_the_legend():
    assert signs("- 🔹 a\n- 🔸 b\n", known=["🔸"]) == [[], ["🔸"]]
