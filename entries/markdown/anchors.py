"""Anchors that a guide names in HTML, `<a name="x">`: links to them lead to that place.

Pure, like the reader of guides.
"""

import re
from html import unescape

from entries.markdown.parsed import KEPT, ParsedEntry, ParsedGuide, ParsedSection
from guide_site.core import markdown, raw_html

_NAME = re.compile(r"""<[a-z][^<>]*?\s(?:name|id)\s*=\s*["']?([^"'\s<>]+)""", re.IGNORECASE)
_parser = markdown.parser()


def names(source: str) -> list[str]:
    """The anchors in the HTML of a Markdown text, in order, as links name them."""
    if not _NAME.search(source):
        return []
    html = (
        raw_html.written(token)
        for block in _parser.parse(source)
        for token in ([block] if block.type == "html_block" else block.children or ())
    )
    written = (unescape(match[1]) for part in html for match in _NAME.finditer(part))
    return [name.removeprefix("user-content-") for name in written]


def named_in(guide: ParsedGuide) -> dict[str, ParsedSection | ParsedEntry]:
    """The sections and entries with anchors in HTML, by anchor.

    An anchor in an entry that is not shown belongs to the next one, or else to the last one.
    """
    named: dict[str, ParsedSection | ParsedEntry] = {}
    waiting: list[str] = []
    shown: ParsedSection | ParsedEntry | None = None
    for section in guide.sections:
        owners: list[ParsedSection | ParsedEntry] = [section, *section.walk()]
        for owner in owners:
            waiting += names(owner.verbatim)
            if isinstance(owner, ParsedSection) or owner.kind != KEPT:
                shown = owner
                for name in waiting:
                    named.setdefault(name, owner)
                waiting = []
    if shown:
        for name in waiting:
            named.setdefault(name, shown)
    return named
