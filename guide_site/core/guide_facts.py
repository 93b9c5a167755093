"""The facts of a guide as people write them: what each may be, and how it is kept. Pure."""

import re
from collections.abc import Callable, Mapping
from typing import Final
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email

from guide_site.core import colours

MOST_GROUPS: Final = 300  # of synonyms
MOST_HOSTS: Final = 10  # whose pictures pages show
LENGTHS: Final = {  # characters that a fact has at most
    "name": 120,
    "tagline": 300,
    "home_text": 2000,
    "accent": 7,
    "licence": 100,
    "licence_url": 500,
    "credit": 1000,
    "contact": 300,
    "language": 35,
    "home_provider": 80,
    "vendor_words": 300,
    "synonyms": 10_000,
    "source_url": 500,
    "pictures_url": 500,
    "picture_hosts": 1000,
}
OF_MANY_LINES: Final = {"home_text", "credit", "vendor_words", "synonyms", "picture_hosts"}
DEFAULTS: Final = {"language": "en", "direction": "ltr"}  # of facts that are never empty
UNKNOWN: Final[dict[str, str | bool]] = {  # every fact as it is while nobody has said it
    **dict.fromkeys(LENGTHS, ""),
    **DEFAULTS,
    "has_catalogue": True,
}
# Languages, and scripts, that run from right to left
RIGHT_TO_LEFT: Final = {"ar", "ckb", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"}
SCRIPTS: Final = {"adlm", "arab", "hebr", "nkoo", "rohg", "syrc", "thaa"}
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_is_url = URLValidator(schemes=["http", "https"])
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")
_HOST = re.compile(
    r"(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+([a-z]{2,63}|xn--[a-z0-9-]{1,59})"
)


def checked(name: str, value: str) -> str:
    """A fact as the guide keeps it. Raises ValidationError with a sentence.

    name   of the fact, a field of the model Guide
    value  what was written; "" is always allowed: nothing is known then
    """
    if "\0" in value or (not value.isprintable() and _has_half_a_character(value)):
        raise ValidationError("A NUL character or half a character is no text.")
    value = value.replace("\r\n", "\n").replace("\r", "\n").strip()
    if name not in OF_MANY_LINES:
        value = " ".join(_CONTROLS.sub(" ", value).split())
    if (most := LENGTHS.get(name)) and len(value) > most:
        raise ValidationError(f"It has {len(value)} characters; {most} are the most.")
    check = _CHECKS.get(name)
    return check(value) if value and check else value


def direction_of(language: str) -> str:
    """“rtl” for a language whose lines run from right to left, else “ltr”."""
    first, *others = language.lower().replace("_", "-").split("-")
    script = next((part for part in others if len(part) == 4 and part.isalpha()), "")
    return "rtl" if script in SCRIPTS or (not script and first in RIGHT_TO_LEFT) else "ltr"


def _has_half_a_character(value: str) -> bool:
    """True for a lone surrogate, which no file can hold."""
    return any("\ud800" <= character <= "\udfff" for character in value)


def _accent(value: str) -> str:
    value = value.lower()
    if not colours.is_colour(value):
        raise ValidationError("Write a colour as # and six digits from 0 to f, such as #1d4e6b.")
    found = colours.contrast(value, colours.WHITE)
    if found < colours.READABLE:
        raise ValidationError(
            f"White text on this colour is hard to read: its contrast is {found:.1f}, and "
            f"{colours.READABLE} is the least. Choose a darker one."
        )
    return value


def _contact(value: str) -> str:
    if "@" in value and "://" not in value:
        validate_email(value)
        return value
    return _address(value, "Write an email address, or an address that begins with https://.")


def _language(value: str) -> str:
    value = value.replace("_", "-")
    if not _LANGUAGE.fullmatch(value):
        raise ValidationError("Write the tag of a language, such as en, pt-BR or zh-Hans.")
    return value


def _address(value: str, problem: str = "Write an address that begins with https://.") -> str:
    try:
        _is_url(value)
        has_user = bool(urlsplit(value).username)
    except (ValueError, ValidationError):
        raise ValidationError(problem) from None
    if has_user:
        raise ValidationError(problem)
    return value


def _base(value: str) -> str:
    return _address(value if value.endswith("/") else f"{value}/")


def _hosts(value: str) -> str:
    hosts = list(dict.fromkeys(value.lower().replace(",", " ").split()))
    if wrong := next((host for host in hosts if not _HOST.fullmatch(host)), None):
        raise ValidationError(f"“{wrong}” is no name of a host, such as images.example.org.")
    if len(hosts) > MOST_HOSTS:
        raise ValidationError(f"At most {MOST_HOSTS} hosts.")
    return "\n".join(hosts)


def _vendor_words(value: str) -> str:
    return _separated(value.replace("\n", ","))


def _synonyms(value: str) -> str:
    lines = [line for line in map(_separated, value.split("\n")) if line]
    if alone := next((line for line in lines if "," not in line), None):
        raise ValidationError(f"“{alone}” is alone in its line: name two words or more.")
    if len(lines) > MOST_GROUPS:
        raise ValidationError(f"At most {MOST_GROUPS} lines.")
    return "\n".join(lines)


def _separated(value: str) -> str:
    words = (" ".join(word.split()) for word in value.split(","))
    return ", ".join(dict.fromkeys(word for word in words if word))


def _direction(value: str) -> str:
    if value not in ("ltr", "rtl"):
        raise ValidationError("Write ltr (left to right) or rtl (right to left).")
    return value


_CHECKS: Mapping[str, Callable[[str], str]] = {
    "accent": _accent,
    "licence_url": _address,
    "contact": _contact,
    "language": _language,
    "direction": _direction,
    "vendor_words": _vendor_words,
    "synonyms": _synonyms,
    "source_url": _base,
    "pictures_url": _base,
    "picture_hosts": _hosts,
}
