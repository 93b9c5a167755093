"""Anchors of an imported file stay valid where the site has other addresses."""

from collections.abc import Mapping

from entries.actions.steps import point_alias
from entries.markdown import anchors
from entries.markdown.parsed import ParsedEntry, ParsedGuide, ParsedSection
from entries.models import Entry, Section, SectionAlias


def keep_those_of_headings(guide: ParsedGuide, sections: Mapping[ParsedSection, Section]) -> None:
    """Let anchors as GitHub makes them lead to their sections, where the slug differs.

    sections  the rows of the parsed sections
    """
    taken = set(Section.objects.values_list("slug", flat=True))
    taken |= set(SectionAlias.objects.values_list("slug", flat=True))
    for parsed in guide.sections:
        slug = parsed.anchor[:300]
        if slug not in taken:
            taken.add(slug)
            point_alias(SectionAlias(slug=slug), sections[parsed])


def keep_those_named(
    guide: ParsedGuide,
    sections: Mapping[ParsedSection, Section],
    entries: Mapping[ParsedEntry, Entry],
) -> None:
    """Let anchors that HTML names lead to their section or entry, unless a heading has the name.

    sections, entries  the rows of what was parsed
    """
    aliases = {alias.slug: alias for alias in SectionAlias.objects.all()}
    slugs = set(Section.objects.values_list("slug", flat=True))
    for name, parsed in anchors.named_in(guide).items():
        slug = name[:300]
        alias = aliases.get(slug) or SectionAlias(slug=slug)
        is_of_a_heading = slug in slugs or (alias.pk and alias.entry_id is None)
        if not is_of_a_heading:
            row = entries[parsed] if isinstance(parsed, ParsedEntry) else sections[parsed]
            point_alias(alias, row)
