"""Markdown source in, safe HTML out. Pure: no database, no settings.

One renderer (CommonMark with tables, strikethrough and links of bare addresses) and one
sanitizer for all text that people write: entries, comments, previews.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any, TypeAlias
from unicodedata import category
from urllib.parse import unquote

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.common.utils import normalizeReference
from markdown_it.token import Token

from guide_site.core import raw_html

MAX_LENGTH = 20_000  # characters of one text; forms, actions and the preview refuse more

Legend: TypeAlias = Mapping[str, tuple[str, str]]  # sign: (address of its page, label)
Anchors: TypeAlias = Mapping[str, str]  # internal anchor: the address it stands for
AddressOf: TypeAlias = Callable[[str], str | None]  # of an internal anchor; None: nowhere

_TAGS = raw_html.TAGS | {
    *("a", "abbr", "blockquote", "code", "del", "em", "h6", "hr", "li", "ol", "p", "pre"),
    *("span", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul"),
}
_ATTRIBUTES: dict[str, set[str]] = {
    "*": set(),
    "a": {"href", "title"},
    "abbr": {"title"},
    "ol": {"start"},
    "span": {"title"},
}
_CLASSES = {
    "a": {"tag", "external"},
    "span": {"missing", "tag"},
    "p": {"subheading"},
    "td": {"align-left", "align-center", "align-right"},
    "th": {"align-left", "align-center", "align-right"},
}
_SCHEMES = {"http", "https", "mailto"}
_IN_ANCHORS = {  # categories of Unicode
    *("Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "Pc"),
}
_BARE_URL = re.compile(r"\bhttps?://[^\s<>\"“”]+", re.I)
_TRAILING = ".,;:!?'’*_~"
_BOXES = {"[ ] ": "☐", "[x] ": "☑"}


def parser(*, max_nesting: int = 80) -> MarkdownIt:
    """A new parser of the dialect that `render` shows, by default for reading a whole guide.

    Threads may share it: what markdown-it otherwise prepares at the first text, where a second
    thread would see only half of it, is ready.
    """
    made = MarkdownIt("commonmark", {"maxNesting": max_nesting})
    made.enable(["table", "strikethrough"]).parse("<https://a.example/é>")
    return made


_parser = parser(max_nesting=40)


def render(
    source: str, *, legend: Legend | None = None, address_of: AddressOf | None = None
) -> SafeString:
    """HTML of the Markdown `source`, safe to print unescaped.

    legend      signs that become labelled links
    address_of  where internal links lead; those that lead nowhere are marked as missing. None:
                internal links stay as they are
    """
    tokens = _parser.parse(source)
    _walk(tokens, address_of)
    html = _parser.renderer.render(tokens, _parser.options, {})
    html = nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        allowed_classes=_CLASSES,
        url_schemes=_SCHEMES,
        link_rel="nofollow noopener ugc",
    )
    return mark_safe(_framed(_label_signs(html, legend) if legend else html))


def _framed(html: str) -> str:
    """Let wide tables and code scroll by themselves, also by keyboard."""
    html = html.replace("<table>", '<div class="scroll" tabindex="0"><table>')
    return html.replace("</table>", "</table></div>").replace("<pre>", '<pre tabindex="0">')


def link_targets(source: str) -> list[str]:
    """The targets of the links in `source`, in order; internal ones begin with “#”."""
    return [
        _target(token)
        for block in _parser.parse(source)
        for token in block.children or ()
        if token.type == "link_open"
    ]


def destination(name: str, anchors: Anchors) -> str | None:
    """The address that the internal anchor `name` leads to, read as on GitHub; None if none.

    “” and “top” are the top of the page, as in HTML, unless a section has that name.
    """
    bare = name.removeprefix("user-content-")
    found = (anchors[key] for key in (name, bare, bare.lower()) if key in anchors)
    return next(found, "#" if bare.lower() in ("", "top") else None)


def _target(token: Token) -> str:
    """Where a link leads; anchors as they are written, not percent-encoded."""
    target = str(token.attrGet("href") or "")
    return unquote(target) if target.startswith("#") else target


def plain(source: str) -> str:
    """The visible words of `source` on one line, for titles and lists of links."""
    return _visible(_parser.parse(source))


def inline_text(token: Token) -> str:
    """The visible words of an inline or block token."""
    return _visible([token])


def anchor(title: str) -> str:
    """The anchor that GitHub makes of a heading: lower case, dashes, no punctuation.

    Its expression for what goes, `/[^\\p{Word}\\- ]/u`, leaves letters, marks (with the variation
    selector of a sign), decimal digits and connectors.
    """
    words = (c for c in title.strip().lower() if c in "- " or category(c) in _IN_ANCHORS)
    return "".join(words).replace(" ", "-")


def definitions(source: str, references: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Link definitions of a whole guide that `source` uses and lacks, as Markdown lines.

    A text that is shown alone needs the definitions from elsewhere in its guide.

    references  `references` of the parser's environment: {label: {"href": …, "title": …}}
    """
    used = {normalizeReference(label) for label in re.findall(r"\[([^\[\]]+)\]", source)}
    used &= references.keys()
    own: dict[str, Any] = {}
    if used:
        _parser.parse(source, own)
    missing = used - own.get("references", {}).keys()
    return [
        f"[{label.lower()}]: <{target['href']}>" + _quoted(target.get("title"))
        for label, target in references.items()
        if label in missing
    ]


def _quoted(title: str | None) -> str:
    return ' "{}"'.format(title.replace("\\", "\\\\").replace('"', '\\"')) if title else ""


def _visible(tokens: Sequence[Token]) -> str:
    parts: list[str] = []
    for token in tokens:
        if token.children:
            parts.append(_visible(token.children))
        elif token.type in ("softbreak", "hardbreak") or (token.block and token.nesting == -1):
            parts.append(" ")
        elif token.type in ("html_inline", "html_block"):
            parts.append(raw_html.words(token.content))
        else:
            parts.append(token.content)
    return " ".join("".join(parts).split())


def _resolve(link: Token, address_of: AddressOf | None) -> bool:
    """Point an internal link at its section; False if there is none, and the link says so."""
    target = _target(link)
    if target.startswith(("http://", "https://")):
        link.attrSet("class", "external")
    if address_of is None or not target.startswith("#"):
        return True
    name = target[1:]
    address = address_of(name)
    if address:
        link.attrSet("href", address)
    else:
        link.attrs = {"class": "missing", "title": f"This guide has no section “{name}”."}
    return bool(address)


def _walk(tokens: list[Token], address_of: AddressOf | None) -> None:
    """Change block and inline tokens in place into what the site shows."""
    for before, token in zip([None, *tokens], tokens, strict=False):
        if token.type in ("heading_open", "heading_close"):
            # Headings of the page are its sections; one inside an entry is only a bold line.
            token.tag = "p"
            if token.nesting == 1:
                token.attrSet("class", "subheading")
        elif token.type in ("th_open", "td_open") and token.attrGet("style"):
            side = str(token.attrs.pop("style")).removeprefix("text-align:")
            token.attrSet("class", f"align-{side}")
        elif token.type == "html_block":
            token.content = raw_html.cleaned(token.content)
        elif token.children:
            if before and before.type == "paragraph_open":
                _tick(token.children[0])
            token.children = _inline(token.children, address_of)


def _tick(text: Token) -> None:
    """Turn `[ ]` and `[x]` of a task list into boxes."""
    box = _BOXES.get(text.content[:4].lower())
    if box and text.type == "text":
        text.content = box + text.content[3:]


def _inline(children: list[Token], address_of: AddressOf | None) -> list[Token]:
    shown: list[Token] = []
    open_links: list[str] = []  # their tags
    for token in children:
        if token.type == "link_open":
            token.tag = "a" if _resolve(token, address_of) else "span"
            open_links.append(token.tag)
        elif token.type == "link_close":
            token.tag = open_links.pop()
        elif token.type == "image":
            shown += _image(token, inside_link=bool(open_links))
            continue
        elif token.type == "html_inline":
            token.content = raw_html.cleaned(token.content)
        elif token.type == "text" and not open_links:
            shown += _bare_urls(token)
            continue
        shown.append(token)
    return shown


def _image(token: Token, *, inside_link: bool) -> list[Token]:
    """Images of other hosts are not loaded (content policy): link to them instead."""
    label = _visible(token.children or []) or "image"
    words = Token("text", "", 0, content=label)
    if inside_link:
        return [words]
    opening = Token("link_open", "a", 1, attrs={"href": token.attrs["src"], "class": "external"})
    return [opening, words, Token("link_close", "a", -1)]


def _bare_urls(token: Token) -> list[Token]:
    position = 0
    shown: list[Token] = []
    for match in _BARE_URL.finditer(token.content):
        url = match[0].rstrip(_TRAILING)
        while url.endswith(")") and url.count(")") > url.count("("):
            url = url[:-1].rstrip(_TRAILING)
        shown.append(Token("text", "", 0, content=token.content[position : match.start()]))
        shown.append(Token("link_open", "a", 1, attrs={"href": url, "class": "external"}))
        shown.append(Token("text", "", 0, content=url))
        shown.append(Token("link_close", "a", -1))
        position = match.start() + len(url)
    shown.append(Token("text", "", 0, content=token.content[position:]))
    return shown


def _label_signs(html: str, legend: Legend) -> str:
    """Link every legend sign in the text of `html`, but not inside tags, links or code."""
    by_key = {sign.removesuffix("\ufe0f"): tag for sign, tag in legend.items()}
    longest_first = sorted(by_key, key=len, reverse=True)
    pattern = re.compile("|".join(re.escape(sign) + "\ufe0f?" for sign in longest_first))
    parts, depth = re.split(r"(<[^>]*>)", html), 0
    for number, part in enumerate(parts):
        if part.startswith("<"):
            if part.startswith(("<a ", "<a>", "<code", "<pre")):
                depth += 1
            elif part.startswith(("</a", "</code", "</pre")):
                depth -= 1
        elif not depth:
            parts[number] = pattern.sub(lambda match: _sign_link(match[0], by_key), part)
    return "".join(parts)


def _sign_link(sign: str, legend: Legend) -> str:
    """The HTML of a legend sign: a labelled link to its legend page."""
    address, label = legend[sign.removesuffix("\ufe0f")]
    return (
        f'<a class="tag" href="{escape(address)}" title="{escape(label)}" '
        f'aria-label="{escape(label)}">{escape(sign)}</a>'
    )
