"""The one sanitizer: which HTML a page may get of what people write. Pure."""

from collections.abc import Set

import nh3

from guide_site.core.code_blocks import CLASSES
from guide_site.core.extensions import ALERTS

SCHEMES = {"http", "https", "mailto", "xmpp"}  # of addresses that links may have
_SIDES = {"align-left", "align-center", "align-right"}
# What the renderer and the tags of `raw_html` need, and nothing else.
_TAGS = {
    *("a", "abbr", "b", "blockquote", "br", "caption", "cite", "code", "dd", "del", "details"),
    *("dfn", "div", "dl", "dt", "em", "h6", "hr", "i", "img", "ins", "kbd", "li", "mark", "ol"),
    *("p", "pre", "q", "s", "samp", "small", "span", "strong", "sub", "summary", "sup", "table"),
    *("tbody", "td", "tfoot", "th", "thead", "tr", "u", "ul", "var"),
}
_ATTRIBUTES: dict[str, set[str]] = {
    "*": set(),
    "a": {"href", "title"},
    "abbr": {"title"},
    "details": {"open"},
    # and `src` of the pictures that may be shown
    "img": {"alt", "width", "height", "loading", "referrerpolicy"},
    "ol": {"start"},
    "span": {"title"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}
_CLASSES = {
    "a": {"tag", "external"},
    "div": {"alert", *(f"alert-{kind}" for kind in ALERTS), *_SIDES},
    "img": {"picture"},
    "span": {*CLASSES, "missing", "tag", "caption"},
    "p": {"alert-title", "code-label", "subheading", *_SIDES},
    "td": _SIDES,
    "th": _SIDES,
}


def clean(html: str, pictures: Set[str] = frozenset()) -> str:
    """Well-formed HTML that executes nothing: every element is closed, in the right order.

    pictures  the addresses that pictures may have
    """
    html = nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        tag_attribute_values={"img": {"src": set(pictures)}},
        allowed_classes=_CLASSES,
        url_schemes=SCHEMES,
        link_rel="nofollow noopener ugc",
    )
    return html.replace("<p></p>", "")
