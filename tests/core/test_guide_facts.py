"""What each fact of a guide may be, and how it is kept."""

import pytest
from django.core.exceptions import ValidationError

from guide_site.core import colours
from guide_site.core.guide_facts import checked, direction_of


@pytest.mark.parametrize(
    ("name", "written", "kept"),
    [
        ("name", "  Guide \u2028to\t Tea\u202e ", "Guide to Tea"),
        ("home_text", "One\r\n\r\nTwo ", "One\n\nTwo"),
        ("accent", "#1D4E6B", "#1d4e6b"),
        ("contact", "team@example.org", "team@example.org"),
        ("contact", "https://example.org/@team", "https://example.org/@team"),
        ("language", "zh-Hans", "zh-Hans"),
        ("vendor_words", "Amazon ,AWS,\nAWS", "Amazon, AWS"),
        ("synonyms", "cheap, low  cost\n\n one,two ,", "cheap, low cost\none, two"),
        ("source_url", "https://example.org/tea/blob/main", "https://example.org/tea/blob/main/"),
        (
            "picture_hosts",
            "A.example.org, b.example.org a.example.org",
            "a.example.org\nb.example.org",
        ),
        ("licence_url", "", ""),
    ],
)
def test_a_fact_is_kept_in_one_form(name, written, kept):
    assert checked(name, written) == kept
    assert checked(name, kept) == kept


@pytest.mark.parametrize(
    ("name", "written", "sentence"),
    [
        ("name", "a\0b", "NUL character"),
        ("name", "a\ud800b", "half a character"),
        ("licence_url", "https://nowhere", "begins with https://"),
        ("accent", "blue", "six digits"),
        ("accent", "#ffff00", "its contrast is 1.1, and 4.5 is the least"),
        ("contact", "me@", "email"),
        ("contact", "javascript://x@y", "begins with https://"),
        ("language", "English", "tag of a language"),
        ("direction", "up", "ltr"),
        ("licence_url", "javascript:alert(1)", "begins with https://"),
        ("licence_url", "https://user:secret@example.org/", "begins with https://"),
        ("source_url", "https://[::1", "begins with https://"),
        ("picture_hosts", "https://example.org", "no name of a host"),
        ("picture_hosts", "*.example.org", "no name of a host"),
        ("picture_hosts", "'unsafe-inline'; script-src *", "no name of a host"),
        ("picture_hosts", " ".join(f"h{n}.example.org" for n in range(11)), "At most 10"),
        ("synonyms", "lonely", "alone in its line"),
        ("synonyms", "\n".join(f"a{n}, b{n}" for n in range(301)), "At most 300"),
    ],
)
def test_what_a_fact_cannot_be_is_refused_with_a_sentence(name, written, sentence):
    with pytest.raises(ValidationError, match=sentence):
        checked(name, written)


@pytest.mark.parametrize(
    ("language", "direction"),
    [
        *(
            ("ar", "rtl"),
            ("fa-IR", "rtl"),
            ("ckb", "rtl"),
            ("az-Arab", "rtl"),
            ("pa_Arab_PK", "rtl"),
        ),
        *(("de", "ltr"), ("ar-Latn", "ltr"), ("az-Latn", "ltr")),
    ],
)
def test_the_direction_follows_from_the_language(language, direction):
    assert direction_of(language) == direction


@pytest.mark.parametrize("colour", ["#000000", "#1d4e6b", "#7a0019", "#4b4b4b"])
def test_a_colour_for_the_day_has_one_for_the_night(colour):
    assert colours.contrast(colours.in_the_dark(colour), colours.NIGHT) >= colours.READABLE
    assert colours.is_colour(colours.in_the_dark(colour))


def test_contrast_is_that_of_the_guidelines():
    assert colours.contrast("#000000", "#ffffff") == 21
    assert round(colours.contrast("#777777", "#ffffff"), 2) == 4.48
