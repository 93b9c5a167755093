"""Does a text that somebody typed read as the one entry that it is meant to be? Pure.

In a file “# x” is a heading, and text over “---” is one too. Who types such a text into a
paragraph is told so: otherwise the next reader of the file would find another guide.
"""

import re
from collections.abc import Iterable, Sequence

from entries.markdown import reader, source_lines
from entries.markdown.parsed import KEPT, ParsedEntry
from entries.markdown.seams import closing
from entries.markdown.signs import Signs, to_write
from entries.markdown.source_lines import Frame

_PREFIXES = {"bullet": ("- ", "* ", "+ "), "step": ("1. ",)}
_NAMES = {
    "bullet": "a bullet",
    "step": "a step",
    "paragraph": "a paragraph",
    "table": "a table",
    "code": "a block of code",
    "figure": "a picture",
    "html": "HTML",
    "footnote": "a footnote",
    "definition": "a link definition",
    KEPT: "nothing that is shown",
}
_FORMS = {
    "footnote": " Begin it with its name: “[^name]: ”.",
    "definition": " Write it as “[name]: address”.",
}
_OPEN = "It begins code or HTML that does not end."
_LOOSE = ("paragraph", "figure", "html")  # a text may become any of these by another edit
_DEFINITIONS = re.compile(r"(?:\n+ {0,3}\[[^\]]+\]:[^\n]*)+\Z")


class NotOneEntry(ValueError):
    """The text does not read as one entry of its kind; the message says why in a sentence."""

    @property
    def fault(self) -> str:
        """The sentence without words of the text: the same for another text of that fault."""
        return str(self).partition("“")[0]


def cleaned(body: str) -> str:
    """A typed text as a file keeps it: no blank lines around it, no white space before it.

    Four columns of white space and more make code: they stay.
    """
    body = source_lines.clean(body)
    return body.lstrip(" \t") if source_lines.indent(body) < 4 else body


def split_signs(body: str, kind: str, legend: Iterable[str]) -> tuple[str, list[str]]:
    """A text without the legend signs in front, and all signs that the reader finds in it.

    kind    a value of EntryKind
    legend  the signs of all legend tags
    """
    signs = Signs(legend)
    leading, words = signs.leading(body)
    return words, leading if kind == "code" else [*leading, *signs.within(words)]


def kind_in_file(
    body: str, kind: str, *, signs: Sequence[str] = (), legend: Iterable[str] = ()
) -> str:
    """The kind that a text has in a file: its own, but a paragraph may be a picture or HTML.

    body    as `cleaned` returns it
    kind    a value of EntryKind
    signs   the signs of its legend tags
    legend  the signs of all legend tags

    Raises NotOneEntry if it does not read as one entry with this text and these tags.
    """
    if kind == KEPT:  # hidden lines of a file: nobody types them
        return kind
    legend = list(legend)
    leading = to_write(signs, body)
    found = _kind(body, kind, (), legend)
    if leading and _kind(body, kind, leading, legend) != found:
        raise NotOneEntry(
            f"In a file {_NAMES[kind]} like this carries no legend tags in front of it: "
            "write their signs into its text."
        )
    return found


def _kind(body: str, kind: str, leading: Sequence[str], legend: Sequence[str]) -> str:
    """The kind of the one entry that a text is. Raises NotOneEntry."""
    for prefix in _PREFIXES.get(kind, ("",)):
        entry = _only(Frame(prefix=prefix).enclose(body, leading), legend)
        is_text = entry.kind == kind and _is_same(entry.body, body)
        if leading and (not is_text or closing(" ".join([*leading, body]))):
            return ""
        _check(entry, body, kind)
    return entry.kind


def _check(entry: ParsedEntry, body: str, kind: str) -> None:
    if closing(body):  # it would swallow what is nested in it
        raise NotOneEntry(_OPEN)
    if entry.children:
        raise NotOneEntry(
            "In a file the list in it would be bullets of their own: add them under this one."
        )
    if entry.kind != kind and not {entry.kind, kind} <= {*_LOOSE}:
        what = f"In a file this would be {_NAMES[entry.kind]}, not {_NAMES[kind]}."
        raise NotOneEntry(what + _FORMS.get(kind, ""))
    if not _is_same(entry.body, body):
        raise NotOneEntry(f"In a file this would read “{entry.body[:60]}”.")


def _only(source: str, legend: Iterable[str]) -> ParsedEntry:
    """The one entry that some source is. Raises NotOneEntry."""
    text = f"# Begin\n\n{source}\n# End\n"
    guide = reader.parse(text, signs=legend, hide_contents=False)
    if len(guide.sections) < 2:
        raise NotOneEntry(_OPEN)
    if len(guide.sections) > 2:
        raise NotOneEntry(
            f"In a file “{guide.sections[1].title[:60]}” would be the heading of a section. Put a "
            "backslash before “#”, or a blank line above “---” or “===”."
        )
    entries = guide.sections[0].entries
    if len(entries) != 1:
        raise NotOneEntry(_several(entries))
    return entries[0]


def _several(entries: Sequence[ParsedEntry]) -> str:
    if not entries:
        return "In a file this would be nothing that is shown."
    names = [_NAMES[entry.kind] for entry in entries]
    names = names if len(names) < 4 else [*names[:3], "more"]
    words = f"{', '.join(names[:-1])} and {names[-1]}"
    return f"In a file this would be several entries: {words}. Add each of them by itself."


def _is_same(read: str, body: str) -> bool:
    """True for the same text. Link definitions behind it may be written in another way."""
    return _DEFINITIONS.sub("", read) == _DEFINITIONS.sub("", body)
