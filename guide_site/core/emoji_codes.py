"""Short codes of emoji, `:rocket:`, with the names that code hosts give them. Pure."""

import re
from functools import cache

import emoji

# A code hangs on no word or colon, so that “arn:aws:kms:key:x” stays, but on another code it may.
_CODES = re.compile(r"(?<![\w:])(?::[a-z0-9_+-]{1,60}:)+")
_CODE = re.compile(r":[a-z0-9_+-]+:")


def replaced(text: str) -> str:
    """A text with emoji in place of their codes; other words between colons stay."""
    if ":" not in text:
        return text
    return _CODES.sub(lambda run: _CODE.sub(lambda code: _named(code[0]), run[0]), text)


def _named(code: str) -> str:
    return _characters().get(code, code)


@cache
def _characters() -> dict[str, str]:
    """{“:rocket:”: the emoji}: some 5,000, read when the first text has a code."""
    found: dict[str, str] = {}
    for key in ("alias", "en"):  # a name of its own goes before the second name of another
        for character, names in emoji.EMOJI_DATA.items():
            given = names.get(key, ())
            for name in [given] if isinstance(given, str) else given:
                if key == "en" or name not in found:
                    found[name] = character
    return found
