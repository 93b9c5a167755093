"""Hand-made navigation of a guide's file is kept for the export, not shown."""

import pytest

from tests.entries.guides import entries, parse, source_of

LIST = "- [One](#one)\n- [Two](#two)\n  - [Three](#three)\n"


def kept(text):
    return [entry.body for entry in entries(text) if entry.kind == "kept"]


def test_a_list_of_three_links_to_headings_is_a_table_of_contents():
    text = f"# Guide\n\n{LIST}\n## One\n- text\n"
    assert kept(text) == ["[One](#one)", "[Two](#two)", "[Three](#three)"]
    assert source_of(parse(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "- [One](#one)\n- [Two](#two)\n",
        f"{LIST}- [Four](http://example.org)\n",
        f"{LIST}- [Four](#four) and words\n",
        f"{LIST}- plain\n",
        "[One](#one)\n\n[Two](#two)\n\n[Three](#three)\n\n- b\n",
    ],
)
def test_other_lists_of_links_are_shown(text):
    assert kept(f"# Guide\n\n{text}") == []


@pytest.mark.parametrize(
    "title", ["Contents", "Table of Contents", "TABLE OF CONTENTS", "Contents "]
)
def test_all_of_a_section_of_that_name_is_kept(title):
    text = f"# {title}\n\nFind here:\n\n1. One\n   - [Two](#two)\n\n# One\n- b\n"
    assert kept(text) == ["Find here:", "One", "[Two](#two)"]


def test_the_next_section_is_shown_again():
    assert kept("# Contents\n- a\n## Of boxes\n- b\n# Contents of S3\n- c\n") == ["a"]


@pytest.mark.parametrize(
    "line", ["[Back to top](#guide)", "- [back to top ⬆](#guide)", "[Back to top of page](#)"]
)
def test_a_way_back_to_the_top_is_kept(line):
    assert len(kept(f"# Guide\n- a\n\nwords\n\n{line}\n")) == 1


@pytest.mark.parametrize(
    "line",
    [
        "[Back to top](http://example.org)",
        "Read on, or [back to top](#guide)",
        "[Back to S3](#s3)",
        "- [Back to top](#guide)\n- [S3](#s3)",
    ],
)
def test_other_links_are_shown(line):
    assert kept(f"# Guide\n\n{line}\n") == []


def test_what_is_kept_counts_as_a_bullet_still():
    found = entries(f"# Guide\n{LIST}")
    assert all(entry.is_listed for entry in found)
    assert len(found) == 3


CHAPTERS = "".join(f"## Part {n}\n\n- b\n\n" for n in range(1, 9))
BELOW = "### B\n- x\n### C\n- x\n### D\n- x\n"
NEXT = "- [Part 1](#part-1)\n- [Part 3](#part-3)\n- [Part 4](#part-4)\n"


@pytest.mark.parametrize(
    "text",
    [
        f"# Guide\n\n- a\n\n{CHAPTERS}## Where to go next\n\n{NEXT}",
        f"# Guide\n\n## Where to go next\n\n{NEXT}\n{CHAPTERS}",
        f"# Guide\n\n**Where to go next**\n\n{NEXT}\n{CHAPTERS}",
        f"# Guide\n\nGood places to begin:\n\n{NEXT}\n{CHAPTERS}",
        f"# Guide\n\n{NEXT.replace(')', '), if you are new')}\n{CHAPTERS}",
        f"# Guide\n\n## A\n\n- [D](#d)\n- [C](#c)\n- [B](#b)\n\n{BELOW}",
    ],
)
def test_a_list_of_links_that_is_content_is_shown(text):
    assert kept(text) == []


@pytest.mark.parametrize(
    "title",
    [
        *("目次", "目录", "목차", "Inhalt", "Sommaire", "Table des matières", "Содержание"),
        *("İçindekiler", "Índice", "فهرست", "المحتويات", "📖 Table of Contents", "Contents:"),
        *("TOC", "Spis treści", "תוכן עניינים"),
    ],
)
@pytest.mark.parametrize("form", ["## {}\n\n", "**{}**\n\n", "<summary>{}</summary>\n\n"])
def test_contents_have_their_name_in_any_language_and_form(title, form):
    listed = "- [Part 1](#part-1)\n- [Part 3](#part-3)\n"
    text = f"# Guide\n\n- a\n\n{form.format(title)}{listed}\n{CHAPTERS}"
    assert kept(text)[-2:] == ["[Part 1](#part-1)", "[Part 3](#part-3)"]
    assert source_of(parse(text)) == text


def test_words_below_such_a_name_that_is_not_english_are_content():
    assert kept("# Guide\n\n## Inhalt\n\n- Wasser\n- Salz\n\n**Index**\n\n- a\n") == []


@pytest.mark.parametrize(
    "item",
    [
        "- [Part {n}](#part-{n}) - how to begin",
        "- **[Part {n}](#part-{n})**",
        "{n}. [Part {n}](#part-{n})",
        "- 🚀 [Part {n}](#part-{n}): more",
        '- <a href="#part-{n}">Part {n}</a>',
    ],
)
def test_contents_below_the_title_may_have_words_and_signs_around_their_links(item):
    items = [item.format(n=n) for n in range(1, 9)]
    assert len(kept("# Guide\n\n" + "\n".join(items) + f"\n\n{CHAPTERS}")) == 8


def test_a_list_of_the_sections_below_is_navigation():
    text = f"# Guide\n- a\n\n## A\n\nIn here:\n\n- [B](#b)\n- [C](#c)\n- [D](#d)\n\n{BELOW}"
    assert kept(text) == ["[B](#b)", "[C](#c)", "[D](#d)"]


def test_a_list_that_carries_signs_of_the_legend_is_content():
    items = "".join(f"- [Part {n}](#part-{n}): ❗ mind\n" for n in range(1, 9))
    assert kept(f"# Guide\n\n{items}\n{CHAPTERS}") == []
