"""Anchors of an imported file stay valid where the site has other addresses."""

from collections.abc import Mapping

from entries.actions.steps import point_alias
from entries.markdown import anchors
from entries.markdown.parsed import ParsedEntry, ParsedGuide, ParsedSection
from entries.models import Entry, Section, SectionAlias


def keep_those_of_headings(guide: ParsedGuide, sections: Mapping[ParsedSection, Section]) -> None:
    """Let anchors as GitHub makes them lead to their sections, where the slug differs.

    They go before the slug that the site made for another section.

    sections  the rows of the parsed sections
    """
    aliases = {alias.slug: alias for alias in SectionAlias.objects.all()}
    for anchor, parsed in _headings(guide).items():
        section, alias = sections[parsed], aliases.get(anchor)
        if alias or section.slug != anchor:
            point_alias(alias or SectionAlias(slug=anchor), section)


def keep_those_named(
    guide: ParsedGuide,
    sections: Mapping[ParsedSection, Section],
    entries: Mapping[ParsedEntry, Entry],
) -> None:
    """Let anchors that HTML names lead to their section or entry, unless a heading has the name.

    sections, entries  the rows of what was parsed
    """
    aliases = {alias.slug: alias for alias in SectionAlias.objects.all()}
    headings = _headings(guide)
    for name, parsed in anchors.named_in(guide).items():
        slug = name[:300]
        row = entries[parsed] if isinstance(parsed, ParsedEntry) else sections[parsed]
        is_its_slug = isinstance(row, Section) and row.slug == slug and slug not in aliases
        if slug not in headings and not is_its_slug:
            point_alias(aliases.get(slug) or SectionAlias(slug=slug), row)


def _headings(guide: ParsedGuide) -> dict[str, ParsedSection]:
    """The first section with each anchor."""
    headings: dict[str, ParsedSection] = {}
    for parsed in guide.sections:
        if parsed.has_heading and parsed.anchor:
            headings.setdefault(parsed.anchor[:300], parsed)
    return headings
