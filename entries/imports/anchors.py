"""Anchors of an imported file stay valid where the site has other addresses."""

from entries.markdown import anchors
from entries.models import Entry, Section, SectionAlias
from guide_site.core import markdown


def keep_those_of_headings(guide, rows):
    """As GitHub makes them, where the slug differs. rows: {id(parsed section): Section}."""
    taken = set(Section.objects.values_list("slug", flat=True))
    taken |= set(SectionAlias.objects.values_list("slug", flat=True))
    for parsed in guide.sections:
        slug = parsed.anchor[:300]
        if slug not in taken:
            taken.add(slug)
            SectionAlias(section=rows[id(parsed)], slug=slug).save()


def keep_those_named(guide, rows):
    """Those that HTML names. rows: {id(parsed section or entry): its row}.

    Entries that link to one are rendered again: it was not known when they were written.
    """
    aliases = {alias.slug: alias for alias in SectionAlias.objects.all()}
    taken = set(Section.objects.values_list("slug", flat=True))
    written = set()
    for name, parsed in anchors.of(guide).items():
        slug, row = name[:300], rows[id(parsed)]
        section, entry = (row.section_id, row.pk) if isinstance(row, Entry) else (row.pk, None)
        alias = aliases.get(slug) or SectionAlias(slug=slug)
        is_of_a_heading = slug in taken or (alias.pk and alias.entry_id is None)
        if not is_of_a_heading and (alias.section_id, alias.entry_id) != (section, entry):
            alias.section_id, alias.entry_id = section, entry
            alias.save()
            written.add(slug)
    if written:
        linking = [
            rows[id(parsed)].pk
            for parsed in guide.walk()
            if any(
                markdown.destination(target[1:], dict.fromkeys(written, "-"))
                for target in markdown.link_targets(parsed.body)
                if target.startswith("#")
            )
        ]
        Entry.objects.filter(pk__in=linking).rerender()
