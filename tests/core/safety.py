"""What HTML of the guide may hold: a second opinion, apart from the sanitizer's own lists."""

import re
from html.parser import HTMLParser

TAGS = {
    *("a", "abbr", "b", "blockquote", "br", "caption", "cite", "code", "dd", "del", "details"),
    *("dfn", "div", "dl", "dt", "em", "hr", "i", "img", "ins", "kbd", "li", "mark", "ol", "p"),
    *("pre", "q", "s", "samp", "small", "span", "strong", "sub", "summary", "sup", "table"),
    *("tbody", "td", "tfoot", "th", "thead", "tr", "u", "ul", "var"),
}
VOID = {"br", "hr", "img"}
ATTRIBUTES = {
    "a": {"href", "title", "class", "rel", "aria-label"},
    "abbr": {"title"},
    "details": {"class", "open"},
    "div": {"class", "tabindex"},
    "img": {"alt", "class", "height", "loading", "referrerpolicy", "src", "width"},
    "ol": {"start"},
    "pre": {"tabindex"},
    "p": {"class"},
    "span": {"class", "title"},
    "td": {"class", "colspan", "rowspan"},
    "th": {"class", "colspan", "rowspan"},
}
SCHEMES = {"http", "https", "mailto", "xmpp"}


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.problems, self.open, self.text = [], [], []

    def handle_starttag(self, tag, attrs):
        if tag not in TAGS:
            self.problems.append(f"tag {tag}")
        for name, value in attrs:
            if name not in ATTRIBUTES.get(tag, set()):
                self.problems.append(f"attribute {name} of {tag}")
            elif name == "src" and not value.startswith(("/pictures/", "https://allowed.example/")):
                self.problems.append(f"picture {value}")
            elif name == "href" and not _is_safe(value):
                self.problems.append(f"address {value}")
        if tag == "a" and "a" in self.open:
            self.problems.append("link in a link")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.problems.append(f"stray end of {tag}")

    def handle_data(self, data):
        self.text.append(data)

    def handle_comment(self, data):
        self.problems.append(f"comment {data}")

    handle_decl = handle_pi = unknown_decl = handle_comment


def _is_safe(address):
    # Browsers drop control characters and spaces in front of and inside a scheme.
    bare = re.sub(r"[\x00-\x20]", "", address or "")
    scheme = re.match(r"([a-z][a-z0-9+.-]*):", bare, re.IGNORECASE)
    return scheme is None or scheme[1].lower() in SCHEMES


def problems(html):
    """What of `html` a browser must never get, in words; nothing for safe HTML."""
    reader = _read(html)
    return reader.problems + [f"{tag} is never closed" for tag in reader.open]


def text(html):
    """The visible text of `html`."""
    return "".join(_read(html).text)


def _read(html):
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader
