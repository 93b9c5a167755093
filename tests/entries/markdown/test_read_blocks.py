"""Blocks of a Markdown guide that are no lists: paragraphs, tables, code, pictures, HTML."""

import pytest

from tests.entries.guides import entries, parse, source_of


def kinds(text):
    return [entry.kind for entry in entries(text)]


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("paragraph", "One line\nand *another*."),
        ("paragraph", "> Quoted.\n>\n> - not an entry"),
        ("paragraph", "> # Not a section\n> words\nlazy"),
        ("paragraph", "---"),
        ("table", "| a | b |\n|---|--:|\n| c | d \\| e |"),
        ("table", "a | b\n--|--\nragged\nc | d | e"),
        ("code", "```sh\n- aws s3 ls\n\n# not a heading\n```"),
        ("code", "~~~\n🔹 no tag\n~~~"),
        ("code", "```\nnever closed\n- b"),
        ("code", "    indented\n\n      deeper"),
        ("figure", "![Diagram](https://example.org/a.png)"),
        ("figure", "[![Diagram](a.png)](b.html)\n![Second](c.png)"),
        ("paragraph", "![Diagram](a.png) and words"),
        ("html", "<div>\n- not an entry\n</div>"),
        ("kept", "<!-- A comment\n\n# not a heading\n\n-->"),
        ("kept", '<a name="tips"></a>'),
        ("html", "<table>\n<tr><td>1</td></tr>\n</table>"),
    ],
)
def test_each_block_is_an_entry_of_its_kind(kind, body):
    guide = parse(f"# A\n\n{body}\n")
    assert [(entry.kind, entry.body) for entry in guide.walk()] == [(kind, body)]
    assert len(guide.sections) == 1


def test_blocks_keep_their_order_among_bullets():
    text = "# A\nwords\n- b\n\nmore\n\n| t |\n|---|\n\n- c\n***\n```\n```\n"
    assert kinds(text) == [
        *("paragraph", "bullet", "paragraph", "table", "bullet", "paragraph", "code"),
    ]


def test_a_block_of_html_is_reported_with_its_line():
    assert parse("# A\n\n<div>\nx\n</div>\n\n- b\n\n<br>\n").notes == [
        (3, "a block of HTML"),
        (9, "HTML without text: kept, not shown"),
    ]


def test_footnotes_are_entries_of_their_own():
    guide = parse("# A\n\n- Words[^1].\n\n[^1]: The note.\n\n    More.\n[^2]: b\n")
    assert [(entry.kind, entry.body) for entry in guide.walk()] == [
        ("bullet", "Words[^1]."),
        ("footnote", "[^1]: The note.\n\n    More."),
        ("footnote", "[^2]: b"),
    ]
    assert guide.notes == []


def test_an_indented_paragraph_loses_its_indentation_only():
    assert [entry.body for entry in entries("# A\n\n   one\n  two\n")] == ["one\ntwo"]


def test_link_definitions_are_entries_of_their_own_and_no_text():
    text = "[a]: /1\n\n# A\n- b [c]\n\n[c]: http://e.org\n[c]:\n  /2\n  'T'\n\n## C\n\n[d]: /3\n"
    guide = parse(text)
    assert [[(e.kind, e.body) for e in section.walk()] for section in guide.sections] == [
        [("definition", "[a]: /1")],
        [
            ("bullet", "b [c]"),
            ("definition", "[c]: http://e.org"),
            ("definition", "[c]:\n  /2\n  'T'"),
        ],
        [("definition", "[d]: /3")],
    ]
    assert source_of(guide) == text


def test_a_definition_inside_an_item_is_part_of_it_unless_it_stands_behind_nested_items():
    text = "- a [x]\n\n  [x]: /1\n- b\n  - c\n\n  [y]: /2\n- d\n"
    assert [(entry.kind, entry.body) for entry in entries(text)] == [
        ("bullet", "a [x]\n\n[x]: /1"),
        ("bullet", "b"),
        ("bullet", "c"),
        ("definition", "[y]: /2"),
        ("bullet", "d"),
    ]
    assert source_of(parse(text)) == text
