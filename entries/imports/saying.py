"""Conflicts of an import in words, for the person who runs it."""

from __future__ import annotations

from entries.actions.steps import Row
from entries.markdown.parsed import ParsedEntry, ParsedSection
from entries.models import Entry, Section
from guide_site.core import markdown
from guide_site.core.words import Clash


def of_words(parsed: ParsedSection | ParsedEntry, row: Row, clash: Clash) -> str:
    """Both changed the same words."""
    return (
        f"{_named(parsed, row)}: the guide has made “{clash.base.strip()}” into "
        f"“{clash.current.strip()}”, the file makes it “{clash.proposed.strip()}”."
    )


def of_places(
    parsed: ParsedSection | ParsedEntry,
    row: Row,
    *,
    file: ParsedSection | ParsedEntry | None,
    here: object,
) -> str:
    """Both moved it.

    file, here  what each of them put it under
    """
    mine, theirs = name(file), name(here)
    places = f"the guide has moved it to {theirs}, the file moves it to {mine}"
    if mine == theirs:
        places = f"guide and file have moved it to different places in {mine}"
    return f"{_named(parsed, row)}: {places}."


def taken_out_but_changed(row: Row) -> str:
    """The file lacks it, the guide changed it."""
    return f"{name(row)}: the file takes it out, but the guide has changed it."


def taken_out_but_full(row: Row, child: object) -> str:
    """The file lacks it, but something stands under it."""
    return f"{name(row)}: the file takes it out, but {name(child)} stands under it by now."


def joined(parsed: ParsedSection | ParsedEntry, row: Row, other: Entry) -> str:
    """The file changes a bullet that was joined into another one."""
    return f"{_named(parsed, row)}: the file changes it, but it has been joined into {name(other)}."


def name(thing: object) -> str:
    """A section or entry, a row or parsed, as a sentence speaks of it."""
    match thing:
        case Section() | ParsedSection():
            return f"“{thing.title}”"
        case Entry():
            return f"“{thing.opening_words}”"
        case ParsedEntry():
            return f"“{markdown.plain(thing.body)[:80]}”"
    return "the top of the guide"


def _named(parsed: ParsedSection | ParsedEntry, row: Row) -> str:
    return f"Line {parsed.line}, {name(row)}"
