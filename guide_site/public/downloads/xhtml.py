"""HTML in, well-formed XHTML out, whatever comes in. Pure: only the standard library.

The output means the same to a parser of XML and to one of HTML: every element is closed and
nested properly, and has a name from a short list.
"""

import re
from collections.abc import Callable, Mapping
from html import escape
from html.parser import HTMLParser
from typing import NamedTuple

_VOID = {"br", "hr", "img", "link", "meta"}
_INLINE = {
    *("a", "abbr", "b", "br", "cite", "code", "del", "dfn", "em", "i", "img", "ins", "kbd"),
    *("link", "mark", "meta", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time"),
    *("title", "u", "var"),
}
_LINES = {"p", "pre", "h1", "h2", "h3", "h4", "h5", "h6"}  # hold inline elements, no blocks
_BLOCKS = {
    *("html", "head", "style", "body", "main", "nav", "section", "div", "blockquote", "hr"),
    *("ul", "ol", "li", "dl", "dt", "dd", "table", "thead", "tbody", "tr", "th", "td"),
    *("caption", "tfoot"),
}
_KNOWN = _INLINE | _LINES | _BLOCKS
_HOLD_NO_WORDS = {"ul", "ol", "dl", "table", "thead", "tbody", "tfoot", "tr"}
_CLOSES = {  # the open elements that the start of another one ends
    "li": {"li"},
    "dt": {"dt", "dd"},
    "dd": {"dt", "dd"},
    "td": {"td", "th"},
    "th": {"td", "th"},
    "tr": {"td", "th", "tr"},
    "tbody": {"td", "th", "tr", "thead", "tbody", "caption"},
    "tfoot": {"td", "th", "tr", "thead", "tbody", "caption"},
    "thead": {"caption"},
}
# E-readers cannot unfold: what the site folds is always shown.
_WRITTEN_AS = {"details": "div", "summary": "p"}
_ATTRIBUTES = {
    *("alt", "aria-label", "charset", "class", "colspan", "content", "datetime", "dir"),
    *("epub:type", "height", "href", "id", "lang", "name", "rel", "rowspan", "src", "start"),
    *("title", "type", "xml:lang", "width", "xmlns", "xmlns:epub"),
}
_ONLY_FOR = {
    "alt": {"img"},
    "aria-label": {"a", "nav"},
    "colspan": {"td", "th"},
    "height": {"img"},
    "href": {"a", "link"},
    "rel": {"link"},
    "rowspan": {"td", "th"},
    "src": {"img"},
    "start": {"ol"},
    "width": {"img"},
    "xmlns": {"html"},
    "xmlns:epub": {"html"},
}
_BLANK_LINES = re.compile(r"[ \t]*\n[ \t\n]*")
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def well_formed(
    html: str,
    link: Callable[[str], str | None] = str,
    picture: Callable[[str], str | None] = str,
) -> str:
    """`html` (a document or a part of one) as XHTML.

    link     called with the target of every link; returns the target to write, or None to write
             the words without a link
    picture  called with the address of every picture; returns the one to write, or None to write
             its alternative text, as a link if it is one of another site
    """
    writer = _Writer(link, picture)
    writer.feed(html)
    writer.close()
    return writer.written()


def characters(words: str) -> str:
    """`words` without the characters that XML cannot hold."""
    return _NO_XML.sub("", words)


class _Element(NamedTuple):
    """An open element: its name in the source, and the name written."""

    tag: str
    name: str


class _Writer(HTMLParser):
    """Writes each start tag, and its end tag when it is due."""

    def __init__(
        self, link: Callable[[str], str | None], picture: Callable[[str], str | None]
    ) -> None:
        super().__init__(convert_charrefs=True)
        self.link, self.picture = link, picture
        self.parts: list[str] = []
        self.open: list[_Element] = []

    def written(self) -> str:
        """The XHTML; closes what is still open."""
        self._close(0)
        return "".join(self.parts)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        name = _WRITTEN_AS.get(tag, tag)
        if name not in _KNOWN:
            return
        self._make_room(name)
        if name in _INLINE and self.open and self.open[-1].name in _HOLD_NO_WORDS:
            return
        attributes = dict(reversed(attrs))  # of two with the same name, the first counts
        if name == "a":
            attributes["href"] = self.link(attributes.get("href") or "")
            name = "span" if attributes["href"] is None else "a"
        if name == "img":
            address = attributes.get("src") or ""
            attributes["src"] = self.picture(address)
            if attributes["src"] is None:
                self._name_picture(address, attributes.get("alt") or "")
                return
        self.parts.append(f"<{name}{_attributes(name, attributes)}{'/' * (name in _VOID)}>")
        if name not in _VOID:
            self.open.append(_Element(tag, name))

    def _name_picture(self, address: str, words: str) -> None:
        """Write a link to a picture of another site; of one that is left out, its words."""
        link = self.link(address) if _Element("a", "a") not in self.open else None
        if link:
            words = words or address
            self.parts.append(f'<a href="{escape(characters(link))}">')
        self.handle_data(words)
        if link:
            self.parts.append("</a>")

    def handle_endtag(self, tag: str) -> None:
        for position in reversed(range(len(self.open))):
            if self.open[position].tag == tag:
                self._close(position)
                return

    def handle_data(self, data: str) -> None:
        data = characters(data)
        if self.open and self.open[-1].tag == "style":
            # HTML takes styles unescaped, XML escaped: our styles need no character that differs.
            self.parts.append(re.sub("[<&]", "", data).replace("]]>", "]] >"))
        elif _BLANK_LINES.fullmatch(data) and _Element("pre", "pre") not in self.open:
            self.parts.append("\n")  # white space that templates leave between elements
        else:
            self.parts.append(escape(data, quote=False))

    def _make_room(self, name: str) -> None:
        """Close elements that must not contain one of this name."""
        if name == "a" and _Element("a", "a") in self.open:
            self._close(self.open.index(_Element("a", "a")))
        if name not in _INLINE:
            while self.open and self.open[-1].name not in _BLOCKS:
                self._close(len(self.open) - 1)
        while self.open and self.open[-1].name in _CLOSES.get(name, ()):
            self._close(len(self.open) - 1)

    def _close(self, position: int) -> None:
        """End the open elements from `position` on."""
        while len(self.open) > position:
            self.parts.append(f"</{self.open.pop().name}>")


def _attributes(element: str, values: Mapping[str, str | None]) -> str:
    return "".join(
        f' {name}="{escape(characters(values[name] or ""))}"'
        for name in sorted(values)
        if name in _ATTRIBUTES and element in _ONLY_FOR.get(name, {element})
    )
