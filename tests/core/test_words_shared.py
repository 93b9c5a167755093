"""What both sides did is done once, also where one of them edited the words beside it."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from guide_site.core import words
from tests.examples import examples

COUNT = 8
BASE = [f"word{number}" for number in range(COUNT)]
# {number of a word: what one does to it}
ACTS = st.dictionaries(
    st.integers(0, COUNT - 1), st.sampled_from(["replace", "add behind"]), min_size=1, max_size=3
)


def text(acts, names):
    """The base after acts on its words; what they write is called after who does them."""
    result = []
    for number, word in enumerate(BASE):
        what = acts.get(number)
        result.append(f"{names}{number}" if what == "replace" else word)
        if what == "add behind":
            result.append(f"{names}{number}")
    return " ".join(result)


@pytest.mark.fuzz
@examples()
@given(ACTS, ACTS)
def test_a_proposal_whose_twin_was_merged_changes_nothing(first, second):
    base, guide, twin = text({}, ""), text(first, "one"), text(second, "other")
    merged = words.merge(base, guide, twin)
    assume(merged.text is not None)
    assert words.merge(base, merged.text, twin).text == merged.text
    assert words.merge(base, merged.text, guide).text == merged.text


@pytest.mark.parametrize(
    ("base", "guide", "proposal"),
    [
        ("Use S3 for logs", "Use EC2 only for logs", "Use S3 only for logs"),
        ("Use S3 for logs", "Use only EC2 for logs", "Use only S3 for logs"),
        ("a b c d", "a X Y d", "a X c d"),
        ("a b c d", "a X Y d", "a b Y d"),
        ("a b c d e", "a X Y Z e", "a b Y d e"),
        ("a b c d", "a X Y1 Y2 d", "a b Y1 Y2 d"),
        ("a b c d", "a d", "a b d"),
        ("a b c d", "a X d", "a b d"),
        ("It is very fast.", "It is really quite fast.", "It is really fast."),
    ],
)
def test_one_edit_may_hold_another(base, guide, proposal):
    assert words.merge(base, guide, proposal).text == guide
    assert words.merge(base, proposal, guide).text == guide


@pytest.mark.parametrize(
    ("base", "guide", "proposal"),
    [
        ("It is fast.", "It is not very quick.", "It is very fast."),
        ("a fast car", "a slow bike", "a car"),
        ("a fast car", "a slow car", "a car"),
        ("at most 5 GB", "at most 6 TB", "at most 6 GB"),
        ("at most 5 GB", "at most 6", "at most 6 GB"),
        ("is fast", "is not very fast", "is very fast"),
    ],
)
def test_two_answers_of_which_one_has_words_of_the_other_clash(base, guide, proposal):
    assert words.merge(base, guide, proposal).clashes
    assert words.merge(base, proposal, guide).clashes
