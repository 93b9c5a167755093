"""Anchors of an imported file stay valid where the site has other addresses."""

from collections.abc import Mapping

from entries.actions.steps import Row, point_alias
from entries.markdown import anchors
from entries.markdown.parsed import ParsedGuide
from entries.models import Section, SectionAlias


def keep_those_of_headings(guide: ParsedGuide, sections: Mapping[int, Section]) -> None:
    """Let anchors as GitHub makes them lead to their sections, where the slug differs.

    sections  {id(parsed section): its row}
    """
    taken = set(Section.objects.values_list("slug", flat=True))
    taken |= set(SectionAlias.objects.values_list("slug", flat=True))
    for parsed in guide.sections:
        slug = parsed.anchor[:300]
        if slug not in taken:
            taken.add(slug)
            point_alias(SectionAlias(slug=slug), sections[id(parsed)])


def keep_those_named(guide: ParsedGuide, rows: Mapping[int, Row]) -> None:
    """Let anchors that HTML names lead to what they stand at, unless a heading has the name.

    rows  {id(parsed section or entry): its row}
    """
    aliases = {alias.slug: alias for alias in SectionAlias.objects.all()}
    slugs = set(Section.objects.values_list("slug", flat=True))
    for name, parsed in anchors.named_in(guide).items():
        slug = name[:300]
        alias = aliases.get(slug) or SectionAlias(slug=slug)
        is_of_a_heading = slug in slugs or (alias.pk and alias.entry_id is None)
        if not is_of_a_heading:
            point_alias(alias, rows[id(parsed)])
