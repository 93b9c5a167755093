"""The word-level difference of two texts, and what counts as one word."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide_site.core import words
from guide_site.core.words import Piece

PARTS = st.sampled_from(
    [*"abcXY,.-*`[](❗)", " ", "  ", "\n", "\t", "3.5", "us-east-1", "don’t", "https://a.example/b"]
)
TEXTS = st.text() | st.lists(PARTS, max_size=30).map("".join)


@pytest.mark.parametrize(
    "word",
    [
        "3.5",
        "1,000.50",
        "10.0.0.0/16",
        "10:30",
        "2016-07-01",
        "us-east-1",
        "m5.large",
        "snake_case",
        "don't",
        "don’t",
        "i/o",
        "日本語",
        "Größe",
        "http://a.example",
        "https://docs.example/s3?x=1&y=2#part",
        "https://a.example:8080/~me/%20/a_b;c=d",
    ],
)
def test_it_is_one_word(word):
    assert words.tokens(word) == [word]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" \n\t ", [" \n\t "]),
        ("one, two", ["one", ",", " ", "two"]),
        ("costs 3.5.", ["costs", " ", "3.5", "."]),
        ("(us-east-1)", ["(", "us-east-1", ")"]),
        ("**bold**", ["*", "*", "bold", "*", "*"]),
        ("$0.05", ["$", "0.05"]),
        ("[S3](https://a.example/b)", ["[", "S3", "]", "(", "https://a.example/b", ")"]),
        ("<https://a.example>", ["<", "https://a.example", ">"]),
        ("a...b", ["a", ".", ".", ".", "b"]),
        ("❗x", ["❗", "x"]),
        ("https://a.example\0b", ["https://a.example", "\0", "b"]),
    ],
)
def test_words_spaces_and_signs_are_tokens_of_their_own(text, expected):
    assert words.tokens(text) == expected


@given(TEXTS)
def test_tokens_joined_are_the_text(text):
    assert "".join(words.tokens(text)) == text


@given(TEXTS, TEXTS)
def test_what_was_not_added_is_the_old_text(old, new):
    pieces = words.difference(old, new)
    assert "".join(piece.text for piece in pieces if piece.kind != "added") == old


@given(TEXTS, TEXTS)
def test_what_was_not_removed_is_the_new_text(old, new):
    pieces = words.difference(old, new)
    assert "".join(piece.text for piece in pieces if piece.kind != "removed") == new


@given(TEXTS, TEXTS)
def test_no_piece_is_empty_and_neighbours_differ(old, new):
    kinds = [(piece.kind, bool(piece.text)) for piece in words.difference(old, new)]
    assert all(full and kind in ("same", "removed", "added") for kind, full in kinds)
    assert all(one != other for one, other in pairwise(kinds))


@given(TEXTS)
def test_a_text_does_not_differ_from_itself(text):
    assert words.difference(text, text) == ([Piece("same", text)] if text else [])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("not", "never"),
        ("3.5", "3.6"),
        ("us-east-1", "us-east-2"),
        ("https://a.example/x", "https://a.example/y"),
        ("don’t", "do"),
    ],
)
def test_a_word_is_replaced_whole(old, new):
    assert words.difference(f"Use {old} keys.", f"Use {new} keys.") == [
        ("same", "Use "),
        ("removed", old),
        ("added", new),
        ("same", " keys."),
    ]


def test_a_new_text_is_all_added_and_an_emptied_one_all_removed():
    assert words.difference("", "a b") == [("added", "a b")]
    assert words.difference("a b", "") == [("removed", "a b")]


def test_edits_parted_only_by_space_are_shown_as_one():
    assert words.difference("keep one two keep", "keep 1 2 keep") == [
        ("same", "keep "),
        ("removed", "one two"),
        ("added", "1 2"),
        ("same", " keep"),
    ]
