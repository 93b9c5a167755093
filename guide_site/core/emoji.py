"""Pictures in text: emoji as readers see them, of several code points or one. Pure.

The sequences are those of UTS #51, “Unicode Emoji”, section 1.4.9: flags of two regional
indicators, keycaps, skin tones, subdivision flags made with tag characters, and emoji joined by
a zero width joiner (❤️‍🔥). A sign may be any of them, or a single symbol such as ★.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

LONGEST = 32  # code points of a sign; the longest emoji of Unicode 16 has 15

_SELECTORS = "\ufe0e\ufe0f"  # ask for the text or the emoji form of the character before them
_SKIN = "\U0001f3fb-\U0001f3ff"
_FLAG = "\U0001f1e6-\U0001f1ff"  # regional indicators: two of them are a flag
_TAGS = "\U000e0020-\U000e007f"  # behind 🏴
_JOINER = "\u200d"
_KEYCAP = "\u20e3"
# Emoji of other categories than So, “symbol, other”.
_OTHER_EMOJI = "‼⁉ℹ↔◻◼◽◾⤴⤵〰〽"


def _ranges() -> str:
    """Characters that can be a picture, for a regular expression.

    Symbols up to U+33FF, and the planes of emoji as a whole: their free places are reserved.
    """
    found: list[list[int]] = []
    for number in range(0xA1, 0x3400):
        character = chr(number)
        if unicodedata.category(character) == "So" or character in _OTHER_EMOJI:
            if found and found[-1][1] == number - 1:
                found[-1][1] = number
            else:
                found.append([number, number])
    ranges = "".join(f"{chr(first)}-{chr(last)}" for first, last in found)
    return ranges + "\U0001f000-\U0001f1e5\U0001f200-\U0001faff"


_SELECTOR = f"[{_SELECTORS}]?"
_MODIFIED = f"{_SELECTOR}(?:[{_SKIN}]|{_KEYCAP}|[{_TAGS}]+)?{_SELECTOR}"
_ELEMENT = f"(?:[{_FLAG}]{{2}}|[{_ranges()}]){_MODIFIED}"
_PICTURE = f"(?:[0-9#*]{_SELECTOR}{_KEYCAP}{_SELECTOR}|{_ELEMENT}(?:{_JOINER}{_ELEMENT})*)"
_ONE = re.compile(_PICTURE)
_GOES_ON = f"(?![{_JOINER}{_SELECTORS}{_KEYCAP}{_SKIN}{_FLAG}{_TAGS}])"


def bare(sign: str) -> str:
    """A sign without variation selectors, which a text may have or lack."""
    return sign.replace("\ufe0e", "").replace("\ufe0f", "")


def leading(text: str) -> str:
    """The picture that a text begins with, as it is written; “” if it begins with none."""
    match = _ONE.match(text)
    return match[0] if match else ""


def holds_picture(text: str) -> bool:
    """True for a text with a picture anywhere in it."""
    return _ONE.search(text) is not None


def pictures(text: str) -> list[str]:
    """The pictures of a text, in order, as they are written."""
    return _ONE.findall(text)


def is_picture(text: str) -> bool:
    """True for exactly one picture."""
    return _ONE.fullmatch(text) is not None


def rarest(sign: str) -> str:
    """A character that every text with this sign has, for a first look into a database."""
    return _KEYCAP if _KEYCAP in sign else sign[0]


def name(sign: str) -> str:
    """What Unicode calls a sign, such as “Fire”; of joined emoji, each part."""
    if len(flag := re.findall(f"[{_FLAG}]", sign)) == 2:
        return "Flag " + "".join(chr(ord(each) - 0x1F1E6 + ord("A")) for each in flag)
    if _KEYCAP in sign:
        return f"Keycap {sign[0]}"
    parts = [unicodedata.name(part[0], "").lower() for part in bare(sign).split(_JOINER)]
    return ", ".join(filter(None, parts)).capitalize()


class Found(NamedTuple):
    """A sign in a text: where it stands, with its variation selectors, and its bare form."""

    start: int
    end: int
    key: str


class Finder:
    """Finds signs in texts, with or without variation selectors.

    One is never found inside a longer emoji: ❤ is no part of ❤️‍🔥, nor 👍 of 👍🏽. Threads may
    share a Finder.

    signs  may be anything that is no letter or digit; most are one picture
    """

    def __init__(self, signs: Iterable[str]) -> None:
        self._keys = {key for sign in signs if (key := bare(sign))}
        others = sorted((key for key in self._keys if not is_picture(key)), key=len, reverse=True)
        if others:
            alternatives = "|".join(_with_selectors(key) + _GOES_ON for key in others)
            self._pattern = re.compile(f"{alternatives}|{_PICTURE}")
        else:
            self._pattern = _ONE

    def find(self, text: str) -> Iterator[Found]:
        """The signs of a text, in order."""
        if self._keys:
            for match in self._pattern.finditer(text):
                if (key := bare(match[0])) in self._keys:
                    yield Found(match.start(), match.end(), key)

    def at(self, text: str, position: int = 0) -> Found | None:
        """The sign that begins at a position of a text, where no other picture stands around it."""
        match = self._pattern.match(text, position) if self._keys else None
        if match and (key := bare(match[0])) in self._keys:
            return Found(match.start(), match.end(), key)
        return None

    def replace(self, text: str, made: Callable[[Found, str], str]) -> str:
        """A text with something in place of each sign.

        made  returns it for a sign and how that is written
        """
        done, parts = 0, []
        for found in self.find(text):
            parts += [text[done : found.start], made(found, text[found.start : found.end])]
            done = found.end
        return "".join([*parts, text[done:]])


def _with_selectors(key: str) -> str:
    return "".join(f"{re.escape(character)}{_SELECTOR}" for character in key)
