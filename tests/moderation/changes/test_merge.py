"""Three-way merge of fields: a table of cases, and what holds for every case."""

import subprocess
import sys
from copy import deepcopy

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from guide_site.core.words import Clash
from moderation.changes.merge import merge_fields, unchanged_or_conflict

CASES = {
    "nobody else changed it": ("One two.", "One two.", "One 2.", "One 2."),
    "only others changed it": ("One two.", "1 two.", "One two.", "1 two."),
    "nobody changed it": ("One two.", "One two.", "One two.", "One two."),
    "both did the same": ("One two.", "One 2.", "One 2.", "One 2."),
    "words apart": ("One two three.", "1 two three.", "One two 3.", "1 two 3."),
    "neighbouring words": ("One two.", "1 two.", "One 2.", "1 2."),
    "both ends": ("two", "one two", "two three", "one two three"),
    "one of two edits is the same": ("a b c d e", "A b c d E", "A b c d e", "A b c d E"),
    "a word gone, another changed": ("a b c d e", "a c d e", "a b c d E", "a c d E"),
    "lines": ("a\nb\nc", "a\nB\nc", "a\nb\nc\nd", "a\nB\nc\nd"),
    "from nothing": ("", "", "New.", "New."),
    "to nothing": ("Old.", "Old.", "", ""),
    "tags of both": (["a"], ["a", "b"], ["a", "c"], ["a", "b", "c"]),
    "tags removed by both": (["a", "b", "c"], ["b", "c"], ["a", "b"], ["b"]),
    "the same tag removed": (["a", "b"], ["a"], ["a"], ["a"]),
    "a tag added, another removed": (["a"], ["a", "b"], [], ["b"]),
    "a number": (1, 1, 2, 2),
    "a number of others": (1, 2, 1, 2),
    "a place that was empty": (None, None, 3, 3),
}


@pytest.mark.parametrize(("base", "current", "proposed", "result"), CASES.values(), ids=CASES)
def test_it_merges(base, current, proposed, result):
    merged = merge_fields({"field": base}, {"field": current}, {"field": proposed})
    assert merged.values == {"field": result}
    assert merged.conflicts == {}


CLASHES = {
    "one word": ("One two.", "One 2.", "One zwei.", Clash("two", "2", "zwei")),
    "changed and gone": ("a b c", "a B c", "a c", Clash("b ", "B ", "")),
    "added at one place": ("a b", "a x b", "a y b", Clash("", "x ", "y ")),
    "a number": (1, 2, 3, Clash("1", "2", "3")),
    "a place": (None, 5, 7, Clash("", "5", "7")),
}


@pytest.mark.parametrize(("base", "current", "proposed", "clash"), CLASHES.values(), ids=CLASHES)
def test_it_conflicts(base, current, proposed, clash):
    merged = merge_fields({"field": base}, {"field": current}, {"field": proposed})
    assert merged.values == {}
    assert merged.conflicts == {"field": [clash]}


def test_every_field_is_merged_by_itself():
    base = {"body": "One two.", "tags": ["a"]}
    current = {"body": "One 2.", "tags": ["a", "b"]}
    merged = merge_fields(base, current, {"body": "One zwei.", "tags": []})
    assert merged.values == {"tags": ["b"]}
    assert list(merged.conflicts) == ["body"]


def test_fields_that_are_not_proposed_stay_out_of_it():
    merged = merge_fields({"body": "a", "title": "T"}, {"body": "a", "title": "U"}, {"body": "b"})
    assert merged.values == {"body": "b"}


def test_every_clash_of_a_text_is_told():
    base, current, proposed = "a b c d e", "A b c d E", "1 b c d 5"
    merged = merge_fields({"body": base}, {"body": current}, {"body": proposed})
    assert merged.conflicts["body"] == [Clash("a", "A", "1"), Clash("e", "E", "5")]


@pytest.mark.parametrize(
    ("current", "clashes"),
    [
        ({"body": "a", "tags": ["x"]}, {}),
        ({"body": "b", "tags": ["x"]}, {"body": [Clash("a", "b", "")]}),
        ({"body": "a", "tags": ["x", "y"]}, {"tags": [Clash("x", "x, y", "")]}),
        ({"body": "a", "tags": []}, {"tags": [Clash("x", "", "")]}),
    ],
)
def test_nobody_takes_away_what_was_just_rewritten(current, clashes):
    assert unchanged_or_conflict({"body": "a", "tags": ["x"]}, current).conflicts == clashes


def test_it_knows_nothing_of_django():
    code = (
        "import sys, moderation.changes.merge\n"
        "sys.exit(any(m.startswith('django') for m in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


WORDS = ["a", "b", "c", ".", ",", "\n", "1", "don’t", "https://a.example/b", "❗"]
texts = st.lists(st.sampled_from(WORDS)).map(" ".join)
tags = st.sets(st.sampled_from("abcde")).map(sorted)
sides = st.fixed_dictionaries({"body": st.one_of(texts, st.text()), "tags": tags})


@given(sides, sides)
def test_what_nobody_else_changed_is_taken(base, proposed):
    assert merge_fields(base, base, proposed).values == proposed


@given(sides, sides)
def test_what_was_not_proposed_keeps_what_others_did(base, current):
    assert merge_fields(base, current, base).values == current


@given(sides, sides)
def test_what_is_there_already_is_done(base, both):
    assert merge_fields(base, both, both).values == both


@given(sides, sides, sides)
def test_every_field_is_merged_or_in_conflict(base, current, proposed):
    merged = merge_fields(base, current, proposed)
    assert sorted([*merged.values, *merged.conflicts]) == sorted(proposed)


@given(sides, sides, sides)
def test_whoever_comes_first_the_result_is_the_same(base, one, other):
    merged, mirrored = merge_fields(base, one, other), merge_fields(base, other, one)
    assert merged.values == mirrored.values
    assert list(merged.conflicts) == list(mirrored.conflicts)


@given(sides, sides, sides)
def test_what_is_given_is_left_alone(base, current, proposed):
    before = deepcopy((base, current, proposed))
    merge_fields(base, current, proposed)
    assert (base, current, proposed) == before


@given(tags, tags, tags)
def test_a_tag_follows_whoever_changed_it(base, current, proposed):
    result = merge_fields({"tags": base}, {"tags": current}, {"tags": proposed}).values["tags"]
    for tag in "abcde":
        decides = current if (tag in proposed) == (tag in base) else proposed
        assert (tag in result) == (tag in decides)


@given(st.integers(2, 30), st.data())
def test_edits_of_different_words_both_survive(length, data):
    words = [f"word{number}" for number in range(length)]
    one, other = data.draw(
        st.lists(st.integers(0, length - 1), min_size=2, max_size=2, unique=True)
    )
    mine, theirs, both = list(words), list(words), list(words)
    theirs[one] = both[one] = "their"
    mine[other] = both[other] = "mine"
    fields = [{"body": " ".join(side)} for side in (words, theirs, mine)]
    assert merge_fields(*fields).values == {"body": " ".join(both)}


@given(st.integers(1, 30), st.data())
def test_edits_of_one_word_conflict_with_these_words(length, data):
    words = [f"word{number}" for number in range(length)]
    place = data.draw(st.integers(0, length - 1))
    fields = []
    for word in (words[place], "their", "mine"):
        fields.append({"body": " ".join([*words[:place], word, *words[place + 1 :]])})
    clash = Clash(words[place], "their", "mine")
    assert merge_fields(*fields).conflicts == {"body": [clash]}


@given(texts, texts, texts)
def test_no_word_appears_from_nowhere(base, current, proposed):
    merged = merge_fields({"body": base}, {"body": current}, {"body": proposed})
    assume("body" in merged.values)
    known = set(f"{base} {current} {proposed}".split())
    assert set(merged.values["body"].split()) <= known
