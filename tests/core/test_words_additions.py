"""What two people add at one place: whole sentences and lines both stay, anything less clashes."""

import pytest

from guide_site.core import words


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "merged"),
    [
        ("One.", "One. Two.", "One. Three.", "One. Two. Three."),
        ("One.", "Two. One.", "Three. One.", "Two. Three. One."),
        ("One. Four.", "One. Two. Four.", "One. Three. Four.", "One. Two. Three. Four."),
        ("One.", "One.\nTwo!", "One. Three?", "One.\nTwo! Three?"),
        ("One.", "One.\n\nTwo.", "One.\n\nThree.", "One.\n\nTwo.\n\nThree."),
        ("One", "One. Two.", "One. Three.", "One. Two. Three."),
        ("One.", "One. (Two.)", "One. *Three.*", "One. (Two.) *Three.*"),
        (
            "One.",
            "One. it also works.",
            "One. it is not new.",
            "One. it also works. it is not new.",
        ),
        ("- a", "- a\n- b", "- a\n- c", "- a\n- b\n- c"),
        ("- a\n- d", "- a\n- b\n- d", "- a\n* c\n- d", "- a\n- b\n* c\n- d"),
        ("1. a", "1. a\n2. b", "1. a\n2. c", "1. a\n2. b\n2. c"),
        (
            "| a |\n|---|",
            "| a |\n|---|\n| b |",
            "| a |\n|---|\n| c |",
            "| a |\n|---|\n| b |\n| c |",
        ),
    ],
)
def test_whole_sentences_and_lines_both_stay_in_the_order_of_merging(base, ours, theirs, merged):
    found = words.merge(base, ours, theirs)
    assert found.text == merged
    assert len(found.both) == 1
    assert all(text == text.strip() for text in found.both[0])


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "merged"),
    [
        ("One.", "One. Two. Three.", "One. Two.", "One. Two. Three."),
        ("One.", "Two. Three. One.", "Two. One.", "Two. Three. One."),
        ("One", "One.", "One. Two.", "One. Two."),
        ("- a", "- a\n- b", "- a\n- b\n- c", "- a\n- b\n- c"),
        ("1. a", "1. b\n1. a", "1. b\n1. c\n1. a", "1. b\n1. c\n1. a"),
    ],
)
def test_a_sentence_that_both_added_stays_once(base, ours, theirs, merged):
    assert words.merge(base, ours, theirs) == words.TextMerge([merged])
    assert words.merge(base, theirs, ours) == words.TextMerge([merged])


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "merged"),
    [
        ("One.", "One. Two. Three.", "One. Two. Four.", "One. Two. Three. Four."),
        ("One.", "Two. Three. One.", "Two. Four. One.", "Two. Three. Four. One."),
    ],
)
def test_only_what_differs_is_doubled(base, ours, theirs, merged):
    found = words.merge(base, ours, theirs)
    assert (found.text, found.both) == (merged, [("Three.", "Four.")])


@pytest.mark.parametrize(
    ("base", "ours", "theirs"),
    [
        ("It is fast.", "It is very fast.", "It is really fast."),
        ("One.", "One. Two", "One. Three."),
        ("One", "One two.", "One three."),
        ("One two.", "One. Three. Two.", "One four. Two."),
        ("", "Mine.", "Yours."),
        ("  ", "Mine.", "Yours."),
        ("key: 1", "key: 1\nlimit: 2", "key: 1\nlimit: 3"),
        ("Use it, e.g. A.", "Use it, e.g. B or A.", "Use it, e.g. C or A."),
        ("- a", "- a\n- b", "- a\n\nAnd c"),
    ],
)
def test_less_than_a_whole_sentence_or_line_clashes(base, ours, theirs):
    assert words.merge(base, ours, theirs).clashes
    assert words.merge(base, theirs, ours).clashes


def test_pieces_are_the_settled_text_and_the_clashes_in_order():
    merged = words.merge("a b c d e f.", "a X c d e F.", "a Y c D e f.")
    assert merged.pieces == ["a ", ("b", "X", "Y"), " c D e F."]
