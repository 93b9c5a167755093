"""What sections and legend tags that a file brings are: their kinds, labels and slugs."""

from collections import Counter

from entries.actions.sections import free_slug, kind_of
from entries.markdown import navigation
from entries.markdown.parsed import ParsedSection
from entries.models import EntryKind, Section, SectionKind
from guide_site.core import markdown


def kind(parsed: ParsedSection, is_leaf: bool) -> SectionKind:
    """What a section is about, or is for in the file.

    is_leaf  no section is below it
    """
    if is_leaf and (navigation.is_contents(parsed) or _only_defines(parsed)):
        return SectionKind.CONTENTS
    return kind_of(parsed.title) if parsed.has_heading else SectionKind.PREFACE


def _only_defines(parsed: ParsedSection) -> bool:
    """True for what stands before the first heading if pages show nothing of it."""
    kinds = {entry.kind for entry in parsed.entries}
    return not parsed.has_heading and kinds <= {EntryKind.DEFINITION, EntryKind.KEPT}


def label(meaning: str) -> str:
    """The first words of what a legend sign means, as its label."""
    words = meaning.replace("“", "").replace("”", "")
    for end in (" (", ":", ";", ","):
        words = words.split(end)[0]
    return words if len(words) <= 40 else words[:40].rsplit(" ", 1)[0]


def slug(parsed: ParsedSection, parent: Section | None, titles: Counter[str]) -> str:
    """The slug of a section: its anchor, of a title that occurs again with the parent's in front.

    titles  how often each anchor occurs in the file
    """
    occurs_again = titles[markdown.anchor(parsed.title)] > 1
    return free_slug(parsed.title, prefix=parent.slug if occurs_again and parent else "")
