"""HTML in Markdown: the few tags that guides may use are kept, the rest is shown as text. Pure."""

import re
from html import escape, unescape

# Raw HTML that guides use for what Markdown lacks. Any other tag is shown as text, so that
# “replace <bucket>” loses nothing.
TAGS = {"br", "sup", "sub", "kbd", "b", "i", "u", "s", "small", "details", "summary"}
# A whole tag, or a lone “<”; the bounds keep the search linear on hostile text.
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]{0,20})([^<>]{0,1000})>|<")
_CLEANED_TAG = re.compile(r"</?[a-z]+>")


def cleaned(source: str) -> str:
    """Keep the tags that guides may use; drop comments and anchors; show the rest as text."""

    def tag(match: re.Match[str]) -> str:
        name = (match[2] or "").lower()
        if name in TAGS:
            return f"<{match[1]}{name}>"
        if name in ("a", "p", "div", "span", "center", "img"):
            return ""
        return escape(match[0])

    return _TAG.sub(tag, _without_comments(source))


def _without_comments(source: str) -> str:
    first, *others = source.split("<!--")
    shown = [part.partition("-->")[2] if "-->" in part else f"<!--{part}" for part in others]
    return "".join([first, *shown])


def words(source: str) -> str:
    """The visible words of HTML in Markdown."""
    return unescape(_CLEANED_TAG.sub(" ", cleaned(source)))
