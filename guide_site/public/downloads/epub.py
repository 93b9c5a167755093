"""The guide as EPUB 3: a zip of XHTML. The same revision gives the same bytes."""

import io
import uuid
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from guide_site.public.downloads import xhtml
from guide_site.public.downloads.book import Book, RankedSection

MEDIA_TYPE = "application/epub+zip"
_STYLE = settings.BASE_DIR / "static" / "book" / "book.css"
_PROLOGUE = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n'
_CONTAINER = """<?xml version="1.0" encoding="utf-8"?>
<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">
  <rootfiles>
    <rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/>
  </rootfiles>
</container>
"""


@dataclass(frozen=True)
class Page:
    """A file of text; its fields are the context of its template."""

    file: str
    title: str
    part: str  # the template of what it holds
    place: str = "frontmatter"  # an epub:type
    sections: Sequence[RankedSection] = ()

    @property
    def id(self) -> str:
        """Its name in the package."""
        return self.file.removesuffix(".xhtml")

    @property
    def is_contents(self) -> bool:
        """True for the table of contents."""
        return self.id == "contents"


def as_epub(book: Book) -> bytes:
    """A book as the bytes of an EPUB file."""
    pages = list(_pages(book))
    files: dict[str, str | bytes] = {
        "META-INF/container.xml": _CONTAINER,
        "EPUB/package.opf": _package(book, pages),
        "EPUB/book.css": _STYLE.read_text("utf-8"),
    }
    files |= {f"EPUB/{page.file}": _render(book, page) for page in pages}
    files |= {
        f"EPUB/{book.picture_file(address)}": bytes(picture.data)
        for address, picture in book.pictures.items()
    }
    return _zip(files, book.revision.date_created)


def _pages(book: Book) -> Iterator[Page]:
    """All pages in the order of reading."""
    yield Page("title.xhtml", "Title page", "book/_title.html")
    yield Page("contents.xhtml", "Contents", "book/_contents.html")
    yield Page("legend.xhtml", "Legend tags", "book/_legend.html")
    for chapter in book.chapters:
        title, sections = chapter.node.section.title, chapter.ranked(1)
        yield Page(chapter.file, title, "book/_chapter.html", "bodymatter", sections)
    yield Page("credits.xhtml", book.last_title, "book/_credits.html", "backmatter")


def _render(book: Book, page: Page) -> str:
    context: dict[str, Any] = {"book": book, "level": 1, "is_epub": True} | vars(page)
    html, links = render_to_string("book/page.html", context), book.links_of(page.file)
    return _PROLOGUE + xhtml.well_formed(html, links, book.picture_file).strip()


def _package(book: Book, pages: Sequence[Page]) -> str:
    """The package document: what the EPUB is, and its files in the order of reading."""
    # The identifier stays the same from revision to revision; only the date differs.
    identifier = uuid.uuid5(uuid.NAMESPACE_URL, f"open-guide:{book.name}")
    context = {"book": book, "pages": pages, "identifier": identifier}
    return xhtml.characters(render_to_string("book/package.html", context))


def _zip(files: Mapping[str, str | bytes], date: datetime) -> bytes:
    """A zip that begins with the media type, uncompressed, as the EPUB standard requires."""
    buffer = io.BytesIO()
    moment = max(date, datetime(1980, 1, 1, tzinfo=UTC)).astimezone(UTC)  # zip knows no earlier
    time = (moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second)
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in {"mimetype": MEDIA_TYPE, **files}.items():
            about = zipfile.ZipInfo(name, time)
            about.create_system = 3  # the same bytes on every system
            about.external_attr = 0o644 << 16
            stored = name == "mimetype"
            about.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            archive.writestr(about, content)
    return buffer.getvalue()
