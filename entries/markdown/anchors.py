"""Anchors that a guide names by HTML, `<a name="x">`: links to them lead to what they stand at.

Pure, like the reader of guides.
"""

import re
from html import unescape

from entries.markdown.parsed import KEPT, ParsedEntry, ParsedGuide, ParsedSection
from guide_site.core import markdown

_NAME = re.compile(r"""<[a-z][^<>]*?\s(?:name|id)\s*=\s*["']?([^"'\s<>]+)""", re.IGNORECASE)
_parser = markdown.parser()


def names(source):
    """The anchors in the HTML of a text, in order, as a link names them."""
    if not _NAME.search(source):
        return []
    html = (
        token.content
        for block in _parser.parse(source)
        for token in (block, *(block.children or ()))
        if token.type in ("html_block", "html_inline")
    )
    found = (unescape(match[1]) for part in html for match in _NAME.finditer(part))
    return [name.removeprefix("user-content-") for name in found]


def named_in(guide: ParsedGuide) -> dict[str, ParsedSection | ParsedEntry]:
    """The anchors that HTML names in a guide: {anchor: the section or entry it stands at}.

    An anchor by itself names what follows it.
    """
    found, waiting, shown = {}, [], None
    for section in guide.sections:
        for owner in (section, *section.walk()):
            waiting += names(owner.verbatim)
            if getattr(owner, "kind", "") != KEPT:
                shown = owner
                found |= {name: owner for name in waiting if name not in found}
                waiting = []
    return found | {name: shown for name in waiting if name not in found}
