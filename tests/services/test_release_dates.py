"""Release dates in digits, in words, and read back."""

import datetime

import pytest

from services.release_dates import parse_release, release_text, release_words

MARCH = datetime.date(2006, 3, 1)


@pytest.mark.parametrize(
    ("day", "precision", "text", "words"),
    [
        (MARCH, "month", "2006-03", "March 2006"),
        (datetime.date(2006, 1, 1), "year", "2006", "2006"),
        (None, "", "", ""),
    ],
)
def test_a_date_says_no_more_than_is_known(day, precision, text, words):
    assert release_text(day, precision) == text
    assert release_words(day, precision) == words
    assert parse_release(text) == (day, precision)


@pytest.mark.parametrize("text", ["06", "2006-3", "2006-13", "2006-00", "2006-03-14", "３006", "x"])
def test_anything_else_is_no_release_date(text):
    with pytest.raises(ValueError, match="2006 or 2006-03"):
        parse_release(text)
