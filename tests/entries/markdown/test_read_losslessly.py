"""Nothing of a file is lost, and nothing but NotAGuide is ever raised."""

from contextlib import suppress

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from entries.markdown.reader import NotAGuide, decode
from tests.entries.guides import markdown_like, parse, source_of

TRAPS = """\ufeff![Logo](a.png)\r
\r
Guide\r
=====\r
\r
[x]: http://example.org "Docs"\r
- [One](#one)\r
\t- [Two](#two)\r
- [Three](#three)\r
\r
## One\r
-\ta\x0cb\u2028c\r- d\n-
  - e [x]

    after

        code
1. f

   ```
   - g
   ```
* - h
<div>
- i
</div>

| j | k |
|---|---|
| l |

> - m
lazy
<!-- n

-->

#### \n####### o
- ❗\ufe0f p
---
q


[Back to top](#guide)

  \t"""


def check(text):
    """Every line belongs to exactly one section or entry, and their line numbers ascend."""
    guide = parse(text)
    assert source_of(guide) == text
    numbers = [owner.line for section in guide.sections for owner in (section, *section.walk())]
    assert numbers == sorted(numbers)
    assert all(entry.body for entry in guide.walk())
    assert all(0 < len(section.title) <= 300 for section in guide.sections)


def test_a_guide_with_every_trap_is_read_whole():
    check(TRAPS)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_line_end_is_kept(end):
    check(TRAPS.replace("\r\n", "\n").replace("\r", "\n").replace("\n", end))


@pytest.mark.parametrize(
    "text",
    [
        "# A",
        "#",
        "-",
        "\ufeff# A",
        "\n\n\n# A\n\n\n",
        "# A\n" + "".join(f"{'  ' * depth}- {depth}\n" for depth in range(120)),
        "# A\n" + "- " * 2000 + "x",
        "# A\n" + "> " * 2000 + "x",
        "# A\n" + "![" * 300 + "x" + "](y)" * 300,
        "# A\n" + "*a _b" * 2000,
        "# A\n\n" + "<!-- " * 2000,
        "- " + "x " * 500_000,
        "# " + "x " * 500_000 + "\n- b",
        "# A\n\n| a |\n|---|\n| " + "x" * 1_000_000 + " |",
    ],
    ids=lambda text: text[:12] + str(len(text)),
)
def test_extreme_guides_are_read_whole(text):
    check(text)


@settings(max_examples=250, deadline=None)
@given(markdown_like)
@example(TRAPS)
def test_whatever_looks_like_markdown_is_read_whole_or_refused(text):
    with suppress(NotAGuide):
        check(text)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
@example(b"\xef\xbb\xbf# A")
@example(b"\xff\xfe#\0 \0A\0")
def test_any_bytes_are_read_whole_or_refused(data):
    with suppress(NotAGuide):
        text = decode(data)
        assert text.encode() == data
        check(text)


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n", "\ufeff".encode(), "\ufeff \n\u2028".encode()])
def test_an_empty_file_is_refused(data):
    with pytest.raises(NotAGuide, match=r"^The file is empty\.$"):
        decode(data)


@pytest.mark.parametrize(
    ("data", "place"),
    [
        ("Größe".encode("latin-1"), 3),
        ("# A".encode("utf-16"), 1),
        (b"# A\n\x89PNG\r\n\x1a\n\0\0", 5),
        (b"# A\n\xed\xa0\x80", 5),
    ],
)
def test_what_is_not_utf_8_is_refused_with_the_place(data, place):
    with pytest.raises(NotAGuide, match=rf"^The file is not UTF-8 text \(byte {place}\)\.$"):
        decode(data)


def test_a_file_that_no_memory_holds_is_refused():
    with pytest.raises(NotAGuide, match=r"^The file has more than 16 MB: split the guide\.$"):
        decode(b"# A\n" + b"- b\n" * 4_000_000)


def test_a_nul_character_is_refused_with_its_line():
    with pytest.raises(NotAGuide, match="NUL character in line 3"):
        decode(b"# A\n- b\n\0- c\n\0")


@pytest.mark.parametrize(
    "text",
    [
        "Only words.",
        "> - quoted\n> # quoted",
        "| a |\n|---|\n| - b |",
        "    - code\n    # code",
        "```\n# code\n- code\n",
        "<div>\n# html\n</div>",
        "[a]: http://example.org",
        "![Logo](a.png)",
        "***",
        "x" * 1_000_000,
    ],
    ids=lambda text: text[:12],
)
def test_a_text_without_heading_and_bullet_is_no_guide(text):
    with pytest.raises(NotAGuide, match="neither a heading nor a bullet"):
        parse(text)
