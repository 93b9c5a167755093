"""Both indexes take texts apart as `words.py` does, or what is found would differ."""

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from guide_site.public.models import SearchDocument
from guide_site.public.search import upkeep
from guide_site.public.search.dialects import Form
from guide_site.public.search.folding import WORD
from guide_site.public.search.words import folded, sought
from tests.public.search.test_words import SCRIPTS

pytestmark = pytest.mark.django_db

PIECES = [
    *("us-east-1", "d2.xlarge", "s3:GetObject", "café", "Élan", "naïve", "İstanbul", "Straße", "ﬁ"),
    *(
        "“quoted”",
        "don’t",
        "a_b",
        "C++",
        "50%",
        "€5",
        "½",
        "x²",
        "№",
        "™",
        "日本語",
        "привет",
        "Ångström",
    ),
    *(
        "❗",
        "💸",
        "\u200b",
        "\u00a0",
        "…",
        "—",
        "a\u0301",
        "o\u0308",
        "1e5",
        "0x1F",
        "-3.14",
        "\\",
        "''",
        "/a/b",
    ),
]
PIECES += SCRIPTS
texts = st.lists(st.sampled_from(PIECES) | st.text("abcXYZ019.-_/'\"\\:é", max_size=8), max_size=12)


def is_found(words, document, *, is_beginning=False):
    sql, wanted = upkeep.dialect().matching([[Form(tuple(words), is_beginning)]])
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT COUNT(*) FROM ({sql}) AS found WHERE id = %s", [*wanted, document.pk]
        )
        return cursor.fetchone()[0] == 1


@pytest.fixture
def keep(django_db_blocker):
    """Makes a document of any text."""

    def make(text):
        fields = {"kind": "entry", "ref": 1, "section_kind": "", "slug": "", "path": "", "head": ""}
        SearchDocument.objects.filter(pk=7).delete()
        return SearchDocument.objects.create(pk=7, body=text, context="", **fields)

    return make


def test_the_words_of_a_text_are_found_as_a_phrase(keep):
    @given(texts)
    def check(pieces):
        text = " ".join(pieces)
        words = folded(text)
        document = keep(text)
        if words:
            assert is_found(words, document), (text, words)

    check()


@pytest.mark.parametrize("piece", PIECES)
def test_each_word_is_found_by_itself(keep, piece):
    document = keep(f"before {piece} after")
    assert all(is_found([word], document) for word in folded(piece))
    assert is_found(folded(f"before {piece} after"), document)


def test_what_is_not_there_is_not_found(keep):
    document = keep("one two three")
    assert not is_found(["one", "three"], document)
    assert not is_found(["four"], document)


SENTENCE = "请使用命令行工具。Ｓ３存储桶や ﾊﾞｹｯﾄ を サーバーを削除 서버를 삭제 ผมชอบกินข้าว"


@pytest.mark.parametrize(
    "part",
    [
        *("命令", "命令行", "令", "工具", "使用命令行工具", "s3存储", "バケット", "バケ", "削除"),
        *("サーバー", "ーを", "서버", "버를", "삭제", "กิน", "ชอบกิน", "ข้าว"),
    ],
)
def test_any_part_of_a_sentence_without_spaces_is_found(keep, part):
    document = keep(SENTENCE)
    words, is_beginning = sought(part)
    assert is_found(words, document, is_beginning=is_beginning)


@pytest.mark.parametrize("part", ["命行", "用工", "具存", "除서", "กข้"])
def test_what_stands_apart_in_a_sentence_is_not_found_as_one(keep, part):
    document = keep(SENTENCE)
    words, is_beginning = sought(part)
    assert not is_found(words, document, is_beginning=is_beginning)


def test_ascii_is_taken_apart_the_same_on_the_short_way():
    text = "".join(map(chr, range(1, 128)))
    assert folded(text) == [word.lower() for word in WORD.findall(text)]
