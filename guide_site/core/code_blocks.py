"""Code with colours: the classes of Pygments, made on the server. Pure.

The language is the one that the text names; it is never guessed.
"""

import re
from collections.abc import Iterable
from functools import cache
from html import escape
from itertools import groupby
from typing import Final

from pygments.lexer import Lexer
from pygments.lexers import find_lexer_class_by_name
from pygments.token import Comment, Generic, Keyword, Literal, Name, Number, String, _TokenType
from pygments.util import ClassNotFound

# Languages that guides show. Others stay plain: every lexer here was tried with hostile code.
LANGUAGES: Final = frozenset(
    """
    awk bash c clojure cmake cpp css dart diff docker elixir erlang fsharp go graphql
    groovy haskell html ini java javascript json julia kotlin lua make nginx ocaml perl php
    powershell properties protobuf python r ruby rust scala scss shell-session sql swift terraform
    toml typescript xml yaml zig
    """.split()  # noqa: SIM905, a table reads better than a list of 50 lines
)
_ALIASES = {  # names that Pygments has not, or has for something else
    **dict.fromkeys(("console", "terminal", "shell-session"), "shell-session"),
    **dict.fromkeys(("jsonc", "json5", "geojson"), "json"),
    **dict.fromkeys(("dotenv", "env", "conf", "cfg"), "ini"),
    **dict.fromkeys(("tsx", "mts", "cts"), "typescript"),
    **dict.fromkeys(("jsx", "mjs", "cjs", "node"), "javascript"),
    "zsh": "bash",
    "patch": "diff",
    "psql": "sql",
    "postgresql": "sql",
    "mysql": "sql",
    "svg": "xml",
}
_SOURCES = {
    "mermaid": "Mermaid diagram (source)",
    "math": "Math (source)",
    "latex-math": "Math (source)",
}
MAX_CODE = 6_000  # characters; longer code has no colours
_SLOW = {"groovy", "java", "terraform"}  # their time grows with the square
_MAX_OF_SLOW = 1_500
_MAX_LINE = 500
_RUN = re.compile(r"\s{150}|(?:[ \t]*\n){25}|(\S)\1{150}")  # takes some lexers seconds
_NAME = re.compile(r"[{.\s]*([\w+#-]{1,40})")
# The first of these that a token is one of gives its class.
_CLASSES: list[tuple[_TokenType, str]] = [
    (Comment, "c"),
    (Keyword, "k"),
    (String, "s"),
    (Number, "m"),
    (Literal, "m"),
    (Name.Function, "nf"),
    (Name.Class, "nf"),
    (Name.Tag, "nf"),
    (Name.Decorator, "nf"),
    (Name.Attribute, "na"),
    (Name.Builtin, "na"),
    (Name.Constant, "na"),
    (Name.Variable, "na"),
    (Generic.Inserted, "gi"),
    (Generic.Deleted, "gd"),
    (Generic.Heading, "nf"),
    (Generic.Subheading, "nf"),
    (Generic.Prompt, "c"),
]
CLASSES: Final = frozenset(name for _, name in _CLASSES)


def html(code: str, info: str = "") -> str:
    """A block of code as HTML that the sanitizer lets through.

    info  what stands behind the fence: a language first, such as “python” or “mermaid”
    """
    match = _NAME.match(info)
    name = match[1].lower() if match else ""
    if name in _SOURCES:
        return _labelled(_SOURCES[name], escape(code, quote=False))
    lexer = _lexer(_ALIASES.get(name, name)) if name else None
    if lexer is None:
        return f"<pre><code>{escape(code, quote=False)}</code></pre>\n"
    return _labelled(str(lexer.name), _coloured(code, lexer))


def math(formula: str) -> str:
    """A formula as HTML: its source, labelled."""
    return html(f"{formula}\n", "math")


def _labelled(label: str, code: str) -> str:
    return f'<p class="code-label">{escape(label)}</p>\n<pre><code>{code}</code></pre>\n'


@cache
def _lexer_class(name: str) -> type[Lexer] | None:
    try:
        found = find_lexer_class_by_name(name)
    except ClassNotFound:
        return None
    return found if LANGUAGES & set(found.aliases) else None


def _lexer(name: str) -> Lexer | None:
    """A lexer of its own: threads must not share one."""
    found = _lexer_class(name)
    return found(stripnl=False, ensurenl=False) if found else None


def _coloured(code: str, lexer: Lexer) -> str:
    """Code with spans around its parts; plain if it is too long, or would lose a character."""
    plain = escape(code, quote=False)
    most = _MAX_OF_SLOW if _SLOW & set(lexer.aliases) else MAX_CODE
    is_long = len(code) > most or max(map(len, code.split("\n"))) > _MAX_LINE
    if is_long or _RUN.search(code):
        return plain
    tokens = list(lexer.get_tokens(code))
    if "".join(value for _, value in tokens) != code:
        return plain
    return _spans((_class(kind), value) for kind, value in tokens)


def _spans(parts: Iterable[tuple[str, str]]) -> str:
    made: list[str] = []
    for name, group in groupby(parts, key=lambda part: part[0]):
        words = escape("".join(value for _, value in group), quote=False)
        made.append(f'<span class="{name}">{words}</span>' if name else words)
    return "".join(made)


@cache
def _class(kind: _TokenType) -> str:
    return next((name for above, name in _CLASSES if kind in above), "")
