"""Lines of a file: their ends, margins and markers, and the frame around the text of an entry."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entries.markdown import source_lines
from entries.markdown.source_lines import Frame


@given(st.text(alphabet="a \t\n\r\u2028\x0c", max_size=30))
def test_lines_joined_are_the_text(text):
    lines = source_lines.split(text)
    assert "".join(lines) == text
    assert all(line.rstrip("\r\n") == line.strip("\r\n") for line in lines)


@pytest.mark.parametrize(
    ("text", "columns"), [("", 0), ("  ", 2), ("\t", 4), ("  \t", 4), ("\t ", 5), ("    \t", 8)]
)
def test_a_tab_goes_to_the_next_stop_of_four(text, columns):
    assert source_lines.width(text) == columns
    assert source_lines.indent(f"{text}x  ") == columns


@pytest.mark.parametrize(
    ("line", "columns", "rest"),
    [
        ("    x", 2, "  x"),
        ("\tx", 2, "  x"),
        ("\tx", 4, "x"),
        ("  x", 4, "x"),
        ("x", 4, "x"),
        ("\t\tx", 6, "  x"),
        ("   ", 8, ""),
    ],
)
def test_a_margin_is_taken_off_by_columns(line, columns, rest):
    assert source_lines.dedent(line, columns) == rest


@pytest.mark.parametrize(
    ("line", "marker", "rest"),
    [
        ("- a", "- ", "a"),
        ("  * a", "  * ", "a"),
        ("12) a", "12) ", "a"),
        ("-\ta", "-\t", "a"),
        ("-", "-", ""),
        ("-      a", "- ", "     a"),  # indented code
        ("-      ", "-      ", ""),
        ("no list", "", "no list"),
        ("1234567890. a", "", "1234567890. a"),
    ],
)
def test_a_marker_is_split_from_the_text(line, marker, rest):
    assert source_lines.split_marker(line) == (marker, rest)


def test_clean_leaves_no_blank_lines_around_and_one_kind_of_line_end():
    assert source_lines.clean("\r\n\r\na\r\n b\rc \n\n") == "a\n b\nc"


@pytest.mark.parametrize(
    ("source", "frame"),
    [
        ("- a\n", Frame(prefix="- ")),
        ("\n\n  1. a\n", Frame(head="\n\n", prefix="  1. ")),
        ("- ❗  a\n", Frame(prefix="- ", lead=("❗  ",))),
        ("- ❗\ufe0fa\n", Frame(prefix="- ", lead=("❗\ufe0f",))),
        ("- a\r\n\r\n", Frame(prefix="- ", eol="\r\n", tail="\r\n\r\n")),
        ("\ufeff- a", Frame(head="\ufeff", prefix="- ", tail="")),
        ("- a\n\n[x]: http://e.org\n", Frame(prefix="- ", tail="\n\n[x]: http://e.org\n")),
        ("- a\n[x]: http://e.org\n", Frame(prefix="- ")),  # a lazy line of the text
        ("[x]: http://e.org\n", Frame()),
    ],
)
def test_a_frame_is_what_stands_around_the_text(source, frame):
    is_listed = source.lstrip("\ufeff \n")[0] in "-1"
    assert Frame.around(source, is_listed=is_listed, signs=["❗"]) == frame


@pytest.mark.parametrize(
    ("frame", "body", "signs", "source"),
    [
        (Frame(prefix="- "), "a\nb", [], "- a\n  b\n"),
        (Frame(prefix="\t* "), "a\n\nb", [], "\t* a\n\n\t  b\n"),
        (Frame(prefix="- ", lead=("❗",)), "a", ["❗", "🔹"], "- ❗🔹a\n"),
        (Frame(prefix="10. ", eol="\r\n", tail="\r\n"), "a\nb", ["❗"], "10. ❗ a\r\n    b\r\n"),
        (Frame(head="\n", tail=""), "a", [], "\na"),
        (Frame(prefix="-"), "a", [], "- a\n"),
        (Frame(prefix="+   "), "    code\nb", [], "+     code\n  b\n"),
    ],
)
def test_a_text_is_put_into_a_frame(frame, body, signs, source):
    assert frame.enclose(body, signs) == source


@pytest.mark.parametrize(
    ("frame", "inner"), [("- ", "  - "), ("\t* ", "\t\t* "), ("1. ", "   1. "), ("  - ", "    - ")]
)
def test_what_is_nested_is_indented_as_the_list_is(frame, inner):
    assert Frame(head="\n", prefix=frame, tail="\n\n").inner() == Frame(prefix=inner)


@pytest.mark.parametrize(
    ("prefix", "numbered", "changed"),
    [("- ", True, "1. "), ("3. ", False, "- "), ("* ", False, "* "), ("3) ", True, "3) ")],
)
def test_another_kind_of_list_has_another_marker(prefix, numbered, changed):
    assert Frame(prefix=prefix).of_kind(numbered=numbered).prefix == changed


@pytest.mark.parametrize(("prefix", "following"), [("1. ", "2. "), ("9) ", "10) "), ("- ", "- ")])
def test_the_next_entry_of_a_list_counts_on(prefix, following):
    assert Frame(head="\n", prefix=prefix).after() == Frame(prefix=following)


@pytest.mark.parametrize(
    ("source", "prefix", "moved"),
    [
        ("- a\n  b\n\n", "    * ", "    * a\n      b\n\n"),
        ("9. a\n   b\n", "10. ", "10. a\n    b\n"),
        ("- a\nlazy\n", "- ", "- a\n  lazy\n"),
        ("-\ta\n", "1. ", "1. a\n"),
        ("-\n  a\n", "- ", "- a\n"),
    ],
)
def test_source_lines_may_get_another_prefix(source, prefix, moved):
    assert Frame.around(source, is_listed=True).moved(source, prefix) == moved


@pytest.mark.parametrize(
    ("signs", "source"),
    [
        (["⚠", "💸"], "- ⚠️  💸 b\n"),
        (["💸"], "- 💸 b\n"),
        (["⚠", "🔹"], "- ⚠️🔹 b\n"),
        ([], "- b\n"),
    ],
)
def test_signs_stay_as_they_are_written(signs, source):
    frame = Frame.around("- ⚠️  💸 a\n", is_listed=True, signs=["⚠", "💸", "🔹"])
    assert frame.enclose("b", signs) == source
