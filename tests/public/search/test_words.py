"""What counts as a word, and when two words are the same one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide_site.public.search import words
from tests.threads import in_threads

SCRIPTS = [
    *(
        "ﾊﾞ",
        "ｆ",
        "é",
        "e\u0301",
        "İ",
        "ß",
        "½",
        "使",
        "用",
        "。",
        " ",
        "ไ",
        "ย",
        "서",
        "버",
        "ㅅㅓ",
    ),
    *("\u1109\u1165", "مُ", "آ", "שָׁ", "a", "7", "-", "ё", "ῆ", "Σ", "\u00ad", "™", "❗\ufe0f", "ǅ"),
]
BEGUN = ["encrypt", "limit", "bucket", "nation", "organ", "character", "general", "hope", "skill"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("us-east-1, d2.xlarge", ["us", "east", "1", "d2", "xlarge"]),
        ("s3:GetObject", ["s3", "getobject"]),
        ("Élastic “Café” naïve", ["elastic", "cafe", "naive"]),
        ("don’t", ["don", "t"]),
        ("**bold** _it_ `code`", ["bold", "it", "code"]),
        ("Straße Ångström œuvre Łódź", ["strasse", "angstrom", "oeuvre", "lodz"]),
        ("Ёлка, йод: вода́", ["елка", "йод", "вода"]),
        ("Ἀθῆναι ΟΔΟΣ", ["αθηναι", "οδοσ"]),
        ("ｆｕｌｌ ﾊﾞｹﾂ ﬁle №5 AWS™", ["full", "バケ", "ケツ", "ツ", "file", "5", "aws"]),
        ("使用命令行。S3桶", ["使用", "用命", "命令", "令行", "行", "s3", "桶"]),
        ("서버를 ไทย", ["서버", "버를", "를", "ไท", "ทย", "ย"]),
        ("مُحَمَّد آدم کتاب", ["محمد", "ادم", "كتاب"]),
        ("שָׁלוֹם ٢٠٢٢", ["שלום", "2022"]),
        ("Donau\u00addampf", ["donaudampf"]),
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
    return [words._stem.__wrapped__(word, "en") for word in asked]


def test_threads_that_ask_at_the_same_time_get_the_stems_that_one_would_get():
    asked = [f"{word}{ending}" for word in BEGUN for ending in ("", "s", "ing", "ization", "fully")]
    alone, *together = [all_stems(asked), *in_threads(lambda: all_stems(asked))]
    assert together == [alone] * len(together)


@pytest.mark.parametrize(
    ("text", "words_of_it", "is_beginning"),
    [
        ("命令行", ("命令", "令行"), False),
        ("令", ("令",), True),
        ("S3存储桶", ("s3", "存储", "储桶"), False),
        ("存储桶S3", ("存储", "储桶", "桶", "s3"), False),
        ("buckets", ("buckets",), False),
        ("", (), False),
    ],
)
def test_what_finds_a_text_inside_a_sentence(text, words_of_it, is_beginning):
    assert words.sought(text) == (words_of_it, is_beginning)


def test_long_stretches_are_looked_for_in_parts_too():
    assert words.parts("使用命令 and S3") == ["使用", "用命", "命令"]
    assert words.parts("命令 and words") == []
    assert words.parts("ผมชอบ") == ["ผมชอ", "มชอบ"]


@given(st.text(max_size=30) | st.lists(st.sampled_from(SCRIPTS), max_size=8).map("".join))
def test_the_places_of_words_are_those_of_the_same_words(text):
    found = list(words.tokens(text))
    assert [token.word for token in found] == words.folded(text)
    assert all(
        token.start < token.ends[0] and sorted(token.ends) == [*token.ends] for token in found
    )
    assert all(len(token.ends) >= len(token.word) for token in found)


def test_english_endings_are_those_of_latin_words_only():
    assert words.stem("бакеты") == "бакеты"
    assert words.stem("命令s") == "命令s"
