"""The words of a text that are no code: a sign in code is text, and no sign. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from markdown_it.token import Token

from guide_site.core import markdown

_parser = markdown.parser(max_nesting=40)
_MAY_BE_CODE = re.compile(r"[`~<]|^(?: {4}|\t| *\t)", re.M)
_HTML_CODE = re.compile(r"<(/?)(?:code|pre)\b[^>]*>", re.I)
_CODE_SPAN = re.compile(r"(?<![`\\])(`+)(?!`).+?(?<!`)\1(?!`)|<code\b.*?</code>", re.S | re.I)
_HIDDEN = "\0"  # in place of each character of code: no sign, no letter and no blank


def without_code(source: str) -> str:
    """The text of some Markdown without its code; the Markdown itself if it can hold none."""
    if not _MAY_BE_CODE.search(source):
        return source
    return "".join(_pieces(_parser.parse(source)))


def code_hidden(words: Token) -> str:
    """The visible words of an inline token, as long as they are, with each code as `_HIDDEN`."""
    children = [
        replace(child, content=_hidden(child.content)) if is_code else child
        for child, is_code in _told_apart(words.children or ())
    ]
    return markdown.inline_text(replace(words, children=children))


def code_spans_hidden(source: str) -> str:
    """Markdown of one line, as long as it is, with its code as `_HIDDEN`."""
    return _CODE_SPAN.sub(lambda match: _hidden(match[0]), source)


def _hidden(text: str) -> str:
    return re.sub(r"\S", _HIDDEN, text)


def _pieces(tokens: Sequence[Token]) -> Iterator[str]:
    """The texts between what is code, and blanks between blocks."""
    depth = 0
    for token in tokens:
        if token.type in ("fence", "code_block"):
            yield " "
        elif token.type == "html_block" and not token.children:
            depth, text = _outside(token.content, depth)
            yield f"{text} "
        else:
            for child, is_code in _told_apart(token.children or ()):
                yield " " if is_code else "".join(_pieces(child.children or ())) or child.content
            yield "\n"


def _told_apart(children: Sequence[Token]) -> Iterator[tuple[Token, bool]]:
    """Inline tokens, each with whether it is code."""
    depth = 0
    for child in children:
        if child.type == "html_inline":
            depth, _ = _outside(child.content, depth)
            yield child, False
        else:
            yield child, depth > 0 or child.type == "code_inline"


def _outside(html: str, depth: int) -> tuple[int, str]:
    """(how many elements of code are open behind some HTML, what stands outside of them)."""
    done, kept = 0, []
    for tag in _HTML_CODE.finditer(html):
        if not depth:
            kept.append(html[done : tag.start()])
        depth = max(0, depth - 1) if tag[1] else depth + 1
        done = tag.end()
    return depth, "".join([*kept, "" if depth else html[done:]])
