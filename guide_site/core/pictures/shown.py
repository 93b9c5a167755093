"""Pictures in rendered texts: the tokens of an image, and the names that texts use for pictures."""

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final, NamedTuple, TypeAlias
from urllib.parse import unquote

from markdown_it.token import Token

from guide_site.core import raw_html

MAX_NAME: Final = 300  # characters of the name of a picture
ENDINGS: Final = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg")  # of names, in any case
_SIDE = re.compile(r"\s*(\d{1,9}(?:\.\d{0,9})?)(?![\d.]|\s*%)")


class Picture(NamedTuple):
    """A picture that a page shows: where it is on this site, and its size in pixels."""

    address: str
    width: int
    height: int


PictureOf: TypeAlias = Callable[[str], Picture | None]  # of the address in a text; None: no picture


def name_of(address: str, bases: Iterable[str] = ()) -> str | None:
    """The name of a picture in the guide's folder, such as “figures/plan.png”; None for others.

    address  as a text has it: “./figures/plan.png?raw=true”
    bases    web addresses under which the guide's folder stands elsewhere

    None is what has a host, names nothing, or leaves the folder.
    """
    for base in filter(None, bases):
        if address.startswith(f"{base.rstrip('/')}/"):
            address = address[len(base.rstrip("/")) :]
            break
    path = unquote(re.split(r"[?#]", address, maxsplit=1)[0]).replace("\\", "/")
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|//", path) or "\0" in path:
        return None
    name = posixpath.normpath(path.lstrip("/"))
    if name in (".", "..") or name.startswith("../") or len(name) > MAX_NAME:
        return None
    return name


def place(tokens: list[Token], picture_of: PictureOf | None) -> set[str]:
    """Put the pictures that are shown in the place of their tokens; return their addresses.

    Pictures that are only there to be counted go: of one pixel, or without a size.
    """
    addresses: set[str] = set()
    for token in tokens:
        children: list[Token] = []
        for child in token.children or ():
            picture = picture_of(address(child)) if picture_of and child.type == "image" else None
            if picture:
                addresses.add(picture.address)
                children += _tokens(child, picture)
            elif not _is_dot(child):
                children.append(child)
        if token.children:
            token.children = children
    return addresses


def _is_dot(token: Token) -> bool:
    """True for a picture of another site that says itself that nobody sees it."""
    if token.type != "image" or name_of(address(token)):
        return False
    given = raw_html.attributes_of(raw_html.written(token))
    sides = [_SIDE.match(given.get(side, "")) for side in ("width", "height")]
    return any(side and float(side[1]) <= 1 for side in sides)


def images(tokens: Iterable[Token]) -> Iterator[Token]:
    """The tokens of images among these tokens and in them."""
    for token in tokens:
        if token.type == "image":
            yield token
        else:
            yield from images(token.children or ())


def address(image: Token) -> str:
    """The address of an image, as the text has it."""
    return str(image.attrGet("src") or "")


def _tokens(image: Token, picture: Picture) -> list[Token]:
    """What shows a picture: the image, and its title below."""
    alt = " ".join("".join(_words(image.children or ())).split())
    attributes: dict[str, str | int | float] = {
        "class": "picture",
        "src": picture.address,
        "alt": alt,
        "width": picture.width,
        "height": picture.height,
        "loading": "lazy",
    }
    made = [Token("picture", "img", 0, attrs=attributes, content=alt)]
    if title := str(image.attrGet("title") or "").strip():
        made.append(Token("caption_open", "span", 1, attrs={"class": "caption"}))
        made.append(Token("text", "", 0, content=title))
        made.append(Token("caption_close", "span", -1))
    return made


def _words(tokens: Iterable[Token]) -> Iterator[str]:
    for token in tokens:
        if token.children:
            yield from _words(token.children)
        elif token.type != "html_inline":
            yield " " if token.type in ("softbreak", "hardbreak") else token.content
