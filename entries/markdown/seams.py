"""Where one block of a guide ends and the next begins: do they read as two?

Pure. CommonMark decides by what stands above a block whether it is one of its own: text right
below a bullet belongs to the bullet, and so does all that is indented as far as its text.
"""

import re
from collections.abc import Sequence
from enum import Enum
from functools import lru_cache
from typing import Any

from markdown_it.token import Token

from entries.markdown import source_lines
from entries.markdown.definitions import Definitions
from guide_site.core import markdown

# A comment of nothing: what Markdown offers between blocks that would else be one.
SEPARATOR = "<!-- -->"
_LISTS = ("bullet_list_open", "ordered_list_open")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
# HTML that only its own end closes: {how it begins: its end}
_OPEN_HTML = {
    "<!--": "-->",
    "<?": "?>",
    "<![CDATA[": "]]>",
    **{f"<{tag}": f"</{tag}>" for tag in ("script", "pre", "style", "textarea")},
}

_parser = markdown.parser()
_parser.core.ruler.enableOnly(["normalize", "block"])
_parser.parse("")  # prepares it: threads share it


class Form(Enum):
    """What a block has to read as."""

    HEADING = "heading"
    ITEM = "item"
    BLOCK = "block"
    DEFINITION = "definition"  # of a link
    ANY = "any"  # an item or a block


@lru_cache(maxsize=20_000)
def reads_apart(above: Sequence[str], separator: str, block: str, form: Form, depth: int) -> bool:
    """True if a block reads as one of its own, below what stands above it.

    above      sources of the list items that the last block is nested in, and of that block, as
               a tuple: () if nothing stands above
    separator  line ends between the two
    form       what the block has to read as
    depth      how many list items it has to be nested in
    """
    before = "\n\n".join(source_lines.unix(text).strip("\ufeff\n") for text in above)
    before += source_lines.unix(separator) if above else ""
    block = source_lines.unix(block).lstrip("\ufeff")
    first = before.count("\n") + len(block) - len(block.lstrip("\n"))
    environment: dict[str, Any] = {}
    tokens = _parser.parse(before + block, environment)
    here = [token for token in tokens if token.map and token.map[0] == first]
    is_first = bool(depth) and depth == len(above)  # nested in the item right above
    if form == Form.DEFINITION:
        is_text = is_first and not _is_closed(before)  # of that item
        is_one = any(first == start for start, _ in Definitions(environment).lines)
        return is_one and not is_text
    if is_first and here and not _is_closed(before):
        begins_list = here[0].type in _LISTS and not _begins_with_list(tokens, 2 * depth - 1)
        if not begins_list:
            return False  # it would be more text of that item
    return any(_is(token.type, token.level, form, depth) for token in here)


def _begins_with_list(tokens: Sequence[Token], level: int) -> bool:
    """True if the last item of a level begins with a list: it has no text of its own."""
    items = [
        number
        for number, token in enumerate(tokens)
        if token.type == "list_item_open" and token.level == level
    ]
    return bool(items) and tokens[items[-1] + 1].type in _LISTS


def _is_closed(before: str) -> bool:
    """True if the text of an item ends with the separator."""
    return before.rstrip().endswith(SEPARATOR)


def _is(kind: str, level: int, form: Form, depth: int) -> bool:
    if form == Form.HEADING:
        return kind == "heading_open" and level == 0
    is_item = kind == "list_item_open" and level == 2 * depth + 1
    is_block = level == 2 * depth and kind not in ("list_item_open", "inline")
    if form == Form.BLOCK:
        return is_block and kind not in _LISTS
    return is_item or (form == Form.ANY and is_block)


def closing(source: str) -> str:
    """The line that closes the code or the HTML which `source` ends within, or ""."""
    source = source_lines.unix(source)
    blocks = [(token, token.map[0]) for token in _parser.parse(source) if token.map]
    if not blocks:
        return ""
    (last, first), lines = blocks[-1], source.rstrip("\n").split("\n")
    if last.type == "html_block":
        return _end_of_html(last.content.strip().lower())
    fence = _FENCE.match(lines[first]) if last.type == "fence" and last.level == 0 else None
    if fence and (first == len(lines) - 1 or not _closes(lines[-1], fence[1])):
        return fence[1]
    return ""


def _end_of_html(content: str) -> str:
    ends = (end for begin, end in _OPEN_HTML.items() if content.startswith(begin.lower()))
    return next((end for end in ends if end.lower() not in content), "")


def _closes(line: str, fence: str) -> bool:
    mark = line.strip()
    return set(mark) == {fence[0]} and len(mark) >= len(fence)
