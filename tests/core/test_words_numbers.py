"""A number and the word beside it are one unit of merging."""

import pytest

from guide_site.core import words


@pytest.mark.parametrize(
    ("base", "current", "proposed"),
    [
        ("5 GB", "6 GB", "5 TB"),
        ("5 MB", "6 MB", "5 TB"),
        ("5\u00a0MB", "6\u00a0MB", "5\u00a0TB"),
        ("5 %", "6 %", "5 ‰"),
        ("$5", "€5", "$6"),
        ("$ 5", "€ 5", "$ 6"),
        ("USD 5", "EUR 5", "USD 6"),
        ("5 000", "6 000", "5 500"),
        ("10,000 requests", "20,000 requests", "10,000 calls"),
        ("15 minutes", "15 hours", "20 minutes"),
        ("five MB", "6 MB", "five TB"),
        ("5 MB files", "5 files", "6 MB files"),
        ("5 MB", "5 000 MB", "6 MB"),
    ],
)
@pytest.mark.parametrize("sentence", ["{}", "At most {} a day.", "{} a day", "Up to {}"])
def test_a_number_never_gets_the_unit_of_another(base, current, proposed, sentence):
    texts = [sentence.format(text) for text in (base, current, proposed)]
    assert words.merge(*texts).text is None
    assert words.merge(texts[0], texts[2], texts[1]).text is None


@pytest.mark.parametrize(
    ("base", "current", "proposed", "merged"),
    [
        ("5 to 10 MB", "6 to 10 MB", "5 to 20 MB", "6 to 20 MB"),
        ("Keep 5.\n\nMB are units.", "Keep 6.\n\nMB are units.", "Keep 5.\n\nTB are units.", None),
        ("at\n5\n\nMB", "at\n6\n\nMB", "at\n5\n\nTB", "at\n6\n\nTB"),
        ("use S3 now", "use EC2 now", "use S3 later", "use EC2 later"),
        ("a 5 MB file", "a 6 MB file", "a 5 MB log", "a 6 MB log"),
    ],
)
def test_words_that_are_not_beside_the_number_merge(base, current, proposed, merged):
    expected = merged or "Keep 6.\n\nTB are units."
    assert words.merge(base, current, proposed).text == expected
