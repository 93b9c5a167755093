"""Markdown source in, safe HTML out. Pure: no database, no settings.

One renderer (CommonMark with tables, strikethrough, bare addresses and some HTML) and one
sanitizer for all text that people write: entries, comments, previews.
"""

from collections.abc import Mapping
from functools import partial
from typing import Any, TypeAlias
from unicodedata import category

from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

from guide_site.core import code_blocks, definitions, folds, inline, raw_html, sanitizer
from guide_site.core.bare_links import bare_links
from guide_site.core.definitions import Links, Notes
from guide_site.core.extensions import MATH, extensions
from guide_site.core.inline import AddressOf
from guide_site.core.legend_signs import Legend, label_signs
from guide_site.core.pictures import badges, shown
from guide_site.core.pictures.shown import PictureOf

MAX_LENGTH = 20_000  # characters of one text; forms, actions and the preview refuse more

Anchors: TypeAlias = Mapping[str, str]  # internal anchor: the address it stands for

_IN_ANCHORS = {  # categories of Unicode
    *("Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "Pc"),
}
_BOXES = {"[ ] ": "☐", "[x] ": "☑"}
_NONE: Mapping[str, Any] = {}


def parser(*, max_nesting: int = 80) -> MarkdownIt:
    """A new parser of the dialect that `render` shows, by default for reading a whole guide.

    Threads may share it: what markdown-it otherwise prepares at the first text, where a second
    thread would see only half of it, is ready.
    """
    made = MarkdownIt("commonmark", {"maxNesting": max_nesting})
    made.enable(["table", "strikethrough"])
    made.use(definitions.footnotes).use(raw_html.links_and_images).use(bare_links).use(extensions)
    made.parse("<https://a.example/é>")
    return made


_parser = parser(max_nesting=40)


def render(
    source: str,
    *,
    legend: Legend | None = None,
    address_of: AddressOf | None = None,
    file_of: AddressOf | None = None,
    links: Links = _NONE,
    notes: Notes = _NONE,
    picture_of: PictureOf | None = None,
) -> SafeString:
    """HTML of the Markdown `source`, safe to print unescaped.

    legend      signs that become labelled links
    address_of  where internal links lead; those that lead nowhere are marked as missing. None:
                internal links stay as they are
    file_of     where links to files beside the guide lead, by their target; as above
    links       link definitions from elsewhere in the guide
    notes       footnotes of the guide
    picture_of  the pictures that are shown; any other is a link named by its alt text
    """
    tokens = _parser.parse(source, definitions.environment(links, notes))
    tokens = definitions.numbered(tokens, notes)
    pictures = shown.place(tokens, picture_of)
    badges.fold(tokens)
    _walk(tokens, inline.Context(address_of, file_of, notes, raw_html.Cleaner()))
    html = _parser.renderer.render(tokens, _parser.options, {})
    html = folds.cleaned(html, partial(sanitizer.clean, pictures=pictures))
    return mark_safe(_framed(label_signs(html, legend) if legend else html))


def _framed(html: str) -> str:
    """Let wide tables and code scroll by themselves, also by keyboard."""
    html = html.replace("<table>", '<div class="scroll" tabindex="0"><table>')
    return html.replace("</table>", "</table></div>").replace("<pre>", '<pre tabindex="0">')


def link_targets(source: str, links: Links = _NONE) -> list[str]:
    """The targets of the links and pictures in `source`, in order; internal ones begin with “#”.

    links  link definitions from elsewhere in the guide
    """
    return [
        shown.address(token) if token.type == "image" else inline.target_of(token)
        for block in _parser.parse(source, definitions.environment(links, ()))
        for token in block.children or ()
        if token.type in ("link_open", "image")
    ]


def picture_addresses(source: str, links: Links = _NONE) -> list[str]:
    """The addresses of the pictures in `source`, in order.

    links  link definitions from elsewhere in the guide
    """
    tokens = _parser.parse(source, definitions.environment(links, ()))
    return [shown.address(image) for image in shown.images(tokens)]


def destination(name: str, anchors: Anchors) -> str | None:
    """The address that the internal anchor `name` leads to, read as on GitHub; None if none.

    “” and “top” are the top of the page, as in HTML, unless a section has that name.
    """
    bare = name.removeprefix("user-content-")
    found = (anchors[key] for key in (name, bare, bare.lower()) if key in anchors)
    return next(found, "#" if bare.lower() in ("", "top") else None)


def shows_nothing(token: Token) -> bool:
    """True if a block has neither words nor an image nor a line: only anchors and comments."""
    if token.type == "html_block" and raw_html.has_line(token.content):
        return False
    return not inline_text(token) and all(t.type != "image" for t in token.children or ())


def dropped_html(source: str) -> Mapping[str, int]:
    """What of the HTML in `source` no page shows: {“<div>” or “comment”: how often}."""
    return raw_html.dropped(_parser.parse(source)) if "<" in source else {}


def plain(source: str) -> str:
    """The visible words of `source` on one line, for titles and lists of links."""
    return inline.visible(_parser.parse(definitions.without_references(source)))


def inline_text(token: Token) -> str:
    """The visible words of an inline or block token."""
    return inline.visible([token])


def heading_anchor(heading: Token, line: Token) -> tuple[str, bool]:
    """The anchor of a heading, and whether the text names it itself: `## Title {#anchor}`."""
    if own := heading.meta.get("id"):
        return str(own), True
    return anchor(inline.visible([line], as_written=True)), False


def anchor(title: str) -> str:
    """The anchor that GitHub makes of a heading: lower case, dashes, no punctuation.

    Its expression for what goes, `/[^\\p{Word}\\- ]/u`, leaves letters, marks (with the variation
    selector of a sign), decimal digits and connectors.
    """
    words = (c for c in title.strip().lower() if c in "- " or category(c) in _IN_ANCHORS)
    return "".join(words).replace(" ", "-")


def _walk(tokens: list[Token], context: inline.Context) -> None:
    """Change block and inline tokens in place into what the site shows."""
    for before, token in zip([None, *tokens], tokens, strict=False):
        if token.type in ("fence", "code_block"):
            token.type, token.content = "html_block", code_blocks.html(token.content, token.info)
        elif token.type == MATH:
            token.type, token.content = "html_block", code_blocks.math(token.content)
        elif token.type == "html_block" and not token.children:
            token.content = context.html.cleaned(token.content)
        elif token.children:
            token.type = "inline"
            if before and before.type == "paragraph_open":
                _tick(token.children[0])
            token.children = inline.shown(token.children, context)
        else:
            _dress(token)


def _dress(token: Token) -> None:
    """Give the element of a block the name and class that it has on pages."""
    if token.type in ("heading_open", "heading_close"):
        # Headings of the page are its sections; one inside an entry is only a bold line.
        token.tag = "p"
        if token.nesting == 1:
            token.attrSet("class", "subheading")
    elif token.type in ("th_open", "td_open") and token.attrGet("style"):
        side = str(token.attrs.pop("style")).removeprefix("text-align:")
        token.attrSet("class", f"align-{side}")


def _tick(text: Token) -> None:
    """Turn `[ ]` and `[x]` of a task list into boxes."""
    box = _BOXES.get(text.content[:4].lower())
    if box and text.type == "text":
        text.content = box + text.content[3:]
