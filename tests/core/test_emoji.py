"""Pictures in text: one is one emoji as readers see it, and no part of another is found in it."""

import pytest

from guide_site.core import emoji
from guide_site.core.emoji import Finder
from guide_site.core.legend_signs import label_signs

ONE = [
    *("❗", "⚠️", "⚠", "ℹ️", "ℹ", "‼️", "⁉️", "〽️", "↔️", "★", "☎\ufe0e", "1️⃣", "#️⃣", "*⃣", "0️⃣"),
    *("👩‍💻", "❤️‍🔥", "❤‍🔥", "🏳️‍🌈", "👨‍👩‍👧‍👦", "👩🏽‍❤️‍💋‍👨🏾", "👍🏽", "☝️🏽", "🇩🇪", "🏴󠁧󠁢󠁥󠁮󠁧󠁿"),
    "\U0001faf8",  # newer than the tables of Python
]


@pytest.mark.parametrize("sign", ONE)
def test_an_emoji_of_any_length_is_one_picture(sign):
    assert emoji.is_picture(sign)
    assert emoji.leading(f"{sign}{sign} x") == sign
    assert emoji.pictures(f"a {sign}, {sign}") == [sign, sign]


@pytest.mark.parametrize("text", ["", "a", "1", "#", "→", "🇩", "❗❗", "❗ ", " ❗", "\u200d", "1️"])
def test_other_text_is_no_picture(text):
    assert not emoji.is_picture(text)


@pytest.mark.parametrize(
    ("sign", "text"),
    [
        *(
            ("❤", "❤️‍🔥"),
            ("🔥", "❤️‍🔥"),
            ("👩", "👩‍💻"),
            ("💻", "👩‍💻"),
            ("👍", "👍🏽"),
            ("🏽", "👍🏽"),
        ),
        *(("🇩", "🇩🇪"), ("🇪🇫", "🇩🇪🇫🇷"), ("🏴", "🏴󠁧󠁢󠁥󠁮󠁧󠁿"), ("🏳", "🏳️‍🌈"), ("👩‍💻", "👩‍💻‍👩")),
    ],
)
def test_a_sign_is_not_found_in_a_longer_emoji(sign, text):
    assert list(Finder([sign]).find(f"a {text} b {text}")) == []
    assert [found.key for found in Finder([sign, text]).find(text)] == [emoji.bare(text)]


@pytest.mark.parametrize(
    ("sign", "text"),
    [("⚠️", "⚠"), ("⚠", "⚠️"), ("⚠", "⚠\ufe0e"), ("1️⃣", "1⃣"), ("1⃣", "1️⃣"), ("❤‍🔥", "❤️‍🔥"), ("→", "→")],
)
def test_a_sign_is_found_with_and_without_variation_selectors(sign, text):
    (found,) = Finder([sign]).find(f"x{text}y")
    assert (found.start, found.end, found.key) == (1, 1 + len(text), emoji.bare(sign))


def test_digits_are_no_part_of_a_keycap():
    assert [f.start for f in Finder(["1️⃣"]).find("1 11️⃣ 12")] == [3]


@pytest.mark.parametrize(
    ("sign", "name"),
    [("🔥", "Fire"), ("👩‍💻", "Woman, personal computer"), ("🇩🇪", "Flag DE"), ("1️⃣", "Keycap 1")],
)
def test_unicode_has_a_name_for_a_sign(sign, name):
    assert emoji.name(sign) == name


def test_links_of_signs_hold_the_whole_emoji_as_it_is_written():
    legend = {"❤": ("/love", "Love"), "1⃣": ("/one", "One"), "🔥": ("/hot", "Hot")}
    html = label_signs("<p>❤️ ❤️‍🔥 1️⃣ 1 <code>🔥</code> <abbr>x</abbr> <a href='#'>🔥</a></p>", legend)
    assert [part.split("<")[0] for part in html.split('class="tag"')[1:]] == [
        ' href="/love" title="Love" aria-label="Love">❤️',
        ' href="/one" title="One" aria-label="One">1️⃣',
    ]


def test_long_runs_of_parts_are_read_once():
    text = "👩\u200d" * 50_000 + "🇩" * 50_001 + "\ufe0f" * 50_000
    assert list(Finder(["🔥"]).find(text)) == []
