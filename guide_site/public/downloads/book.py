"""The guide as a book to read offline: what it holds, in which order, and where links lead.

Templates print the addresses of the site; `Book.link` turns them into places in the book,
which is one file or many.
"""

import re
from base64 import b64encode
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Final, NamedTuple
from urllib.parse import quote, unquote, urlsplit

from django.db.models import Max
from django.urls import reverse
from reversion.models import Revision

from entries.models import Guide, LegendTag, Picture
from entries.reading.lines import walk
from entries.reading.parts import SectionPart, section_parts
from entries.reading.tree import LOWEST_RANK, Node, Tree
from services.reading.tree import guide_tree

_PICTURE = re.compile(r'<img[^>]* src="([^"]+)"')
_IN_AN_ADDRESS = "%/:?@!$&'()*+,;=~"
MAX_PICTURES: Final = 30_000_000  # bytes of the pictures that go along; of others, their words


class RankedSection(NamedTuple):
    """A section with the rank of its heading, 1 to 6."""

    part: SectionPart
    rank: int


class Place(NamedTuple):
    """A place in the book: the name of a file, and an anchor in it."""

    file: str
    anchor: str


@dataclass(frozen=True)
class Chapter:
    """A main section and all below it."""

    node: Node
    sections: list[SectionPart]
    file: str  # its name in a book of many files

    def ranked(self, top: int) -> list[RankedSection]:
        """Its sections with the ranks of their headings, from `top` down to 6."""
        return [
            RankedSection(part, min(LOWEST_RANK, top + part.node.depth - self.node.depth))
            for part in self.sections
        ]


@dataclass(frozen=True)
class Book:
    """The whole guide with what a reader without the site needs besides."""

    guide: Guide  # its facts
    revision: Revision
    authors: list[str]  # usernames
    legend: list[LegendTag]
    tree: Tree
    chapters: list[Chapter]

    @property
    def name(self) -> str:
        """What the guide is called."""
        return str(self.guide)

    @property
    def last_title(self) -> str:
        """What the page about authors and licence is called."""
        return "Credits and licence" if self.guide.licence else "Credits"

    @cached_property
    def pictures(self) -> dict[str, Picture]:
        """The pictures that go along, by address on the site; a query if there are any."""
        rows = (line.row for c in self.chapters for s in c.sections for line, _ in walk(s.lines))
        addresses = [a for row in rows for a in _PICTURE.findall(row.body_html)]
        digests = {address.rpartition("/")[2].partition(".")[0] for address in addresses}
        found = Picture.objects.defer("original").filter(digest__in=digests) if digests else ()
        known = {picture.get_absolute_url(): picture for picture in found}
        taken, size = dict[str, Picture](), 0
        for address in dict.fromkeys(addresses):
            if address in known and size + len(known[address].data) <= MAX_PICTURES:
                taken[address] = known[address]
                size += len(known[address].data)
        return taken

    def picture_file(self, address: str) -> str | None:
        """The name of the file of a picture in a book of many files; None if it is left out."""
        picture = self.pictures.get(address)
        return f"pictures/{picture.digest}.{picture.kind}" if picture else None

    def picture_inside(self, address: str) -> str | None:
        """A picture as an address that holds it (data:); None if it is left out."""
        if (picture := self.pictures.get(address)) is None:
            return None
        return f"data:{picture.media_type};base64,{b64encode(picture.data).decode()}"

    @cached_property
    def places(self) -> dict[str, Place]:
        """Where to find what the book holds, by address on the site."""
        return dict(_places(self))

    def link(self, address: str, *, file: str | None = None) -> str | None:
        """Where a link of the site leads in the book; None: nowhere.

        file  the file with the link; None: the book is one file
        """
        if address.startswith(("http:", "https:", "mailto:")):
            return _outward(address)
        path = unquote(re.sub(r"(?<=.)[?#].*", "", address, flags=re.S))
        if path not in self.places:
            return None
        there, anchor = self.places[path]
        return f"#{anchor}" if file in (None, there) else f"{there}#{anchor}"

    def links_of(self, file: str) -> Callable[[str], str | None]:
        """`link` for the links of one file of many."""
        return partial(self.link, file=file)


def current() -> Book | None:
    """The book of the guide as it is now; None while there is no guide. Six queries."""
    numbers = Revision.objects.order_by().values("user").annotate(last=Max("pk")).values("last")
    last_of_each = Revision.objects.filter(pk__in=numbers)
    revisions = list(last_of_each.select_related("user").order_by("-pk"))
    tree = guide_tree()
    parts = {part.node: part for part in section_parts(tree.walk())}
    if not (revisions and tree.roots):
        return None
    authors = [revision.user for revision in revisions if revision.user]
    return Book(
        guide=Guide.current(),
        revision=revisions[0],
        authors=sorted(author.username for author in authors if author.is_active),
        legend=list(LegendTag.objects.live()),
        tree=tree,
        chapters=list(_chapters(tree, parts)),
    )


def _chapters(tree: Tree, parts: dict[Node, SectionPart]) -> Iterator[Chapter]:
    """The main sections, and before them the entries right under the title of the guide."""
    title = tree.title
    opening = [(title, [title])] if title and parts[title].lines else []
    chapters = [*opening, *((node, list(node.walk())) for node in tree.chapters)]
    for number, (top, nodes) in enumerate(chapters, start=1):
        yield Chapter(top, [parts[node] for node in nodes], f"chapter-{number:02}.xhtml")


def _places(book: Book) -> Iterator[tuple[str, Place]]:
    """Addresses on the site, each with its place in the book; of two the last one counts."""
    for name in ("title", "contents", "legend", "credits"):
        yield f"#{name}", Place(f"{name}.xhtml", name)
    yield reverse("home"), Place("title.xhtml", "title")
    yield reverse("guide"), Place("contents.xhtml", "contents")
    yield reverse("legend"), Place("legend.xhtml", "legend")
    for tag in book.legend:
        yield tag.get_absolute_url(), Place("legend.xhtml", f"t{tag.pk}")
    for node in book.tree.walk():  # some sections are in no chapter
        yield from _addresses(node, Place("contents.xhtml", "contents"))
    for chapter in book.chapters:
        for part in chapter.sections:
            yield from _addresses(part.node, Place(chapter.file, f"s{part.section.pk}"))
            for line, _ in walk(part.lines):
                yield line.url, Place(chapter.file, line.anchor)


def _addresses(node: Node, place: Place) -> Iterator[tuple[str, Place]]:
    for address in {node.url, node.section.get_absolute_url()}:
        yield unquote(address), place


def _outward(address: str) -> str | None:
    """An address elsewhere, written as RFC 3986 requires; None if it names no host."""
    address = re.sub("%(?![0-9A-Fa-f]{2})", "%25", address)
    address, mark, fragment = address.partition("#")
    address = quote(address, safe=_IN_AN_ADDRESS) + mark + quote(fragment, safe=_IN_AN_ADDRESS)
    host = urlsplit(address).netloc
    return address if address.startswith("mailto:") or (host and "%" not in host) else None
