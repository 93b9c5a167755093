"""Links, images and marks of footnotes in a line of text, as the site shows them. Pure."""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeAlias
from urllib.parse import unquote

from markdown_it.token import Token

from guide_site.core import definitions, extensions, raw_html, relative_links, sanitizer
from guide_site.core.definitions import Notes

AddressOf: TypeAlias = Callable[[str], str | None]  # of the target of a link; None: nowhere

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*(?=:)", re.I)
_WEB = ("http://", "https://", "//")


class Context(NamedTuple):
    """What the tokens of one text are shown with: see `render`; and the state of its HTML."""

    address_of: AddressOf | None
    file_of: AddressOf | None
    notes: Notes
    html: raw_html.Cleaner


def target_of(token: Token) -> str:
    """Where a link leads; anchors as they are written, not percent-encoded."""
    target = str(token.attrGet("href") or "")
    if target.startswith("www."):
        return f"http://{target}"  # as a bare address of this form
    return unquote(target) if target.startswith("#") else target


def visible(tokens: Sequence[Token], *, as_written: bool = False) -> str:
    """The visible words of tokens on one line.

    as_written  with the codes of emoji in place of the emoji
    """
    parts: list[str] = []
    for token in tokens:
        if token.children:
            parts.append(visible(token.children, as_written=as_written))
        elif token.type in ("softbreak", "hardbreak") or (token.block and token.nesting == -1):
            parts.append(" ")
        elif token.type in ("html_inline", "html_block"):
            parts.append(raw_html.words(token.content))
        else:
            parts.append(extensions.written(token) if as_written else token.content)
    return " ".join("".join(parts).split())


def _resolve(link: Token, context: Context) -> bool:
    """Point a link at its place; False if there is none, and the link says so."""
    target = target_of(link)
    known, name = None, target
    if target.startswith("#"):
        known, name = context.address_of, target[1:]
        missing = f"This guide has no section “{name}”."
    elif relative_links.is_relative(target):
        known = context.file_of
        missing = f"A file that this site does not have: {target}"
    address = known(name) if known else target
    if address is None:
        link.attrs = {"class": "missing", "title": missing}
        return False
    if address != target or target.startswith("http:"):  # which `target_of` may have added
        link.attrSet("href", address)
    if address.lower().startswith(_WEB):
        link.attrSet("class", "external")
    return True


def shown(children: list[Token], context: Context) -> list[Token]:
    """The inline tokens that a page shows in place of these."""
    made: list[Token] = []
    open_links: list[tuple[str, str, int]] = []  # tag, address, place in `shown`
    for token in children:
        if token.type == "link_open":
            address = target_of(token)
            token.tag = "a" if _resolve(token, context) else "span"
            open_links.append((token.tag, address, len(made)))
        elif token.type == "link_close":
            token.tag, address, start = open_links.pop()
            made[start:] = _ended([*made[start:], token], address)
            continue
        elif token.type == "image" and (missing := _missing_image(token, context)):
            made += missing
            continue
        elif token.type == "image":
            made += _image(token, inside_link=bool(open_links))
            continue
        elif token.type == "footnote_ref":
            made += definitions.mark(token, {} if open_links else context.notes)
            continue
        elif token.type == "html_inline":
            token.content = context.html.cleaned(token.content)
        made.append(token)
    return made


def _ended(link: list[Token], address: str) -> list[Token]:
    """A link from its beginning to its end, as it is shown: without words it has its address."""
    opening, *words, end = link
    if not _may_link(address):
        return _unlinked(address, words)
    if not visible(words) and not address.startswith("#"):
        words.append(Token("text", "", 0, content=address))
    return [opening, *words, end]


def _may_link(address: str) -> bool:
    """True unless the sanitizer takes away links of this scheme, such as “tel:”."""
    scheme = _SCHEME.match(address)
    return scheme is None or scheme[0].lower() in sanitizer.SCHEMES


def _unlinked(address: str, words: list[Token]) -> list[Token]:
    """The words of a link that cannot be one, and its address unless they are the same."""
    shown = visible(words)
    if address in shown or address.partition(":")[2] in shown:
        return words
    return [*words, Token("text", "", 0, content=f" ({address})")]


def _missing_image(token: Token, context: Context) -> list[Token]:
    """The words of an image in a file that is not here; otherwise nothing, and its address."""
    link = Token("link_open", "span", 1, attrs={"href": str(token.attrs["src"])})
    if _resolve(link, context):
        token.attrSet("src", str(link.attrs["href"]))
        return []
    words = Token("text", "", 0, content=visible(token.children or []) or "image")
    return [link, words, Token("link_close", "span", -1)]


def _image(token: Token, *, inside_link: bool) -> list[Token]:
    """Images of other hosts are not loaded (content policy): link to them instead."""
    label = visible(token.children or []) or "image"
    words = Token("text", "", 0, content=label)
    address = str(token.attrs["src"])
    if inside_link or address.startswith("data:"):
        return [words]
    if not _may_link(address):
        return _unlinked(address, [words])
    opening = Token("link_open", "a", 1, attrs={"href": address, "class": "external"})
    return [opening, words, Token("link_close", "a", -1)]
