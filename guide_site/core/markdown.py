"""Markdown source in, safe HTML out. Pure: no database, no settings.

One renderer (CommonMark with tables, strikethrough and links of bare addresses) and one
sanitizer for all text that people write: entries, comments, previews.
"""

import re
from html import escape, unescape
from urllib.parse import quote, unquote

import nh3
from django.utils.safestring import mark_safe
from markdown_it import MarkdownIt
from markdown_it.common.utils import normalizeReference
from markdown_it.token import Token

MAX_LENGTH = 20_000  # characters of one text; forms, actions and the preview refuse more

# Raw HTML that guides use for what Markdown lacks. Any other tag is shown as text, so that
# “replace <bucket>” loses nothing.
_RAW_TAGS = {"br", "sup", "sub", "kbd", "b", "i", "u", "s", "small", "details", "summary"}
_TAGS = _RAW_TAGS | {
    *("a", "abbr", "blockquote", "code", "del", "em", "h6", "hr", "li", "ol", "p", "pre"),
    *("span", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul"),
}
_ATTRIBUTES = {
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
# A whole tag, or a lone “<”; the bounds keep the search linear on hostile text.
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]{0,20})([^<>]{0,1000})>|<")
_HTML_TAG = re.compile(r"</?[a-z]+>")
_BARE_URL = re.compile(r"\bhttps?://[^\s<>\"“”]+", re.I)
_TRAILING = ".,;:!?'’*_~"
_BOXES = {"[ ] ": "☐", "[x] ": "☑"}

_parser = MarkdownIt("commonmark", {"maxNesting": 40}).enable(["table", "strikethrough"])


def parser():
    """A parser of the dialect that `render` shows, for reading a whole guide."""
    return MarkdownIt("commonmark", {"maxNesting": 80}).enable(["table", "strikethrough"])


def render(source, *, legend=None, anchors=None):
    """HTML of `source`, safe to print unescaped.

    legend   mapping of a sign to (slug, label): the sign becomes a labelled link
    anchors  mapping of an internal anchor to the address it stands for; links to others are
             marked as missing. None: every `#anchor` is taken as a section.
    """
    tokens = _parser.parse(source)
    _walk(tokens, _Links(anchors))
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


def _framed(html):
    """Let wide tables and code scroll by themselves, also by keyboard."""
    html = html.replace("<table>", '<div class="scroll" tabindex="0"><table>')
    return html.replace("</table>", "</table></div>").replace("<pre>", '<pre tabindex="0">')


def link_targets(source):
    """The targets of the links of `source`, in order; internal ones begin with “#”."""
    return [
        _target(token)
        for block in _parser.parse(source)
        for token in block.children or ()
        if token.type == "link_open"
    ]


def destination(name, anchors):
    """Where the internal anchor `name` leads, read as on GitHub; None if nowhere."""
    bare = name.removeprefix("user-content-")
    return next((anchors[key] for key in (name, bare, bare.lower()) if key in anchors), None)


def _target(token):
    """Where a link leads; anchors as they are written, not percent-encoded."""
    target = str(token.attrGet("href") or "")
    return unquote(target) if target.startswith("#") else target


def plain(source):
    """The visible words of `source` on one line, for titles and lists of links."""
    return _visible(_parser.parse(source))


def inline_text(token):
    """The visible words of an inline or block token."""
    return _visible([token])


def anchor(title):
    """The anchor that GitHub makes of a heading: lower case, dashes, no punctuation."""
    kept = (c for c in title.strip().lower() if c.isalnum() or c in "-_ ")
    return "".join(kept).replace(" ", "-")


def definitions(source, references):
    """Link definitions of a whole guide that `source` uses, as Markdown lines.

    references: the `references` of the parser's environment. A text that is shown by itself
    needs the definitions that stand elsewhere in its guide.
    """
    used = {normalizeReference(label) for label in re.findall(r"\[([^\[\]]+)\]", source)}
    return [
        f"[{label.lower()}]: <{target['href']}>" + _quoted(target.get("title"))
        for label, target in references.items()
        if label in used
    ]


def _quoted(title):
    return ' "{}"'.format(title.replace("\\", "\\\\").replace('"', '\\"')) if title else ""


def _visible(tokens):
    parts = []
    for token in tokens:
        if token.children:
            parts.append(_visible(token.children))
        elif token.type in ("softbreak", "hardbreak") or (token.block and token.nesting == -1):
            parts.append(" ")
        elif token.type in ("html_inline", "html_block"):
            parts.append(unescape(_HTML_TAG.sub(" ", _known_html(token.content))))
        else:
            parts.append(token.content)
    return " ".join("".join(parts).split())


class _Links:
    """What becomes of the target of a link."""

    def __init__(self, anchors):
        self.anchors = anchors

    def resolve(self, token):
        """Point an internal link at its section, or mark it as missing."""
        target = _target(token)
        if target.startswith("#"):
            return self._internal(token, target[1:])
        if target.startswith(("http://", "https://")):
            token.attrSet("class", "external")
        return True

    def _internal(self, token, name):
        if self.anchors is None:
            token.attrSet("href", f"/sections/{quote(name)}/")
        elif address := destination(name, self.anchors):
            token.attrSet("href", address)
        else:
            token.attrs = {"class": "missing", "title": f"This guide has no section “{name}”."}
            return False
        return True


def _walk(tokens, links):
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
            token.content = _known_html(token.content)
        elif token.children:
            if before.type == "paragraph_open":
                _tick(token.children[0])
            token.children = _inline(token.children, links)


def _tick(text):
    """Boxes of a task list, `[ ]` and `[x]`."""
    box = _BOXES.get(text.content[:4].lower())
    if box and text.type == "text":
        text.content = box + text.content[3:]


def _inline(children, links):
    shown, open_links = [], []
    for token in children:
        if token.type == "link_open":
            found = links.resolve(token)
            token.tag = "a" if found else "span"
            open_links.append(token.tag)
        elif token.type == "link_close":
            token.tag = open_links.pop()
        elif token.type == "image":
            shown += _image(token, inside_link=bool(open_links))
            continue
        elif token.type == "html_inline":
            token.content = _known_html(token.content)
        elif token.type == "text" and not open_links:
            shown += _bare_urls(token)
            continue
        shown.append(token)
    return shown


def _image(token, *, inside_link):
    """Images of other hosts are not loaded (content policy): link to them instead."""
    label = _visible(token.children or []) or "image"
    words = Token("text", "", 0, content=f"{label}")
    if inside_link:
        return [words]
    opening = Token("link_open", "a", 1, attrs={"href": token.attrs["src"], "class": "external"})
    return [opening, words, Token("link_close", "a", -1)]


def _bare_urls(token):
    position, shown = 0, []
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


def _known_html(source):
    """Keep the tags that guides may use; drop comments and anchors; show the rest as text."""

    def tag(match):
        name = (match[2] or "").lower()
        if name in _RAW_TAGS:
            return f"<{match[1]}{name}>"
        if name in ("a", "p", "div", "span", "center", "img"):
            return ""
        return escape(match[0])

    return _TAG.sub(tag, _without_comments(source))


def _without_comments(source):
    parts = source.split("<!--")
    kept = [part.partition("-->")[2] if "-->" in part else f"<!--{part}" for part in parts[1:]]
    return "".join([parts[0], *kept])


def _label_signs(html, legend):
    """Link every legend sign in the text of `html`, but not inside tags, links or code."""
    legend = {sign.removesuffix("\ufe0f"): tag for sign, tag in legend.items()}
    longest_first = sorted(legend, key=len, reverse=True)
    pattern = re.compile("|".join(re.escape(sign) + "\ufe0f?" for sign in longest_first))
    parts, depth = re.split(r"(<[^>]*>)", html), 0
    for number, part in enumerate(parts):
        if part.startswith("<"):
            if part.startswith(("<a ", "<a>", "<code", "<pre")):
                depth += 1
            elif part.startswith(("</a", "</code", "</pre")):
                depth -= 1
        elif not depth:
            parts[number] = pattern.sub(lambda match: _sign_link(match[0], legend), part)
    return "".join(parts)


def _sign_link(found, legend):
    slug, label = legend[found.removesuffix("\ufe0f")]
    return sign_html(found, slug, label)


def sign_html(sign, slug, label):
    """A legend sign as a labelled link to its legend page."""
    return (
        f'<a class="tag" href="/legend/{quote(slug)}/" title="{escape(label)}" '
        f'aria-label="{escape(label)}">{escape(sign)}</a>'
    )
