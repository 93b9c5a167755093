"""Merging two edits of one text, word by word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide_site.core import words
from guide_site.core.words import Clash
from tests.core.test_words_difference import TEXTS
from tests.examples import examples

COUNT = 12
BASE = [f"word{number}" for number in range(COUNT)]
PLACES = st.integers(0, COUNT - 1)


@st.composite
def three_texts(draw):
    """A base and two edits of it that often have much in common."""
    base = words.tokens(draw(TEXTS))
    return ["".join(base), _edited(draw, base), _edited(draw, base)]


def _edited(draw, base):
    edited = list(base)
    for _ in range(draw(st.integers(0, 3))):
        place = draw(st.integers(0, len(edited)))
        edited[place : place + draw(st.integers(0, 2))] = draw(
            st.lists(st.sampled_from(["new", " ", "3.5", ",", "a"]), max_size=3)
        )
    return "".join(edited)


def sentence(edits):
    """The base with the words at some places replaced."""
    return " ".join(edits.get(number, word) for number, word in enumerate(BASE))


@pytest.mark.fuzz
@examples()
@given(three_texts())
def test_an_edit_of_an_untouched_text_is_taken_whole(texts):
    base, edited, _ = texts
    assert words.merge(base, edited, base).text == edited
    assert words.merge(base, base, edited).text == edited


@pytest.mark.fuzz
@examples()
@given(three_texts())
def test_the_same_edit_twice_counts_once(texts):
    base, edited, _ = texts
    assert words.merge(base, edited, edited).text == edited


@pytest.mark.fuzz
@examples()
@given(three_texts())
def test_it_does_not_matter_who_was_first(texts):
    base, one, other = texts
    forth, back = words.merge(base, one, other), words.merge(base, other, one)
    assert forth.text == back.text or forth.both
    assert forth.both == [(first, second) for second, first in back.both]
    assert forth.clashes == [Clash(c.base, c.proposed, c.current) for c in back.clashes]


@pytest.mark.fuzz
@examples()
@given(three_texts())
def test_it_merges_or_says_what_clashes(texts):
    merged = words.merge(*texts)
    assert (merged.text is None) == bool(merged.clashes)


@pytest.mark.fuzz
@examples()
@given(three_texts())
def test_a_clash_quotes_the_three_texts(texts):
    base, one, other = texts
    for clash in words.merge(base, one, other).clashes:
        assert clash.base in base
        assert clash.current in one
        assert clash.proposed in other
        assert clash.current != clash.proposed


@pytest.mark.fuzz
@examples()
@given(st.sets(PLACES), st.sets(PLACES))
def test_edits_of_different_words_both_end_up_in_the_text(ours, theirs):
    ours = {place: f"ours{place}" for place in ours - theirs}
    theirs = {place: f"theirs{place}" for place in theirs}
    merged = words.merge(sentence({}), sentence(ours), sentence(theirs))
    assert merged.text == sentence(ours | theirs)


@pytest.mark.fuzz
@examples()
@given(PLACES, st.sets(PLACES))
def test_edits_of_the_same_word_clash(place, elsewhere):
    ours = {other: f"ours{other}" for other in elsewhere} | {place: "mine"}
    merged = words.merge(sentence({}), sentence(ours), sentence({place: "yours"}))
    assert merged.text is None
    assert [clash.proposed.count("yours") for clash in merged.clashes] == [1]


@pytest.mark.parametrize(
    ("base", "current", "proposed"),
    [
        ("3.5", "3.6", "4.5"),
        ("us-east-1", "eu-east-1", "us-east-2"),
        ("https://a.example/old?x=1", "https://b.example/old?x=1", "https://a.example/new?x=1"),
        ("10.0.0.0/16", "10.0.0.0/24", "10.1.0.0/16"),
        ("1,000", "2,000", "1,500"),
        ("2016-07-01", "2017-07-01", "2016-08-01"),
        ("don’t", "don’ts", "won’t"),
        ("ann@old.example", "bob@old.example", "ann@new.example"),
        ("HTTPS://a.example/x?y", "HTTPS://b.example/x?y", "HTTPS://a.example/x?z"),
        ("arn:aws:iam::1:role/x", "arn:aws:iam::2:role/x", "arn:gov:iam::1:role/x"),
        ("s3://old/key/a", "s4://old/key/a", "s3://new/key/a"),
        ("हिन्दी", "xिन्दी", "हिन्दx"),
        ("cafe\u0301s", "tafe\u0301s", "cafe\u0301t"),
    ],
)
def test_halves_of_one_word_are_never_combined(base, current, proposed):
    merged = words.merge(*(f"Take {word} here." for word in (base, current, proposed)))
    assert merged.text is None
    assert merged.clashes == [(base, current, proposed)]


@pytest.mark.parametrize(
    ("base", "current", "proposed"),
    [
        ("", "Mine.", "Yours."),
        ("One two three.", "One three.", "One 2 three."),
        ("One two three.", "", "One 2 three."),
        ("One three.", "One two three.", "One 2 three."),
        ("One. Two.", "One.\n\nTwo.", "One. 2."),
        ("The 5 is right.", "The -5 is right.", "The 6 is right."),
    ],
)
def test_edits_that_overlap_or_touch_clash(base, current, proposed):
    merged = words.merge(base, current, proposed)
    assert merged.text is None
    assert len(merged.clashes) == 1


@pytest.mark.parametrize(
    ("base", "current", "proposed", "expected"),
    [
        ("one two three four", "1 two three four", "one two three 4", "1 two three 4"),
        ("one two", "1 two", "one 2", "1 2"),
        ("one two three", "two three", "one two", "two"),
        ("same start", "same new start", "same new start", "same new start"),
        ("a b c d e", "A b c d e", "A b c d E", "A b c d E"),
        ("❗ one two", "🔸 one two", "❗ one 2", "🔸 one 2"),
    ],
)
def test_edits_apart_from_each_other_merge(base, current, proposed, expected):
    assert words.merge(base, current, proposed).text == expected


def test_every_clash_of_a_text_is_reported():
    ours, theirs = {1: "mine", 8: "mine"}, {1: "yours", 8: "yours", 5: "fine"}
    merged = words.merge(sentence({}), sentence(ours), sentence(theirs))
    assert [clash.base for clash in merged.clashes] == ["word1", "word8"]


def test_a_clash_takes_in_all_edits_that_overlap():
    merged = words.merge("one two three four", "1 2 three four", "one II III four")
    assert merged.clashes == [("one two three", "1 2 three", "one II III")]


def test_a_clash_takes_in_every_edit_within_a_longer_one():
    base, other = "one two three four five", "one 2 three 4 five"
    assert words.merge(base, "all new", other).clashes == [(base, "all new", other)]
    assert words.merge(base, other, "all new").clashes == [(base, other, "all new")]
