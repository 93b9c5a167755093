"""Headings of a Markdown guide become sections."""

import pytest

from tests.entries.guides import entries, parse, source_of


def outline(text, **options):
    return [(section.level, section.title) for section in parse(text, **options).sections]


def anchors(text):
    return [section.anchor for section in parse(text).sections]


def test_both_styles_of_headings_are_read():
    text = "Guide\n=====\n\n# S3 #\n\nBasics\n---\n\n### Tips ###\n\n\n   ###### Deep\n"
    assert outline(text) == [(1, "Guide"), (1, "S3"), (2, "Basics"), (3, "Tips"), (6, "Deep")]


def test_a_heading_may_take_several_lines():
    assert outline("An open\nguide\n=====\n") == [(1, "An open guide")]


@pytest.mark.parametrize("text", ["#S3\n- b", "####### S3\n- b", "    # S3\n\n- b", "\\# S3\n- b"])
def test_what_only_looks_like_a_heading_is_text(text):
    assert outline(text) == [(1, "Guide")]


def test_a_heading_within_a_bullet_or_quote_is_text():
    guide = parse("# S3\n- # Loud\n\n> # Quoted\n")
    assert [section.title for section in guide.sections] == ["S3"]
    assert [entry.body for entry in guide.walk()] == ["# Loud", "> # Quoted"]


def test_skipped_levels_stay_as_they_are():
    assert outline("# A\n#### B\n## C\n###### D\n") == [(1, "A"), (4, "B"), (2, "C"), (6, "D")]


def test_the_title_is_what_a_reader_sees():
    text = "## [The `s3` *service*](#x) &amp; <a name='y'></a>![its logo](z.png) \\*\n"
    assert outline(text) == [(2, "The s3 service & its logo *")]


@pytest.mark.parametrize(
    ("heading", "anchor"),
    [
        ("Route 53", "route-53"),
        ("Why an Open Guide?", "why-an-open-guide"),
        ("Tips & “tricks”", "tips--tricks"),
        (
            "VPCs, Network Security, and Security Groups",
            "vpcs-network-security-and-security-groups",
        ),
        ("Zoë’s_Guide", "zoës_guide"),
        ("🔹 Tips", "-tips"),
        ("☑️ Done", "\ufe0f-done"),
        ("हिन्दी में", "हिन्दी-में"),
        ("日本語", "日本語"),
    ],
)
def test_the_anchor_is_what_github_makes(heading, anchor):
    assert anchors(f"# {heading}\n") == [anchor]


def test_headings_of_the_same_text_are_counted_as_github_does():
    text = "# Tips\n## Tips\n### tips!\n# Other\n## Tips\n"
    assert anchors(text) == ["tips", "tips-1", "tips-2", "other", "tips-3"]


def test_headings_of_signs_alone_take_no_anchor_from_others():
    assert anchors("# 🎉\n## Section\n## 🎉\n") == ["", "section", "-1"]


def test_signs_of_a_heading_are_tags_and_leave_the_title():
    (section,) = parse("## ❗️ Costs 💸 and ❗ more\n").sections
    assert section.title == "Costs and more"
    assert section.signs == ["❗", "💸"]


def test_a_heading_of_nothing_but_a_sign_keeps_it():
    (section,) = parse("## 🔹\n").sections
    assert (section.title, section.signs) == ("🔹", ["🔹"])


def test_an_empty_heading_has_the_same_name_wherever_it_stands():
    assert outline("# A\n\n##\n- b\n\n#\n") == [
        (1, "A"),
        (2, "Section without a title"),
        (1, "Section without a title"),
    ]


def test_a_very_long_heading_keeps_its_first_300_characters():
    text = f"# {'x' * 1000}\n"
    assert outline(text) == [(1, "x" * 300)]
    assert source_of(parse(text)) == text


def test_what_stands_before_any_heading_gets_a_section_of_the_files_name():
    guide = parse("Welcome.\n\n- b\n\n# S3\n- c\n", name="guide-aws")
    assert [section.title for section in guide.sections] == ["guide-aws", "S3"]
    assert [len(section.entries) for section in guide.sections] == [2, 1]


def test_a_guide_without_headings_is_one_section():
    assert outline("- one\n- two\n", name="notes") == [(1, "notes")]


def test_pictures_before_the_title_go_with_it():
    text = "[![Badge](a.png)](b) ![Logo](c.png)\n\n![Banner](d.png)\n\n# Guide\n- e\n"
    guide = parse(text)
    assert [section.title for section in guide.sections] == ["Guide"]
    assert guide.sections[0].verbatim == text.removesuffix("- e\n")
    assert guide.notes == [(1, "pictures before the title")]


def test_words_before_the_title_are_no_banner():
    text = "![Logo](c.png) by us\n\n# Guide\n"
    assert outline(text) == [(1, "Guide"), (1, "Guide")]
    assert [entry.kind for entry in entries(text)] == ["paragraph"]


def test_lines_are_counted_from_one():
    guide = parse("\n\nGuide\n=====\n\n- one\n  - two\n\n## Next\ntext\n")
    assert [section.line for section in guide.sections] == [3, 9]
    assert [entry.line for entry in guide.walk()] == [6, 7, 10]
