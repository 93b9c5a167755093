"""HTML in, well-formed XHTML out, whatever comes in. Pure: only the standard library.

What it writes means the same to a parser of XML and to one of HTML: all that is opened is
closed, in an order that nests, and names are those of a short list.
"""

import re
from html import escape
from html.parser import HTMLParser

_VOID = {"br", "hr", "link", "meta"}
_INLINE = {
    *("a", "abbr", "b", "br", "code", "del", "em", "i", "kbd", "link", "meta", "s", "small"),
    *("span", "strong", "sub", "sup", "time", "title", "u"),
}
_LINES = {"p", "pre", "h1", "h2", "h3", "h4", "h5", "h6"}  # hold what is inline and no blocks
_BLOCKS = {
    *("html", "head", "style", "body", "main", "nav", "section", "div", "blockquote", "hr"),
    *("ul", "ol", "li", "dl", "dt", "dd", "table", "thead", "tbody", "tr", "th", "td"),
}
_KNOWN = _INLINE | _LINES | _BLOCKS
_HOLD_NO_WORDS = {"ul", "ol", "dl", "table", "thead", "tbody", "tr"}
_CLOSES = {  # what the start of an element ends, where it is still open
    "li": {"li"},
    "dt": {"dt", "dd"},
    "dd": {"dt", "dd"},
    "td": {"td", "th"},
    "th": {"td", "th"},
    "tr": {"td", "th", "tr"},
    "tbody": {"td", "th", "tr", "thead", "tbody"},
}
# Devices for reading books do not unfold: what the site folds away is always shown.
_WRITTEN_AS = {"details": "div", "summary": "p"}
_ATTRIBUTES = {
    *("aria-label", "charset", "class", "content", "datetime", "epub:type", "href", "id", "lang"),
    *("name", "rel", "start", "title", "type", "xml:lang", "xmlns", "xmlns:epub"),
}
_ONLY_FOR = {
    "aria-label": {"a", "nav"},
    "href": {"a", "link"},
    "rel": {"link"},
    "start": {"ol"},
    "xmlns": {"html"},
    "xmlns:epub": {"html"},
}
_BLANK_LINES = re.compile(r"[ \t]*\n[ \t\n]*")
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def well_formed(html, link=lambda address: address):
    """`html` (a document or a part of one) as XHTML.

    link  called with the target of every link; returns the one to write, or None to leave
          the words without a link
    """
    writer = _Writer(link)
    writer.feed(html)
    writer.close()
    return writer.written()


def characters(words):
    """`words` without the characters that XML cannot hold."""
    return _NO_XML.sub("", words)


class _Writer(HTMLParser):
    """Writes each start tag, and its end tag when it is due."""

    def __init__(self, link):
        super().__init__(convert_charrefs=True)
        self.link = link
        self.parts = []
        self.open = []  # (name in the source, name as written)

    def written(self):
        self._close(0)
        return "".join(self.parts)

    def handle_starttag(self, tag, attrs):
        name = _WRITTEN_AS.get(tag, tag)
        if name not in _KNOWN:
            return
        self._make_room(name)
        if name in _INLINE and self.open and self.open[-1][1] in _HOLD_NO_WORDS:
            return
        attributes = dict(reversed(attrs))  # of two by one name, the first counts
        if name == "a":
            attributes["href"] = self.link(attributes.get("href") or "")
            name = "span" if attributes["href"] is None else "a"
        self.parts.append(f"<{name}{_attributes(name, attributes)}{'/' * (name in _VOID)}>")
        if name not in _VOID:
            self.open.append((tag, name))

    def handle_endtag(self, tag):
        for position in reversed(range(len(self.open))):
            if self.open[position][0] == tag:
                self._close(position)
                return

    def handle_data(self, data):
        data = characters(data)
        if self.open and self.open[-1][0] == "style":
            # Not escaped for HTML, nor to be escaped for XML: our styles need neither sign.
            self.parts.append(re.sub("[<&]", "", data).replace("]]>", "]] >"))
        elif _BLANK_LINES.fullmatch(data) and ("pre", "pre") not in self.open:
            self.parts.append("\n")  # what templates leave between elements
        else:
            self.parts.append(escape(data, quote=False))

    def _make_room(self, name):
        """Close what may not hold an element of this name."""
        if name == "a" and ("a", "a") in self.open:
            self._close(self.open.index(("a", "a")))
        if name not in _INLINE:
            while self.open and self.open[-1][1] not in _BLOCKS:
                self._close(len(self.open) - 1)
        while self.open and self.open[-1][1] in _CLOSES.get(name, ()):
            self._close(len(self.open) - 1)

    def _close(self, position):
        """End all that was opened from `position` on."""
        while len(self.open) > position:
            self.parts.append(f"</{self.open.pop()[1]}>")


def _attributes(element, values):
    return "".join(
        f' {name}="{escape(characters(values[name] or ""))}"'
        for name in sorted(values)
        if name in _ATTRIBUTES and element in _ONLY_FOR.get(name, {element})
    )
