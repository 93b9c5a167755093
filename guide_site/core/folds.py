"""`<details>` that one text opens and another closes, as marks in their HTML. Pure.

An entry is one text, and bullets between the two tags are entries of their own. The HTML of each
is well-formed by itself; a page reads these marks and folds what is between (`entries.reading`).
"""

import re
from collections.abc import Callable
from typing import NamedTuple

OPENS = '<details class="folds"'
ENDS = '<span class="fold-end"></span>'
_TAG = re.compile(r"<(/?)details([^<>]*)>")
_SUMMARY = re.compile(r"<summary>(.*?)(?:</summary>|\Z)", re.S)
_MARK = re.compile(f"{re.escape(OPENS)}|{re.escape(ENDS)}")
_MARKED = re.compile(r"( open)?><summary>(.*?)</summary>(.*)</details>", re.S)


class Fold(NamedTuple):
    """What the HTML of a text says of folding.

    ends     how many folds that were opened before it end at its beginning
    later    how many end behind its beginning
    opens    how many it opens
    before   its HTML in front of the last one
    summary  HTML of the line of the last one that stays
    inside   its HTML behind that line
    is_open  whether the last one is open at first
    """

    ends: int
    later: int
    opens: int
    before: str
    summary: str = ""
    inside: str = ""
    is_open: bool = False


def cleaned(html: str, clean: Callable[[str], str]) -> str:
    """HTML made well-formed by `clean`, with marks where a fold goes on outside of it."""
    cuts = _cuts(html) if "details" in html else []
    if not cuts:
        return clean(html)
    parts = [clean(html[: cuts[0].start()])]
    stops = [*(match.start() for match in cuts[1:]), len(html)]
    for cut, stop in zip(cuts, stops, strict=True):
        text = html[cut.end() : stop]
        if cut[1]:
            parts += [ENDS, clean(text)]
        else:
            parts.append(_opened(text, " open" if "open" in cut[2] else "", clean))
    return "".join(parts)


def _cuts(html: str) -> list[re.Match[str]]:
    """The tags of `<details>` that have no partner in this HTML: ends, then beginnings."""
    alone: list[re.Match[str]] = []
    for match in _TAG.finditer(html):
        if match[1] and alone and not alone[-1][1]:
            alone.pop()
        else:
            alone.append(match)
    return alone


def _opened(text: str, is_open: str, clean: Callable[[str], str]) -> str:
    found = _SUMMARY.search(text)
    words = clean(found[1].replace("<summary>", "")).strip() if found else ""
    rest = text[: found.start()] + text[found.end() :] if found else text
    return f"{OPENS}{is_open}><summary>{words or 'Details'}</summary>{clean(rest)}</details>"


def read(html: str) -> Fold | None:
    """What stored HTML says of folding; None if nothing."""
    marks = list(_MARK.finditer(html)) if ENDS in html or OPENS in html else []
    if not marks:
        return None
    ends = sum(match[0] == ENDS for match in marks)
    opens = len(marks) - ends
    leading = 0
    bare = html.lstrip()
    while bare.startswith(ENDS):
        leading, bare = leading + 1, bare.removeprefix(ENDS).lstrip()
    last = marks[-1] if opens else None
    parts = _MARKED.match(html, last.end()) if last else None
    if last is None or parts is None:
        return Fold(leading, ends - leading, 0, html)
    before = html[: last.start()]
    return Fold(leading, ends - leading, opens, before, parts[2], parts[3], bool(parts[1]))
