"""Colours and their contrast. Pure.

Luminance and contrast are those of WCAG 2.2: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
"""

import re
from typing import Final

WHITE, NIGHT = "#ffffff", "#15181b"  # paper in daylight, nearly, and in the dark
READABLE: Final = 4.5  # least contrast of text
_HEX = re.compile(r"#[0-9a-f]{6}")

_Rgb = tuple[int, int, int]


def is_colour(text: str) -> bool:
    """True for “#” with six hexadecimal digits in lower case."""
    return _HEX.fullmatch(text) is not None


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, from 1 to 21."""
    low, high = sorted((_luminance(_rgb(one)), _luminance(_rgb(other))))
    return (high + 0.05) / (low + 0.05)


def in_the_dark(colour: str) -> str:
    """The colour, made as much lighter as it takes to be read on dark paper."""
    rgb = _rgb(colour)
    for step in range(21):
        lighter = "#" + "".join(f"{round(part + (255 - part) * step / 20):02x}" for part in rgb)
        if contrast(lighter, NIGHT) >= READABLE:
            return lighter
    return WHITE


def _rgb(colour: str) -> _Rgb:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(rgb: _Rgb) -> float:
    shares = [part / 255 for part in rgb]
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
