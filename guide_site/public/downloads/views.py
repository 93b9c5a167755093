"""The guide as files: Markdown of any page, and the whole as EPUB and as one HTML file.

Nothing in them is personal, so members get the same cached bytes as visitors.
"""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.http import content_disposition_header
from django.utils.safestring import mark_safe
from django.utils.text import slugify

from entries.context import facts_of
from entries.markdown.writer import export
from entries.models import Entry, EntryKind, Guide, Section, SectionAlias
from guide_site.core.pages import public_page
from guide_site.public.downloads import book, epub, markdown, xhtml
from guide_site.public.downloads.book import Book
from services.models import Offering, Service
from services.reading.presence import IS_OFF, published

_MARKDOWN = "text/markdown; charset=utf-8"
_STYLES = [
    settings.BASE_DIR / "static" / name
    for name in ("css/tokens.css", "book/book.css", "book/offline.css")
]


@public_page(for_all=True)
def guide_markdown(request: HttpRequest) -> HttpResponse:
    """The whole guide, byte for byte what `manage.py export_guide` writes."""
    return _markdown(export(), slugify(str(Guide.current())) or "guide")


@public_page(for_all=True)
def section_markdown(request: HttpRequest, slug: str) -> HttpResponse:
    """A section with all below it; the section of a service is at the address of the service."""
    shown = Section.objects.shown()
    section = shown.filter(slug=slug).select_related("service").first()
    if section is None:
        aliases = SectionAlias.objects.select_related("section").filter(section__in=shown)
        alias = get_object_or_404(aliases, slug=slug)
        return redirect("section-markdown", alias.section.slug, permanent=True)
    if hasattr(section, "service") and facts_of(request).has_catalogue:
        return redirect("service-markdown", section.service.slug)
    return _markdown(markdown.of_section(section), slug)


@public_page(for_all=True)
def service_markdown(request: HttpRequest, slug: str) -> HttpResponse:
    """The section of a service, or its facts if it has none."""
    if section := Section.objects.shown().filter(service__slug=slug).exclude(IS_OFF).first():
        return _markdown(markdown.of_section(section), slug)
    service = get_object_or_404(published(Service.objects.select_related("group")), slug=slug)
    capabilities = service.offerings.values("capability")
    others = Offering.objects.filter(capability__in=capabilities).exclude(service=service)
    others = others.select_related("capability", "provider").order_by(
        "capability__position", "provider__position", "position", "pk"
    )
    return _markdown(markdown.of_service(service, others), slug)


@public_page(for_all=True)
def entry_markdown(request: HttpRequest, pk: int) -> HttpResponse:
    """The lines of an entry with those nested in it; of a joined entry, those of its successor."""
    entry = get_object_or_404(Entry.objects.exclude(kind=EntryKind.KEPT), pk=pk)
    if entry.joined_into_id:
        return redirect("entry-markdown", entry.successor.pk, permanent=True)
    if not entry.is_live:
        raise Http404("This entry was retired.")
    return _markdown(markdown.of_entry(entry), f"entry-{pk}")


@public_page(for_all=True)
def guide_epub(request: HttpRequest) -> HttpResponse:
    """The whole guide as a book for e-readers."""
    guide = _book()
    return _download(epub.as_epub(guide), epub.MEDIA_TYPE, guide, "epub")


@public_page(for_all=True)
def guide_html(request: HttpRequest) -> HttpResponse:
    """The whole guide as one HTML file that needs no other.

    Its styles are in a <style> element. The content policy of the site forbids that, but does not
    apply to a downloaded file that is opened from a disk.
    """
    guide = _book()
    styles = "\n".join(path.read_text("utf-8") for path in _STYLES)
    context = {
        "book": guide,
        "chapters": [chapter.ranked(2) for chapter in guide.chapters],
        "style": format_html("<style>\n{}</style>", mark_safe(styles)),  # our own files
    }
    page = render_to_string("book/offline.html", context)
    html = xhtml.well_formed(page, guide.link, guide.picture_inside)
    return _download(
        f"<!DOCTYPE html>\n{html.strip()}\n", "text/html; charset=utf-8", guide, "html"
    )


def _book() -> Book:
    guide = book.current()
    if guide is None:
        raise Http404("There is no guide here yet.")
    return guide


def _markdown(text: str, name: str) -> HttpResponse:
    """Markdown to look at, with a file name for those who save it."""
    headers = {"Content-Disposition": content_disposition_header(False, f"{name}.md")}
    return HttpResponse(text, content_type=_MARKDOWN, headers=headers)


def _download(content: bytes | str, content_type: str, guide: Book, ending: str) -> HttpResponse:
    """A file to save, with the number of the revision in its name."""
    name = f"{slugify(guide.name) or 'guide'}-revision-{guide.revision.pk}.{ending}"
    headers = {"Content-Disposition": content_disposition_header(True, name)}
    return HttpResponse(content, content_type=content_type, headers=headers)
