"""What the parser says of a block: its kind, its lines, whether it holds only images."""

from collections.abc import Sequence
from typing import cast

from markdown_it.token import Token

# {type of the token that begins a block: the kind of its entry}
KINDS = {
    "paragraph_open": "paragraph",
    "blockquote_open": "paragraph",
    "hr": "paragraph",
    "heading_open": "paragraph",
    "table_open": "table",
    "fence": "code",
    "code_block": "code",
    "html_block": "html",
    "footnote_reference_open": "footnote",
}


def lines_of(token: Token) -> tuple[int, int]:
    """The first line of the block that a token begins, and the line after its last."""
    first, after = cast(list[int], token.map)  # the parser sets it on these tokens
    return first, after


def only_images(inline: Token) -> bool:
    """True for a paragraph of images, with links around them or not, and nothing else."""
    children = [child for child in inline.children or () if child.type != "softbreak"]
    images = [child for child in children if child.type == "image"]
    rest = [c for c in children if c.type not in ("image", "link_open", "link_close")]
    return bool(images) and not any(child.content.strip() for child in rest)


def names_address(inline: Token) -> bool:
    """True for words with a link out of the guide, or with a picture."""
    return any(
        child.type == "image"
        or (child.type == "link_open" and not str(child.attrs["href"]).startswith("#"))
        for child in inline.children or ()
    )


def after_banner(tokens: Sequence[Token]) -> int:
    """Index of the first heading, if only pictures stand before it: they belong to it. Else 0."""
    for position, token in enumerate(tokens):
        if token.type == "heading_open" and token.level == 0:
            return position
        if token.type == "inline" and not only_images(token):
            return 0
        if token.type not in ("paragraph_open", "inline", "paragraph_close"):
            return 0
    return 0
