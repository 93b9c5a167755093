"""Hand-made navigation in a guide's file. The site has its own, so it is kept, but not shown."""

import re
from collections.abc import Iterable, Sequence

from entries.markdown.parsed import KEPT, ParsedEntry, ParsedSection

_TITLES = ("contents", "table of contents")
_INTERNAL_LINK = re.compile(r"\[([^\[\]]*)\]\(#[^()\s]*\)")


def is_contents(title: str) -> bool:
    """True for the title of a section that is only a table of contents."""
    return title.lower().strip() in _TITLES


def hide(sections: Iterable[ParsedSection]) -> None:
    """Mark tables of contents and “back to top” lines as kept.

    A table of contents is a section of that name, or a list whose items (three or more) are
    nothing but links to headings.
    """
    for section in sections:
        everything = is_contents(section.title)
        for run in _runs(section.entries):
            entries = [entry for top in run for entry in top.walk()]
            is_list_of_links = len(entries) >= 3 and all(map(_internal_link, entries))
            if everything or is_list_of_links or _is_back_to_top(run):
                for entry in entries:
                    entry.kind = KEPT


def _runs(entries: Sequence[ParsedEntry]) -> list[list[ParsedEntry]]:
    """Neighbouring list entries together, every other entry alone."""
    runs: list[list[ParsedEntry]] = []
    for entry in entries:
        if entry.is_listed and runs and runs[-1][-1].is_listed:
            runs[-1].append(entry)
        else:
            runs.append([entry])
    return runs


def _internal_link(entry: ParsedEntry) -> re.Match[str] | None:
    """A match if the entry is only a link to a heading; its first group is the text."""
    return _INTERNAL_LINK.fullmatch(entry.body.strip())


def _is_back_to_top(run: Sequence[ParsedEntry]) -> bool:
    link = _internal_link(run[0])
    return len(run) == 1 and link is not None and link[1].lower().startswith("back to top")
