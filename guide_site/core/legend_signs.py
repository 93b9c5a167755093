"""Signs of the legend in HTML become labelled links. Pure."""

import re
from collections.abc import Mapping
from html import escape
from typing import TypeAlias

Legend: TypeAlias = Mapping[str, tuple[str, str]]  # sign: (address of its page, label)


def label_signs(html: str, legend: Legend) -> str:
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
