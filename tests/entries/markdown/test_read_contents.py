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
