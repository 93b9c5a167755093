"""Bare addresses become links, as in GitHub Flavored Markdown (spec 0.29, section 6.9). Pure.

Web addresses are taken before emphasis, code and strikethrough look at their characters;
email addresses are looked for in the text that is left, as cmark-gfm does it.
"""

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.common.utils import unescapeAll
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

_SCHEME = re.compile(r"(?<![a-z])https?$", re.I)
_LONGEST_SCHEME = 6  # characters of “https” and of the one before it
# Where the text of markdown-it stops too, so that an address may begin there.
_WWW = r"|(?:^|(?<=[\s*_~(]))www\.(?=[^\s.])"
# Letters of every language, but no punctuation.
_HOST = re.compile(r"[^\s!-,/:-@\[-^`{-~\u2000-\u206f\u3000-\u303f“”„«»]+")
# Also ends at quotation marks, where a reader ends it.
_REST = re.compile(r"[^\s<>\"“”„«»]*")
_BRACKET = re.compile(r"[\[\]]")
_TRAILING = ".,:!?'’*_~\\"
_TRAILING_ENTITY = re.compile(r"&[a-zA-Z0-9]{1,31};$")
_EMAIL = re.compile(
    r"(?<![a-z0-9._+@-])(mailto:|xmpp:)?[a-z0-9._+-]{1,64}"
    r"@(?:[a-z0-9_-]{1,63}\.){1,9}[a-z0-9_-]{0,62}[a-z0-9](?![a-z0-9_@-])",
    re.I,
)
_RESOURCE = re.compile(r"/[a-z0-9@.]*[a-z0-9@]", re.I)  # of an address of XMPP


def bare_links(md: MarkdownIt) -> None:
    """Let a parser take bare addresses for links: a plugin of markdown-it."""
    md.inline.terminator_re = re.compile(md.inline.terminator_re.pattern + _WWW)
    md.inline.ruler.after("text", "bare_links", _web_address)
    md.core.ruler.push("bare_emails", _email_addresses)


def _web_address(state: StateInline, silent: bool) -> bool:
    """A rule for addresses that begin with http://, https:// or www."""
    if state.linkLevel > 0:
        return False
    source, position = state.src, state.pos
    scheme = ""
    if source.startswith("://", position):
        match = _SCHEME.search(source[max(0, position - _LONGEST_SCHEME) : position])
        if match is None or not (silent or state.pending.endswith(match[0])):
            return False
        scheme = match[0]
    elif not source.startswith("www.", position) or not _may_begin(source, position):
        return False
    end = _end(source, position + 3 if scheme else position, state.posMax, is_short=bool(scheme))
    if end is None:
        return False
    if not silent:
        state.pending = state.pending.removesuffix(scheme)
        words = unescapeAll(source[position - len(scheme) : end])
        _push(state, words if scheme else f"http://{words}", words)
    state.pos = end
    return True


def _may_begin(source: str, position: int) -> bool:
    return position == 0 or source[position - 1].isspace() or source[position - 1] in "*_~("


def _push(state: StateInline, address: str, words: str) -> None:
    opening = state.push("link_open", "a", 1)
    opening.attrs, opening.markup = {"href": state.md.normalizeLink(address)}, "linkify"
    state.push("text", "", 0).content = words
    state.push("link_close", "a", -1).markup = "linkify"


def _end(source: str, host: int, stop: int, *, is_short: bool) -> int | None:
    """Where the address with this host ends; None if the host is none.

    host      where the host begins
    stop      where the address ends at the latest
    is_short  True if the host may be a single word
    """
    match = _HOST.match(source, host, stop)
    labels = match[0].strip("*_~").rstrip(".").split(".") if match else [""]
    if not labels[0].strip("-_") or any("_" in label for label in labels[-2:]):
        return None
    if not (is_short or labels[1:2] > [""]):
        return None
    rest = _REST.match(source, host, stop)
    return _before_trailing(
        source, host, _before_bracket(source, host, rest.end() if rest else host)
    )


def _before_bracket(source: str, start: int, end: int) -> int:
    """Where the brackets around the address close, or `end`."""
    depth = 0
    for match in _BRACKET.finditer(source, start, end):
        depth += 1 if match[0] == "[" else -1
        if depth < 0:
            return match.start()
    return end


def _before_trailing(source: str, start: int, end: int) -> int:
    """The end without punctuation, parentheses and entities that belong to the sentence."""
    surplus = source.count(")", start, end) - source.count("(", start, end)
    while end > start:
        last = source[end - 1]
        if last == ";":
            entity = _TRAILING_ENTITY.search(source[max(start, end - 33) : end])
            end -= len(entity[0]) if entity else 1
        elif last == ")" and surplus > 0:
            surplus -= 1
            end -= 1
        elif last in _TRAILING:
            end -= 1
        else:
            break
    return end


def _email_addresses(state: StateCore) -> None:
    """A rule for email addresses in text that is in no link."""
    for block in state.tokens:
        if block.children and any("@" in token.content for token in block.children):
            block.children = list(_with_emails(block.children))


def _with_emails(tokens: list[Token]) -> Iterator[Token]:
    depth = 0
    for token in tokens:
        depth += token.nesting if token.type in ("link_open", "link_close") else 0
        if token.type == "text" and depth == 0:
            yield from _split(token)
        else:
            yield token


def _split(token: Token) -> Iterator[Token]:
    """The text of a token, and the links in it."""
    text, position = token.content, 0
    for match in _EMAIL.finditer(text):
        if match.start() < position:  # in the resource of the one before
            continue
        end = match.end()
        scheme = (match[1] or "").lower()
        if scheme == "xmpp:" and (resource := _RESOURCE.match(text, end)):
            end = resource.end()
        words = text[match.start() : end]
        yield _text(text[position : match.start()])
        yield Token("link_open", "a", 1, attrs={"href": words if scheme else f"mailto:{words}"})
        yield _text(words)
        yield Token("link_close", "a", -1)
        position = end
    yield _text(text[position:]) if position else token


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)
