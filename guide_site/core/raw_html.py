"""HTML in Markdown: links and images become those of Markdown, a few tags stay, the rest is text.

Pure. The same tokens then serve all who read a text: pages, words, link targets, the import.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from html import escape, unescape

from markdown_it import MarkdownIt
from markdown_it.common.utils import isLinkClose, isLinkOpen
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

# Raw HTML that guides use for what Markdown lacks. Any other tag is shown as text, so that
# “replace <bucket>” loses nothing.
TAGS = {"br", "sup", "sub", "kbd", "b", "i", "u", "s", "small", "details", "summary"}
_DROPPED = {
    "a",
    "p",
    "div",
    "span",
    "center",
    "img",
    "picture",
    "source",
}  # layout, and anchors without an address
# A whole tag, or a lone “<”; the bounds keep the search linear on hostile text.
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]{0,20})([^<>]{0,1000})>|<")
_CLEANED_TAG = re.compile(r"</?[a-z]+>")
_LINK_OR_IMAGE = re.compile(
    r"""(<(?:/?a|img)(?=[\s/>])(?:[^<>"']|"[^"<]{0,2000}"|'[^'<]{0,2000}'){0,500}>)""", re.I
)
_NAMES = {"name", "id"}  # an anchor, to which links lead
_IMAGE = re.compile(r"<img[\s/]", re.I)
_ATTRIBUTE = re.compile(
    r"""[\s/"']([a-zA-Z_][\w.:-]{0,30})\s{0,9}=\s{0,9}(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))"""
)


def links_and_images(md: MarkdownIt) -> None:
    """Let a parser read `<a href>` and `<img>` as links and images: a plugin of markdown-it."""

    def rule(state: StateCore) -> None:
        for token in state.tokens:
            if token.type == "html_block" and _LINK_OR_IMAGE.search(token.content):
                parts = _LINK_OR_IMAGE.split(_without_comments(token.content))
                html = [Token("html_inline", "", 0, content=part) for part in parts if part]
                token.children = list(_converted(html, md))
            elif token.children:
                token.children = list(_converted(token.children, md))

    md.core.ruler.push("html_links_and_images", rule)


def _converted(tokens: Iterable[Token], md: MarkdownIt) -> Iterator[Token]:
    """Tokens with the links and images of HTML as those of Markdown; no link in a link."""
    in_markdown = in_html = False
    for token in tokens:
        content = token.content if token.type == "html_inline" else ""
        begins = isLinkOpen(content) and not in_markdown
        if in_html and (begins or token.type == "link_open" or isLinkClose(content)):
            in_html = False
            yield Token("link_close", "a", -1)
            if isLinkClose(content):
                continue
        if token.type in ("link_open", "link_close"):
            in_markdown = token.nesting == 1
        made = (_link if begins else _image)(content, md) if content else None
        in_html = in_html or bool(made and begins)
        yield made or token
    if in_html:
        yield Token("link_close", "a", -1)


def _link(html: str, md: MarkdownIt) -> Token | None:
    """The beginning of a link, or None if the tag has no address that a link may have."""
    attributes = _attributes(html)
    address = _address(attributes.get("href", ""), md)
    if not address:
        return None
    link = Token("link_open", "a", 1, attrs={"href": address}, meta={"html": html})
    if title := attributes.get("title"):
        link.attrSet("title", title)
    return link


def _image(html: str, md: MarkdownIt) -> Token | None:
    """The image of a tag, or None if it is none or has no address that an image may have."""
    attributes = _attributes(html) if _IMAGE.match(html) else {}
    address = _address(attributes.get("src", ""), md)
    if not address:
        return None
    words = Token("text", "", 0, content=attributes.get("alt", ""))
    image = Token("image", "img", 0, attrs={"src": address, "alt": ""}, meta={"html": html})
    image.children, image.content = [words], words.content
    if title := attributes.get("title"):
        image.attrSet("title", title)
    return image


def _address(written: str, md: MarkdownIt) -> str:
    """The address as browsers read it, without tabs and line ends; “” if it could execute."""
    address = md.normalizeLink(re.sub(r"[\t\n\r]", "", written))
    return address if md.validateLink(address) else ""


def _attributes(tag: str) -> dict[str, str]:
    """The attributes of a tag that have a value; of two with one name, the first counts."""
    found: dict[str, str] = {}
    for name, *values in _ATTRIBUTE.findall(tag):
        found.setdefault(name.lower(), unescape("".join(values)).strip())
    return found


def written(token: Token) -> str:
    """The HTML that a token was in the source; “” for one of Markdown."""
    is_html = token.type in ("html_block", "html_inline")
    return token.content if is_html else str(token.meta.get("html", ""))


def cleaned(source: str) -> str:
    """Keep the tags that guides may use; drop comments and anchors; show the rest as text."""

    def tag(match: re.Match[str]) -> str:
        name = (match[2] or "").lower()
        if name in TAGS:
            return f"<{match[1]}{name}>"
        return "" if name in _DROPPED else escape(match[0])

    return _TAG.sub(tag, _without_comments(source))


def words(source: str) -> str:
    """The visible words of HTML in Markdown."""
    return unescape(_CLEANED_TAG.sub(" ", cleaned(source)))


def dropped(tokens: Iterable[Token]) -> Counter[str]:
    """What of the HTML in these tokens is not shown: “<div>”, “comment”, and how often."""
    count: Counter[str] = Counter()
    for token in tokens:
        if token.children:
            count += dropped(token.children)
        elif token.type in ("html_block", "html_inline"):
            count["comment"] += token.content.count("<!--")
            for match in _TAG.finditer(_without_comments(token.content)):
                name = (match[2] or "").lower()
                if name in _DROPPED and not match[1] and not _attributes(match[0]).keys() & _NAMES:
                    count[f"<{name}>"] += 1
    return +count


def _without_comments(source: str) -> str:
    first, *others = source.split("<!--")
    shown = [part.partition("-->")[2] if "-->" in part else f"<!--{part}" for part in others]
    return "".join([first, *shown])
