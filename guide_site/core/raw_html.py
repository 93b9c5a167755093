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

from guide_site.core import emoji_codes

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BLOCKS = {  # their start or end tag is written; those that end by themselves come first
    *("li", "p", "dt", "dd", "td", "th", "tr", "thead", "tbody", "tfoot", "caption"),
    *("div", "blockquote", "pre", "ul", "ol", "dl", "table", "details", "summary"),
}
_ENDS_BY_ITSELF = {"li", "p", "dt", "dd", "td", "th", "tr", "thead", "tbody", "tfoot", "caption"}
_VOID = {"br", "hr"}
_INLINE = {
    *("abbr", "b", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q", "s"),
    *("samp", "small", "strong", "sub", "sup", "u", "var"),
}
_WRITTEN_AS = {
    "center": "div",
    "strike": "s",
    "tt": "code",
    **dict.fromkeys(_HEADINGS, "p"),  # the subheading that Markdown makes inside an entry, too
    **dict.fromkeys(("section", "article", "aside", "header", "footer", "main", "nav"), "div"),
    **dict.fromkeys(("figure", "figcaption", "address"), "div"),
}
_LAYOUT = {  # says nothing without its words, or names an anchor
    *("a", "span", "font", "big", "img", "picture", "source", "col", "colgroup", "wbr", "nobr"),
}
_SIDES = {"left": "left", "center": "center", "middle": "center", "right": "right"}
_DEEPEST = 50  # blocks in blocks; each takes up to 5 elements, and browsers stop at some 500
_MOST_INLINE = 6  # words in <b><i>…; each paragraph in these would repeat them
_WIDEST = 50  # columns or rows of one cell
# A whole tag, or a lone “<”; the bounds keep the search linear on hostile text.
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]{0,20})([^<>]{0,1000})>|<")
_CLEANED_TAG = re.compile(r"</?[a-z0-9]+[^<>]*>")
_LINK_OR_IMAGE = re.compile(
    r"""(<(?:/?a|img)(?=[\s/>])(?:[^<>"']|"[^"<]{0,2000}"|'[^'<]{0,2000}'){0,500}>)""", re.I
)
_NUMBER = re.compile("[0-9]{1,9}")
_OPEN = re.compile(r"\sopen(?=[\s=/>])", re.I)
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
    attributes = attributes_of(html)
    address = _address(attributes.get("href", ""), md)
    if not address:
        return None
    link = Token("link_open", "a", 1, attrs={"href": address}, meta={"html": html})
    if title := attributes.get("title"):
        link.attrSet("title", title)
    return link


def _image(html: str, md: MarkdownIt) -> Token | None:
    """The image of a tag, or None if it is none or has no address that an image may have."""
    attributes = attributes_of(html) if _IMAGE.match(html) else {}
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


def attributes_of(tag: str) -> dict[str, str]:
    """The attributes of a tag that have a value; of two with one name, the first counts."""
    found: dict[str, str] = {}
    for name, *values in _ATTRIBUTE.findall(tag):
        found.setdefault(name.lower(), unescape("".join(values)).strip())
    return found


def written(token: Token) -> str:
    """The HTML that a token was in the source; “” for one of Markdown."""
    is_html = token.type in ("html_block", "html_inline")
    return token.content if is_html else str(token.meta.get("html", ""))


class Cleaner:
    """Writes the tags that guides may use, drops comments and layout, and shows the rest as text.

    It sees the HTML of one text, part by part, so that nothing is nested without end.
    """

    def __init__(self) -> None:
        self._open = Counter[str]()

    def cleaned(self, source: str) -> str:
        """A part of the text: HTML that the sanitizer still has to balance."""
        source, done = _without_comments(source), 0
        parts: list[str] = []
        for match in _TAG.finditer(source):
            parts += [self._text(source[done : match.start()]), self._tag(match)]
            done = match.end()
        return "".join([*parts, self._text(source[done:])])

    def _text(self, words: str) -> str:
        is_code = self._open["code"] or self._open["pre"] or self._open["samp"]
        return words if is_code else emoji_codes.replaced(words)

    def _tag(self, match: re.Match[str]) -> str:
        name = (match[2] or "").lower()
        written = _WRITTEN_AS.get(name, name)
        if name in _LAYOUT:
            return ""
        if written in _VOID:
            return "" if match[1] else f"<{written}>"
        if written not in _BLOCKS and written not in _INLINE:
            return escape(match[0])
        if match[1]:
            return self._end(written)
        if not self._may_begin(written):
            return ""
        return f"<{written}{_written_attributes(name, written, match[0])}>"

    def _may_begin(self, name: str) -> bool:
        """Count an element as open; False if it would be nested too deep."""
        if name in _ENDS_BY_ITSELF:
            return True
        kind, most = ("inline", _MOST_INLINE) if name in _INLINE else ("block", _DEEPEST)
        if self._open[kind] >= most:
            return False
        self._open[kind] += 1
        self._open[name] += 1
        return True

    def _end(self, name: str) -> str:
        if name not in _ENDS_BY_ITSELF and self._open[name]:
            self._open["inline" if name in _INLINE else "block"] -= 1
            self._open[name] -= 1
        return f"</{name}>"


def _written_attributes(name: str, written: str, tag: str) -> str:
    """What is kept of the attributes of a start tag, with a space in front."""
    given = attributes_of(tag) if "=" in tag else {}
    side = "center" if name == "center" else _SIDES.get(given.get("align", "").lower())
    classes = ["subheading"] if name in _HEADINGS else []
    if side and written in ("p", "div", "td", "th"):
        classes.append(f"align-{side}")
    kept = [f' class="{" ".join(classes)}"'] if classes else []
    if written in ("td", "th"):
        kept += [
            f' {span}="{min(int(given[span]), _WIDEST)}"'
            for span in ("colspan", "rowspan")
            if _NUMBER.fullmatch(given.get(span, ""))
        ]
    if written == "ol" and _NUMBER.fullmatch(given.get("start", "")):
        kept.append(f' start="{given["start"]}"')
    if written == "abbr" and given.get("title"):
        kept.append(f' title="{escape(given["title"])}"')
    if written == "details" and _OPEN.search(tag):
        kept.append(" open")
    return "".join(kept)


def words(source: str) -> str:
    """The visible words of HTML in Markdown."""
    return unescape(_CLEANED_TAG.sub(" ", Cleaner().cleaned(source)))


def has_line(source: str) -> bool:
    """True if HTML draws a line across the page."""
    return "<hr" in source.lower() and "<hr>" in Cleaner().cleaned(source)


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
                if name in _LAYOUT and not match[1] and not attributes_of(match[0]).keys() & _NAMES:
                    count[f"<{name}>"] += 1
    return +count


def _without_comments(source: str) -> str:
    first, *others = source.split("<!--")
    shown = [part.partition("-->")[2] if "-->" in part else f"<!--{part}" for part in others]
    return "".join([first, *shown])
