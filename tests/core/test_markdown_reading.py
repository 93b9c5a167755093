"""What other code learns from a source without rendering it: links, words, anchors."""

import pytest

from guide_site.core import markdown


@pytest.mark.parametrize(
    ("source", "targets"),
    [
        ("", []),
        ("no link", []),
        ("[a](#b) and [c](https://d.example)", ["#b", "https://d.example"]),
        ("<https://a.example>", ["https://a.example"]),
        ("[a]\n\n[a]: /b", ["/b"]),
        ("|a|\n|-|\n|[b](#c)|", ["#c"]),
        ("- a\n  - [b](#c)", ["#c"]),
        ("# [a](#b)", ["#b"]),
        (
            "[![b](https://c.example/d.svg)](https://e.example)",
            ["https://e.example", "https://c.example/d.svg"],
        ),
        ('<a href="/e"><img src="d.png"></a>', ["/e", "d.png"]),
        ("`[a](#b)`", []),
        ("    [a](#b)", []),
        ("[a](javascript:b)", []),
    ],
)
def test_the_targets_of_links_are_found_in_order(source, targets):
    assert markdown.link_targets(source) == targets


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("", ""),
        ("**a** _b_ `c` [d](/e) ~~f~~", "a b c d f"),
        ("one\ntwo  \nthree", "one two three"),
        ("one\n\ntwo", "one two"),
        ("- a\n- b", "a b"),
        ("|a|b|\n|-|-|\n|c|d|", "a b c d"),
        ("![alt](/a.png)", "alt"),
        ("a &amp; b", "a & b"),
        ("a<!-- hidden -->b", "ab"),
        ("  a \t b  ", "a b"),
        ("```\ncode\n```", "code"),
        ("# Title\n\ntext", "Title text"),
        ("replace <bucket> by yours", "replace <bucket> by yours"),
        ("a<br>b", "a b"),
        ("```\na\n```\n\nb", "a b"),
        ("a\n\n    code\n\nb", "a code b"),
        ("> a\n\nb", "a b"),
    ],
)
def test_plain_is_the_visible_words_on_one_line(source, words):
    assert markdown.plain(source) == words


@pytest.mark.parametrize(
    ("title", "anchor"),
    [
        ("S3", "s3"),
        ("S3 Basics", "s3-basics"),
        ("  S3 Basics ", "s3-basics"),
        ("What's new?", "whats-new"),
        ("Gotchas & limitations", "gotchas--limitations"),
        ("CI/CD: how-to_do", "cicd-how-to_do"),
        ("Größe", "größe"),
        ("日本語", "日本語"),
        ("❗", ""),
        ("❗\ufe0f Costs", "\ufe0f-costs"),
        ("☑️ Done", "\ufe0f-done"),
        ("👩‍💻 Work", "-work"),
        ("हिन्दी में", "हिन्दी-में"),
        ("Cafe\u0301", "cafe\u0301"),
        ("a‿b · x² ½ Ⅷ ٣", "a‿b--x--ⅷ-٣"),
        ("", ""),
    ],
)
def test_an_anchor_is_the_one_that_github_makes(title, anchor):
    assert markdown.anchor(title) == anchor
