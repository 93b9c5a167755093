"""A page as its reader meets it: words and links."""

from html.parser import HTMLParser

_VOID = {"br", "hr", "img", "input", "link", "meta"}


class _Main(HTMLParser):
    """Collects the words inside <main> and the targets of all links of a page."""

    def __init__(self):
        super().__init__()
        self.open, self.words, self.links = [], [], []

    def handle_starttag(self, tag, attributes):
        if tag not in _VOID:
            self.open.append(tag)
        if tag == "a":
            self.links.append(dict(attributes).get("href"))

    def handle_endtag(self, tag):
        while self.open and self.open.pop() != tag:
            pass

    def handle_data(self, data):
        if "main" in self.open:
            self.words.append(data)


def _read(answer):
    page = _Main()
    page.feed(answer.text)
    return page


def words(answer):
    """The words of the page's main part, one space apart."""
    return " ".join("".join(_read(answer).words).split())


def links(answer):
    """The targets of its links, in order."""
    return _read(answer).links


def own_links(answer):
    """The same, without what every page has in its head and foot."""
    frame = {"#main", "/", "/guide/", "/services/", "/legend/", "/changes/", "/proposals/"}
    frame |= {"/api/", "/api/#feeds", "/api/#markdown"}
    return [
        link
        for link in links(answer)
        if link not in frame and not link.startswith(("/accounts/", "https://"))
    ]
