"""Blocks of a Markdown guide that are no lists: paragraphs, tables, code, pictures, HTML."""

import pytest

from guide_site.core import markdown
from tests.entries.guides import entries, only, parse, source_of


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


def test_footnotes_stay_as_they_are_written_and_are_reported():
    guide = parse("# A\n\n- Words[^1].\n\n[^1]: The note.\n")
    assert [entry.body for entry in guide.walk()] == ["Words[^1].", "[^1]: The note."]
    assert guide.notes == [(5, "a footnote: shown as it is written")]


def test_an_indented_paragraph_loses_its_indentation_only():
    assert [entry.body for entry in entries("# A\n\n   one\n  two\n")] == ["one\ntwo"]


@pytest.mark.parametrize(
    ("text", "body"),
    [
        (
            "- See [the docs][s3].\n\n[s3]: http://e.org\n",
            "See [the docs][s3].\n\n[s3]: <http://e.org>",
        ),
        ("- See [S3].\n\n[s3]: <http://e.org>\n", "See [S3].\n\n[s3]: <http://e.org>"),
        ("[s3]: http://e.org (Docs)\n\n- [a][S3]\n", '[a][S3]\n\n[s3]: <http://e.org> "Docs"'),
        ("- [a][]\n\n[b]: http://e.org\n[A]: http://f.org\n", "[a][]\n\n[a]: <http://f.org>"),
        ("- a [ ] b\n\n[c]: http://e.org\n", "a [ ] b"),
    ],
)
def test_an_entry_brings_the_link_definitions_that_it_uses(text, body):
    assert only(text).body == body


def test_a_link_defined_elsewhere_works_in_the_entry_by_itself():
    text = "- [one][x y]\n  - [two][X\n    Y]\n\n# Links\n\n[x  y]: http://e.org/?a=b&c#d\n"
    for entry in entries(text):
        assert markdown.link_targets(entry.body) == ["http://e.org/?a=b&c#d"]


def test_definitions_belong_to_the_lines_of_what_is_before_them():
    text = "[a]: http://e.org\n\n# A\n- b\n\n[c]: http://e.org\n\n## C\n\n[d]: http://e.org\n"
    guide = parse(text)
    assert guide.sections[0].verbatim == "[a]: http://e.org\n\n# A\n"
    assert next(guide.walk()).verbatim == "- b\n\n[c]: http://e.org\n\n"
    assert source_of(guide) == text


def test_brackets_in_code_stay_brackets():
    assert only("- x\n\n[y]: http://e.org\n").body == "x"
    assert entries("```\n[y]\n```\n- x\n\n[y]: http://e.org\n")[0].body == "```\n[y]\n```"
