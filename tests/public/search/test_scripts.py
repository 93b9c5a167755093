"""Guides in any language: words are found inside sentences, and in any spelling of them."""

import pytest

from guide_site.public.search import finding
from guide_site.public.search.highlights import Marker
from guide_site.public.search.query import parse
from tests import factories
from tests.public.search.looking import found

pytestmark = pytest.mark.django_db

TEXTS = {
    "chinese": "请使用命令行工具删除存储桶。",
    "japanese": "バックアップからデータを復元する方法。",
    "korean": "서버를 삭제하려면 명령을 실행하세요.",
    "thai": "ผู้ใช้ต้องลบข้อมูลก่อนเริ่มใหม่",
    "arabic": "احذف المُجَلَّد قبل إعادة التشغيل.",
    "hebrew": "מחק את התיקייה לפני הפעלה מחדש.",
    "russian": "Удалите всё хранилище перед запуском.",
    "persian": "پوشه را پیش از راه‌اندازی پاک کنید.",
    "french": "Résumé des coûts à l’œil nu.",
}


@pytest.fixture(autouse=True)
def _guide():
    section = factories.section("World")
    for text in TEXTS.values():
        factories.entry(text, section=section)


@pytest.mark.parametrize(
    ("typed", "language"),
    [
        *(
            ("命令", "chinese"),
            ("命令行", "chinese"),
            ("桶", "chinese"),
            ("删除 存储桶", "chinese"),
        ),
        *(("“存储桶”", "chinese"), ("「使用命令行」", "chinese")),
        *(("データ", "japanese"), ("復元", "japanese"), ("ﾊﾞｯｸｱｯﾌﾟ", "japanese")),
        *(
            ("ックアップ", "japanese"),
            ("방법 서버", "korean"),
            ("명령", "korean"),
            ("버를", "korean"),
        ),
        *(("ข้อมูล", "thai"), ("ลบข้อมูล", "thai"), ("เริ่ม", "thai")),
        *(("المجلد", "arabic"), ("اعادة", "arabic"), ("התיקייה", "hebrew")),
        *(("хранилище", "russian"), ("все", "russian"), ("ВСЁ", "russian")),
        *(("پوشه", "persian"), ("راه اندازی", "persian"), ("راه‌اندازی", "persian")),
        *(
            ("كنيد", "persian"),
            ("resume", "french"),
            ("ＲÉSUMÉ", "french"),
            ("couts oeil", "french"),
        ),
    ],
)
def test_a_word_is_found_wherever_it_stands(typed, language):
    assert found(typed) == [TEXTS[language]]


def test_a_whole_question_finds_what_shares_its_words():
    assert found("怎么用命令删除一个桶？")[0] == TEXTS["chinese"]
    assert found("データを復元できますか")[0] == TEXTS["japanese"]


@pytest.mark.parametrize("typed", ["命行", "令命", "“命令 删除”", "元する方式", "삭버"])
def test_what_stands_apart_is_not_found_as_one_word(typed):
    hits = finding.find(f"“{typed.strip('“”')}”").hits
    assert hits == []


@pytest.mark.parametrize(
    ("typed", "language", "marked"),
    [
        ("命令行", "chinese", "请使用<mark>命令行</mark>工具删除存储桶。"),
        ("桶", "chinese", "请使用命令行工具删除存储<mark>桶</mark>。"),
        ("ﾃﾞｰﾀ", "japanese", "バックアップから<mark>データ</mark>を復元する方法。"),
        ("ข้อมูล", "thai", "ผู้ใช้ต้องลบ<mark>ข้อมูล</mark>ก่อนเริ่มใหม่"),
        ("المجلد", "arabic", "احذف <mark>المُجَلَّد</mark> قبل إعادة التشغيل."),
        ("oeil", "french", "Résumé des coûts à l’<mark>œil</mark> nu."),
    ],
)
def test_exactly_the_found_letters_are_marked(typed, language, marked):
    assert Marker(parse(typed).terms).html(TEXTS[language]) == marked


def test_a_long_text_without_spaces_is_cut_around_the_words():
    text = Marker(parse("復元").terms).excerpt("あ" * 900 + TEXTS["japanese"] + "い" * 900)
    assert "<mark>復元</mark>" in text
    assert text.startswith("… ")
    assert text.endswith(" …")
    assert 300 < len(text) < 400
