"""Pictures and badges above the first heading of a file: its source lines hold them."""

from django.db.models import QuerySet
from django.db.models.functions import Left
from django.utils.safestring import SafeString

from entries.models import RenderContext, Section
from guide_site.core import markdown

# What such lines begin with, and headings seldom do
_BEGINS = ("!", "[", "<", "\ufeff", "\n", "\r")
_parser = markdown.parser()


def with_openings(sections: QuerySet[Section]) -> QuerySet[Section]:
    """The same sections, of which `banner` knows without a query that most have none."""
    return sections.annotate(opening=Left("verbatim", 1))


def banner(section: Section) -> SafeString:
    """The HTML of what stands above the heading of a section; empty if nothing does.

    section  a row of `with_openings`; any other has none
    """
    if vars(section).get("opening") not in _BEGINS:
        return SafeString("")
    above = _above_heading(section.verbatim)
    return RenderContext.current().render(above) if above else SafeString("")


def _above_heading(source: str) -> str:
    """The Markdown above the first heading of some source lines."""
    source = source.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    for token in _parser.parse(source):
        if token.type == "heading_open" and token.level == 0 and token.map:
            return "\n".join(source.split("\n")[: token.map[0]]).strip()
    return ""
