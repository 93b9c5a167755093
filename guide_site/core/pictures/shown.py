"""Pictures in rendered texts: the tokens of an image, and the names that texts use for pictures."""

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final, NamedTuple, TypeAlias
from urllib.parse import unquote, urlsplit

from markdown_it.token import Token

from guide_site.core import raw_html
from guide_site.core.pictures.badges import is_badge

MAX_NAME: Final = 300  # characters of the name of a picture
ENDINGS: Final = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg")  # of names, in any case
_SMALLEST = 8  # pixels that HTML may shrink a picture to
_SIDE = re.compile(r"\s*(\d{1,9}(?:\.\d{0,9})?)(?![\d.]|\s*%)")


class Picture(NamedTuple):
    """A picture that a page shows: where it is on this site, and its size in pixels."""

    address: str
    width: int
    height: int


class Elsewhere(NamedTuple):
    """A picture of another site.

    is_shown  False: pages only link to it
    """

    address: str
    is_shown: bool


# What the address of a picture in a text means; None: nothing is known of it.
PictureOf: TypeAlias = Callable[[str], Picture | Elsewhere | None]


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


def host_of(address: str) -> str:
    """The host that browsers would ask for this address; “” if that is not plain."""
    try:
        parts = urlsplit(address)
        is_plain = "@" not in parts.netloc and "\\" not in address and parts.port is None
    except ValueError:
        return ""
    return (parts.hostname or "") if is_plain else ""


def place(tokens: list[Token], picture_of: PictureOf | None) -> set[str]:
    """Put the pictures that are shown in the place of their tokens; return their addresses.

    Pictures that are only there to be counted go: of one pixel, or without a size.
    """
    addresses: set[str] = set()
    for token in tokens:
        children: list[Token] = []
        for child in token.children or ():
            if _is_dot(child):
                continue
            picture = picture_of(address(child)) if picture_of and child.type == "image" else None
            if isinstance(picture, Elsewhere) and is_badge(picture.address):
                picture = picture._replace(is_shown=False)
            if isinstance(picture, Picture) or (picture and picture.is_shown):
                addresses.add(picture.address)
                children += _tokens(child, picture)
            else:
                if picture:
                    child.attrSet("src", picture.address)
                children.append(child)
        if token.children:
            token.children = children
    return addresses


def _is_dot(token: Token) -> bool:
    """True for a picture of another site that says itself that nobody sees it."""
    if token.type != "image" or name_of(address(token)):
        return False
    return any(side <= 1 for side in _said_size(token).values())


def _shown_size(picture: Picture, said: dict[str, int]) -> dict[str, int]:
    """Width and height of a picture of this site: as HTML says, with its own proportions."""
    width, height = picture.width, picture.height
    if said.get("width", 0) >= _SMALLEST:
        width, height = said["width"], round(said["width"] * height / width)
    elif said.get("height", 0) >= _SMALLEST:
        width, height = round(said["height"] * width / height), said["height"]
    return {"width": max(1, width), "height": max(1, height)}


def _said_size(image: Token) -> dict[str, int]:
    """The width and height that HTML gives to a picture, in pixels, where it does."""
    given = raw_html.attributes_of(raw_html.written(image))
    sides = {name: _SIDE.match(given.get(name, "")) for name in ("width", "height")}
    return {name: int(float(side[1])) for name, side in sides.items() if side}


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


def _tokens(image: Token, picture: Picture | Elsewhere) -> list[Token]:
    """What shows a picture: the image, and its title below."""
    alt = " ".join("".join(_words(image.children or ())).split())
    attributes: dict[str, str | int | float] = {
        "class": "picture",
        "src": picture.address,
        "alt": alt,
    }
    if isinstance(picture, Picture):
        attributes |= _shown_size(picture, _said_size(image))
    else:
        attributes |= {**_said_size(image), "referrerpolicy": "no-referrer"}
    attributes["loading"] = "lazy"
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
