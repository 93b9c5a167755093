"""Whether two edits conflict depends on these two only, and each is found at one place."""

from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from guide_site.core import edits, words
from tests.core.test_words_difference import TEXTS
from tests.core.test_words_merge import three_texts
from tests.examples import examples

ANCHOR = " ".join(f"far{number}" for number in range(60))  # in no other text
SENTENCES = st.lists(
    st.sampled_from(
        ["It is fast", "It is not", "Use S3", "Use it", "More", "and so on", "as well as"]
    ),
    min_size=1,
    max_size=3,
).map(lambda parts: ", ".join(parts) + ".")


@pytest.mark.fuzz
@examples()
@given(three_texts(), three_texts(), st.booleans())
def test_an_edit_far_away_changes_nothing(near, far, is_before):
    """What one side edits behind a stretch that nobody touched does not matter here."""
    alone = words.merge(*(_joined(text, far[0], is_before) for text in near))
    ours = _joined(near[1], far[1], is_before)
    beside = words.merge(
        _joined(near[0], far[0], is_before), ours, _joined(near[2], far[0], is_before)
    )
    assert beside.clashes == alone.clashes
    assert beside.both == alone.both
    if alone.text is not None:
        stretch = alone.text.split(ANCHOR)[is_before]
        assert beside.text == _joined(stretch, far[1], is_before, space="")


def _joined(near, far, is_before, space=" "):
    """Both texts, a long stretch apart; `far` comes first if it `is_before`."""
    far = f" {far}" if not is_before else f"{far} "
    near = f"{near}{space}" if not is_before else f"{space}{near}"
    return f"{far}{ANCHOR}{near}" if is_before else f"{near}{ANCHOR}{far}"


@pytest.mark.fuzz
@examples()
@given(SENTENCES, SENTENCES, SENTENCES, st.booleans())
def test_two_who_append_a_sentence_both_keep_it(base, ours, theirs, is_elsewhere):
    start, other = "First words are here. ", "Other words are here. "
    now = f"{other if is_elsewhere else start}{base} {ours}"
    merged = words.merge(f"{start}{base}", now, f"{start}{base} {theirs}")
    same = ours == theirs
    assert merged.text == (now if same else f"{now} {theirs}")
    assert merged.both == ([] if same else [(ours, theirs)])


@pytest.mark.fuzz
@examples()
@given(SENTENCES, SENTENCES, SENTENCES)
def test_two_who_put_a_sentence_first_both_keep_it(base, ours, theirs):
    assume(len({base, ours, theirs}) == 3)
    merged = words.merge(base, f"{ours} {base}", f"{theirs} {base}")
    assert merged.text == f"{ours} {theirs} {base}"


@pytest.mark.fuzz
@examples()
@given(TEXTS, TEXTS)
def test_edits_make_the_other_text(base, other):
    tokens = edits.tokens(base)
    made = words._apply(tokens, 0, len(tokens), edits.edits(tokens, edits.tokens(other)))
    assert made == other


@pytest.mark.fuzz
@examples()
@given(TEXTS, TEXTS)
def test_between_two_edits_a_word_stays(base, other):
    tokens = edits.tokens(base)
    found = edits.edits(tokens, edits.tokens(other))
    for one, following in pairwise(found):
        assert "".join(tokens[one.end : following.start]).strip()


def test_the_same_edit_is_one_edit_whatever_else_was_added():
    base = "More, as well as one. X."
    guide, proposal = "More, and one. X. It holds and so on.", "More, and one. X."
    assert words.merge(base, guide, proposal).text == guide
    assert words.merge(base, proposal, guide).text == guide


def test_texts_of_one_repeated_sign_take_little_time():
    base, one, other = "[" * 20_000, "[" * 10_000 + "x" + "[" * 9_000, "y" + "[" * 20_000
    assert words.merge(base, one, other).text is not None


def test_texts_of_20_000_different_signs_take_little_time():
    base = "".join("!?.,;:[]()"[pow(3, number, 10_007) % 10] for number in range(20_000))
    assert words.merge(base, base[::-1], base[7:] + "x").clashes
