"""The guide as a book to read offline: what is in it, in which order, and where links lead.

Templates print the addresses of the site; `Book.link` turns them into places of the book,
be it one file or many.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from urllib.parse import quote, unquote, urlsplit

from django.conf import settings
from django.db.models import Max
from django.urls import reverse
from reversion.models import Revision

from entries.models import LegendTag
from entries.reading.lines import walk
from entries.reading.parts import SectionPart, section_parts
from entries.reading.tree import LOWEST_RANK, Node, Tree
from services.reading.tree import guide_tree

_IN_AN_ADDRESS = "%/:?@!$&'()*+,;=~"
LICENCE = {"name": "CC BY-SA 4.0", "url": "https://creativecommons.org/licenses/by-sa/4.0/"}


@dataclass
class Chapter:
    """A main section and all below it. `file` is its name in a book of many files."""

    node: Node
    sections: list[SectionPart]
    file: str

    def ranked(self, top: int) -> list[tuple[SectionPart, int]]:
        """Its sections with the rank of their heading, from `top` down to 6."""
        return [
            (part, min(LOWEST_RANK, top + part.node.depth - self.node.depth))
            for part in self.sections
        ]


@dataclass
class Book:
    """The whole guide with what a reader without the site needs beside it."""

    name: str
    revision: Revision
    authors: list
    legend: list
    tree: Tree
    chapters: list

    licence = LICENCE

    def __post_init__(self):
        self.places = dict(_places(self))

    def link(self, address, *, file=None):
        """Where a link of the site leads in the book; None: nowhere.

        file  the one that the link stands in; None: the book is one file
        """
        if address.startswith(("http:", "https:", "mailto:")):
            return _outward(address)
        path = unquote(re.sub(r"(?<=.)[?#].*", "", address, flags=re.S))
        if path not in self.places:
            return None
        there, anchor = self.places[path]
        return f"#{anchor}" if file in (None, there) else f"{there}#{anchor}"

    def links_of(self, file):
        """`link` for all that stands in one file of many."""
        return partial(self.link, file=file)


def current():
    """The book of the guide as it is now; None while there is no guide. Five queries."""
    last_of_each = Revision.objects.order_by().values("user").annotate(last=Max("pk"))
    revisions = Revision.objects.filter(pk__in=last_of_each.values("last"))
    revisions = list(revisions.select_related("user").order_by("-pk"))
    tree = guide_tree()
    parts = {part.node: part for part in section_parts(tree.walk())}
    if not (revisions and tree.roots):
        return None
    authors = [revision.user for revision in revisions if revision.user]
    return Book(
        name=settings.GUIDE_NAME,
        revision=revisions[0],
        authors=sorted(author.username for author in authors if author.is_active),
        legend=list(LegendTag.objects.live()),
        tree=tree,
        chapters=list(_chapters(tree, parts)),
    )


def _chapters(tree: Tree, parts: dict[Node, SectionPart]) -> Iterator[Chapter]:
    """The main sections, and before them what stands right under the title of the guide."""
    title = tree.title
    opening = [(title, [title])] if title and parts[title].lines else []
    chapters = [*opening, *((node, list(node.walk())) for node in tree.chapters)]
    for number, (top, nodes) in enumerate(chapters, start=1):
        yield Chapter(top, [parts[node] for node in nodes], f"chapter-{number:02}.xhtml")


def _places(book):
    """(address on the site, (file, anchor)) of all that the book holds."""
    for name in ("title", "contents", "legend", "credits"):
        yield f"#{name}", (f"{name}.xhtml", name)
    yield reverse("home"), ("title.xhtml", "title")
    yield reverse("guide"), ("contents.xhtml", "contents")
    yield reverse("legend"), ("legend.xhtml", "legend")
    for tag in book.legend:
        yield tag.get_absolute_url(), ("legend.xhtml", f"t{tag.pk}")
    for node in book.tree.walk():  # those without a place of their own
        yield from _addresses(node, "contents.xhtml", "contents")
    for chapter in book.chapters:
        for part in chapter.sections:
            yield from _addresses(part.node, chapter.file, f"s{part.section.pk}")
            for line, _ in walk(part.lines):
                yield line.url, (chapter.file, line.anchor)


def _addresses(node, file, anchor):
    for address in {node.url, node.section.get_absolute_url()}:
        yield unquote(address), (file, anchor)


def _outward(address):
    """An address elsewhere, written as RFC 3986 wants it; None if it names no host."""
    address = re.sub("%(?![0-9A-Fa-f]{2})", "%25", address)
    address, mark, fragment = address.partition("#")
    address = quote(address, safe=_IN_AN_ADDRESS) + mark + quote(fragment, safe=_IN_AN_ADDRESS)
    host = urlsplit(address).netloc
    return address if address.startswith("mailto:") or (host and "%" not in host) else None
