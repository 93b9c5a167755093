"""Badges: pictures that a service draws of a state, such as “build passing”.

A paragraph of badges says little and would push the guide down; it becomes one line of links.
"""

import re
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from markdown_it.token import Token

from guide_site.core import raw_html

_HOSTS = re.compile(
    r"(?:^|\.)(?:shields\.io|badge\.fury\.io|badgen\.net|badgers\.space|travis-ci\.(?:org|com)"
    r"|codecov\.io|coveralls\.io|gitter\.im|appveyor\.com|circleci\.com|david-dm\.org"
    r"|komarev\.com|hits\.dwyl\.(?:io|com)|visitor-badge\.[a-z.]+|hitcounter\.pythonanywhere\.com"
    r"|isitmaintained\.com|bettercodehub\.com|badges\.[a-z-]+\.[a-z]+|badge\.[a-z-]+\.[a-z]+)$",
    re.I,
)
# A file “badge”, “status-badge.svg”, or anything in a folder “badge” or “project_badges”.
_PATH = re.compile(r"(?:^|[/._-])badges?(?:[/._-]|$)|/workflows/[^/]+/badge|_badges/", re.I)
_BETWEEN = " · "


def is_badge(address: str) -> bool:
    """True for the address of a picture that is a badge: known by its host or its path."""
    if not address.lower().startswith(("http://", "https://", "//")):
        return False
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return False
    return bool(_HOSTS.search(host) or _PATH.search(parts.path))


def fold(tokens: Sequence[Token]) -> None:
    """Make one line of each paragraph that holds badges and nothing else: “Badges: a · b”."""
    for token in tokens:
        if token.children and _are_only_badges(token.children):
            token.children = list(_line(token.children))


def _are_only_badges(children: Sequence[Token]) -> bool:
    pictures = [child for child in children if child.type == "image"]
    rest = (child for child in children if child.type != "image")
    return (
        bool(pictures)
        and all(is_badge(str(picture.attrGet("src") or "")) for picture in pictures)
        and all(_says_nothing(child) for child in rest)
    )


def _says_nothing(token: Token) -> bool:
    words = token.content
    if token.type == "html_inline":
        words = raw_html.words(words)
    return not words.strip("\n\t |•·\xa0")


def _line(children: Sequence[Token]) -> Iterator[Token]:
    """The badges with words between them, without the blanks and line ends."""
    count = sum(child.type == "image" for child in children)
    words, in_link = "Badges: " if count > 1 else "Badge: ", False
    for child in children:
        if child.type in ("link_open", "image") and not in_link:
            yield Token("text", "", 0, content=words)
            words = _BETWEEN
        if child.type in ("link_open", "link_close"):
            in_link = child.nesting == 1
        is_break = child.type == "html_inline" and child.content.lower().startswith("<br")
        if child.type in ("link_open", "link_close", "image", "html_inline") and not is_break:
            yield child
