"""Signs of the legend in HTML become labelled links. Pure."""

import re
from collections.abc import Mapping
from html import escape
from typing import TypeAlias

from guide_site.core.emoji import Finder, bare

Legend: TypeAlias = Mapping[str, tuple[str, str]]  # sign: (address of its page, label)


def label_signs(html: str, legend: Legend) -> str:
    """Link every legend sign in the text of `html`, but not inside tags, links or code."""
    by_key = {bare(sign): tag for sign, tag in legend.items()}
    finder = Finder(by_key)
    parts, depth = re.split(r"(<[^>]*>)", html), 0
    for number, part in enumerate(parts):
        if part.startswith("<"):
            if part.startswith(("<a ", "<a>", "<code", "<pre")):
                depth += 1
            elif part.startswith(("</a>", "</code", "</pre")):
                depth -= 1
        elif not depth and part:
            parts[number] = finder.replace(
                part, lambda found, sign: _sign_link(sign, *by_key[found.key])
            )
    return "".join(parts)


def _sign_link(sign: str, address: str, label: str) -> str:
    """The HTML of a legend sign: a labelled link to its legend page."""
    return (
        f'<a class="tag" href="{escape(address)}" title="{escape(label)}" '
        f'aria-label="{escape(label)}">{escape(sign)}</a>'
    )
