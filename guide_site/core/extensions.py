"""What code hosts and tools for documents add to Markdown: plugins of markdown-it. Pure.

Emoji codes, notes such as `> [!TIP]`, identifiers of headings such as `{#id}`, and formulas
between `$$`.
"""

import re
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from guide_site.core import emoji_codes

ALERTS = ("note", "tip", "important", "warning", "caution")
MATH = "math"  # type of the token of a formula
_MARK = re.compile(rf"\[!({'|'.join(ALERTS)})\]\s*", re.I)
_HEADING_ID = re.compile(r"[ \t]*\{[^{}#]{0,200}#([^\s{}]{1,200})[^{}]{0,200}\}[ \t]*$")
_FORMULA = re.compile(r"\s*\$\$(?!\$)([^$]+)\$\$\s*")
_CODE_TAG = re.compile(r"<(/?)(?:code|pre|samp|tt)[\s>]", re.I)
_BARE = ("linkify", "autolink")  # marks of links whose words are their address


def extensions(md: MarkdownIt) -> None:
    """Let a parser read all of them: a plugin."""
    md.core.ruler.before("inline", "formulas", _formulas)
    md.core.ruler.before("text_join", "heading_ids", _heading_ids)
    md.core.ruler.before("text_join", "emoji_codes", _emoji_codes)
    md.core.ruler.push("alerts", _alerts)


def written(text: Token) -> str:
    """The words of a text token as they are written, with codes in place of emoji."""
    return str(text.meta.get("written", text.content))


def _formulas(state: StateCore) -> None:
    """A paragraph that is only a formula is taken as it is: Markdown would read its signs."""
    for position, (before, token) in enumerate(pairwise(state.tokens)):
        is_paragraph = token.type == "inline" and before.type == "paragraph_open"
        if is_paragraph and (match := _FORMULA.fullmatch(token.content)):
            token.type, token.content = MATH, match[1].strip("\n")
            before.hidden = state.tokens[position + 2].hidden = True


def _heading_ids(state: StateCore) -> None:
    for heading, line in pairwise(state.tokens):
        if heading.type != "heading_open" or not line.children:
            continue
        last = line.children[-1]
        if last.type == "text" and (match := _HEADING_ID.search(last.content)):
            heading.meta["id"] = match[1]
            last.content = last.content[: match.start()]


def _emoji_codes(state: StateCore) -> None:
    for block in state.tokens:
        if block.type == "inline" and ":" in block.content:
            _replace_in_line(block.children or [])


def _replace_in_line(tokens: list[Token]) -> None:
    """Replace the codes in a line, but not in code and in addresses."""
    in_code = False
    for before, token in zip([None, *tokens], tokens, strict=False):
        if token.type == "html_inline" and (match := _CODE_TAG.match(token.content)):
            in_code = not match[1]
        is_address = before and before.type == "link_open" and before.markup in _BARE
        if token.type == "text" and not (in_code or is_address):
            _replace_codes(token)


def _replace_codes(token: Token) -> None:
    shown = emoji_codes.replaced(token.content)
    if shown != token.content:
        token.meta["written"], token.content = token.content, shown


def _alerts(state: StateCore) -> None:
    """A quotation that begins with such a mark is a box with a title."""
    made: list[Token] = []
    closing: list[str] = []  # of each quotation that is open, the element that ends it
    tokens = state.tokens
    for position, token in enumerate(tokens):
        if token.type == "blockquote_open":
            kind = _kind(tokens[position : position + 5])
            closing.append("div" if kind else "blockquote")
            if kind:
                token.tag = "div"
                token.attrSet("class", f"alert alert-{kind}")
                made += [token, *_title(kind, token)]
                continue
        elif token.type == "blockquote_close":
            token.tag = closing.pop()
        made.append(token)
    state.tokens = made


def _kind(opening: list[Token]) -> str:
    """The kind of a note, whose mark is taken away; “” for any other quotation."""
    if len(opening) < 5 or opening[2].type != "inline" or not opening[2].children:
        return ""
    mark, *rest = opening[2].children
    match = _MARK.fullmatch(mark.content) if mark.type == "text" else None
    is_alone = not rest and opening[4].type == "blockquote_close"
    if match is None or is_alone or (rest and rest[0].type not in ("softbreak", "hardbreak")):
        return ""
    opening[2].children, opening[2].content = rest[1:], ""
    return match[1].lower()


def _title(kind: str, quotation: Token) -> list[Token]:
    words = Token("text", "", 0, content=kind.capitalize())
    attributes: dict[str, str | int | float] = {"class": "alert-title"}
    made = [
        Token("paragraph_open", "p", 1, attrs=attributes, map=quotation.map, block=True),
        Token("inline", "", 0, content=words.content, children=[words], map=quotation.map),
        Token("paragraph_close", "p", -1, block=True),
    ]
    for token in made:
        token.level = quotation.level + (2 if token.type == "inline" else 1)
    return made
