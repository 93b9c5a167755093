"""What addresses are made of: slugs that nothing else has, and numbers."""

from collections.abc import Callable
from functools import cache
from itertools import chain, count
from urllib.parse import unquote

from django.urls import Resolver404, resolve, reverse

MAX_DIGITS = 18  # of a number in an address: every such number fits a 64-bit primary key


def free_slug(wanted: str, is_taken: Callable[[str], bool]) -> str:
    """A slug that is free: `wanted` itself, else "wanted-2", "wanted-3" and so on.

    wanted    short enough for its column to hold "-" and a number as well
    is_taken  says whether something has a slug already
    """
    slugs = chain([wanted], (f"{wanted}-{number}" for number in count(2)))
    return next(slug for slug in slugs if not is_taken(slug))


def whole_number(text: str | None) -> int | None:
    """The number that a part of an address or a hidden field holds, zero or more.

    None for everything else: no text, a sign, digits other than 0 to 9, too many of them.
    """
    if text and text.isascii() and text.isdigit() and len(text) <= MAX_DIGITS:
        return int(text)
    return None


def numbered_address(name: str, number: int) -> str:
    """The address of this name with one number in it, such as “entry-edit”.

    As `reverse` has it, but 20 times as fast: a page of the whole guide has thousands of them.
    """
    return _pattern(name).format(number)


def on_this_site(target: str) -> str | None:
    """The target of a link if it is the path of a page here, such as “/sections/x/#y”."""
    if not target.startswith("/") or target.startswith("//"):
        return None
    try:
        resolve(unquote(target.partition("#")[0].partition("?")[0]))
    except Resolver404:
        return None
    return target


@cache
def _pattern(name: str) -> str:
    return reverse(name, args=[0]).replace("/0", "/{}", 1)
