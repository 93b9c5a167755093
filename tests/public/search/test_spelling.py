"""One typing error in any word of the guide does not keep it from being found."""

import pytest
from django.db import connection

from guide_site.public.search import finding, spelling, upkeep
from guide_site.public.search.thesaurus import ENGLISH
from tests import factories
from tests.public.search.looking import found

pytestmark = pytest.mark.django_db
TEXT = "Encryption of buckets slows the xylophone down."
OTHERS = ["Keep an eye on costs.", "Резервное хранилище данных.", "Μεγάλη βιβλιοθήκη κειμένων."]


@pytest.fixture(autouse=True)
def _guide():
    section = factories.section("Section")
    for text in (TEXT, *OTHERS):
        factories.entry(text, section=section)


def corrected(text):
    return finding.find(text).corrected


@pytest.mark.parametrize(
    "typed",
    [
        *("xylophhone", "xylphone", "xylopgone", "xylpohone", "yxlophone", "xylophoen"),  # in it
        *("ylophone", "axylophone", "xylophonex", "zylophone", "xylophona"),  # at its ends
        *("xylophoenn", "xzlaphone"),  # two errors in a long word
        *("XYLOPHNE", "xylóphne", "ｘｙｌｏｐｈｎｅ"),
    ],
)
def test_every_kind_of_error_is_mended(typed):
    assert found(typed) == [TEXT]
    assert corrected(typed) == "xylophone"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("хранилищо", "хранилище"),
        ("хранлиище", "хранилище"),
        ("βιβλιοθηκι", "βιβλιοθηκη"),
        ("bukcets", "buckets"),
        ("encryptoin xylophone", "encryption xylophone"),
        ("how to encrypt a bucekts (quickly)?", "how to encrypt a buckets (quickly)?"),
        ("xylophnes", "xylophone"),
        ("bucketsxylophone", "buckets xylophone"),
        ("keepeyecosts", "keep eye costs"),
    ],
)
def test_words_of_any_script_are_mended_and_the_rest_of_the_text_stays(typed, meant):
    assert corrected(typed) == meant


@pytest.mark.parametrize(
    "typed",
    [
        *("xylophone", "bucket", "encrypted", "“xylophne”", "xyzzyxyzzy", "cost", "costing"),
        *("the", "1234", "命令行", "", "?", "xy"),
    ],
)
def test_nothing_is_corrected_that_is_there_quoted_or_like_nothing(typed):
    assert corrected(typed) == ""


def test_what_was_typed_can_be_insisted_on():
    results = finding.find("xylophne", as_typed=True)
    assert (results.hits, results.corrected, results.unknown) == ([], "", ["xylophne"])


def test_a_word_that_is_gone_from_the_guide_is_no_correction():
    entry = factories.entry("A marimba.")
    factories.edit(entry, "A zither.")
    assert corrected("marimbs") == ""
    assert corrected("zihter") == "zither"
    upkeep.rebuild()
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT word FROM {upkeep.WORDS} WHERE word IN ('marimba', 'zither')")
        assert cursor.fetchall() == [("zither",)]


def test_a_correction_is_looked_for_with_the_choices():
    results = finding.find("xylophne", finding.Filter(kind="gotchas"))
    assert (results.hits, results.corrected) == ([], "")


def test_the_more_frequent_word_is_meant_and_the_other_one_found_too():
    for text in ("A bullet.", "Bullets, again.", "One ballet."):
        factories.entry(text)
    results = finding.find("bllet")
    assert results.corrected == "bullet"
    assert results.others[0] == "ballet"
    assert "One ballet." in [hit.document.body for hit in results.hits[:5]]


def test_rare_words_stand_among_the_first_beside_frequent_ones():
    for number in range(30):
        factories.entry(f"Price {number}.")
    factories.entry("A piece of it.")
    assert corrected("prce") == "price"
    assert "A piece of it." in found("pice")[:5]


def test_a_form_that_is_nowhere_shows_what_differs_by_one_letter_too():
    factories.entry("Sort it.")
    factories.entry("Shortly said.")
    results = finding.find("sortly")
    assert (results.corrected, results.others) == ("", ("shortly",))
    assert [hit.document.body for hit in results.hits] == ["Sort it.", "Shortly said."]


def test_reading_known_words_is_bounded(django_assert_num_queries):
    with django_assert_num_queries(2):
        spelling.correct(
            "xylophne bukcet", ["xylophne", "bukcet", *("qwertzuiop" * 4,) * 50], ENGLISH
        )


def test_a_missing_word_in_the_table_is_told_and_mended():
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {upkeep.WORDS} WHERE word = 'xylophone'")
    assert upkeep.problems() == ["1 words of the guide are not among the known ones"]
    upkeep.rebuild()
    assert upkeep.problems() == []
