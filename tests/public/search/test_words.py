"""What counts as a word, and when two words are the same one."""

import pytest

from guide_site.public.search import words
from tests.threads import in_threads

BEGUN = ["encrypt", "limit", "bucket", "nation", "organ", "character", "general", "hope", "skill"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("us-east-1, d2.xlarge", ["us", "east", "1", "d2", "xlarge"]),
        ("s3:GetObject", ["s3", "getobject"]),
        ("Élastic “Café” naïve", ["elastic", "cafe", "naive"]),
        ("don’t", ["don", "t"]),
        ("**bold** _it_ `code`", ["bold", "it", "code"]),
        ("Straße 日本 привет", ["straße", "日本", "привет"]),
        ("❗💸\ufe0f → —", []),
        ("", []),
    ],
)
def test_words_are_taken_apart_and_folded(text, expected):
    assert words.folded(text) == expected


@pytest.mark.parametrize(
    "forms",
    [
        ["bucket", "buckets", "Buckets"],
        ["price", "prices", "pricing", "priced"],
        ["encrypt", "encrypted", "encryption", "encrypting"],
        ["limit", "limits", "limited", "limitation", "limitations"],
        ["policy", "policies"],
        ["AZ", "AZs"],
        ["AMI", "AMIs"],
        ["available", "availability"],
    ],
)
def test_forms_of_a_word_have_one_stem(forms):
    assert len({words.stem(form) for form in forms}) == 1


@pytest.mark.parametrize("pair", [("gas", "ga"), ("s3", "s"), ("us", "use"), ("aws", "aw-s")])
def test_short_names_stay_what_they_are(pair):
    assert words.stem(pair[0]) != words.stem(pair[1])


@pytest.mark.parametrize(
    "word", ["pricing", "policies", "azs", "buckets", "t2s", "using", "running"]
)
def test_what_is_looked_up_in_the_index_covers_the_stem_itself(word):
    exact, begun = words.forms(word)
    for form in (word, words.stem(word)):
        assert form in exact or form.startswith(tuple(begun) or "\0") or form == "polici"


def test_a_word_of_any_length_is_cut_as_the_index_cuts_it():
    assert words.folded("A" * 5000) == ["a" * words.MAX_LETTERS]


def all_stems(asked):
    return [words.stem.__wrapped__(word) for word in asked]


def test_threads_that_ask_at_the_same_time_get_the_stems_that_one_would_get():
    asked = [f"{word}{ending}" for word in BEGUN for ending in ("", "s", "ing", "ization", "fully")]
    alone, *together = [all_stems(asked), *in_threads(lambda: all_stems(asked))]
    assert together == [alone] * len(together)
