"""Hand-made navigation in a guide's file. The site makes its own, so it is kept, but not shown."""

import re

from entries.markdown.parsed import KEPT

_TITLES = ("contents", "table of contents")


def is_contents(title):
    """True for the title of a section that is only a table of contents."""
    return title.lower().strip() in _TITLES


def hide(sections):
    """Mark tables of contents and “back to top” lines as kept.

    A table of contents is a section of that name, or a list whose items (three or more) are
    nothing but links to headings.
    """
    for section in sections:
        everything = is_contents(section.title)
        for run in _runs(section.entries):
            links = [_is_internal_link(entry) for top in run for entry in top.walk()]
            if everything or (len(links) >= 3 and all(links)) or _is_back_to_top(run):
                for entry in (e for top in run for e in top.walk()):
                    entry.kind = KEPT


def _runs(entries):
    """Neighbouring list entries together, every other entry alone."""
    runs = []
    for entry in entries:
        if entry.is_listed and runs and runs[-1][-1].is_listed:
            runs[-1].append(entry)
        else:
            runs.append([entry])
    return runs


def _is_internal_link(entry):
    return bool(re.fullmatch(r"\[[^\[\]]*\]\(#[^()\s]*\)", entry.body.strip()))


def _is_back_to_top(run):
    match = re.fullmatch(r"\[([^\[\]]*)\]\(#[^()\s]*\)", run[0].body.strip())
    return len(run) == 1 and bool(match) and match[1].lower().startswith("back to top")
