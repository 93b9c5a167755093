"""Bullets that come into the legend of the guide, or leave it: their text and their tags.

In the legend a bullet has its sign in its text; in other places the sign is a tag. So a bullet
that moves, or that stands under a “Legend” with a new title, is written again in that revision.
"""

from collections.abc import Sequence

from django.db.models import Q

from entries.markdown import reader
from entries.markdown.parsed import NotAGuide, ParsedEntry
from entries.markdown.signs import is_bullet_called_legend, is_called_legend
from entries.markdown.writer import export_alone
from entries.models import Entry, LegendTag, Section
from entries.reading.lines import nest, walk
from guide_site.core.history import Written


def settle(written: Written, legend: Sequence[LegendTag]) -> None:
    """Make such bullets, wherever the revision may have made one, what a file says they are.

    written  what the revision has written
    """
    tags = {tag.key: tag for tag in legend}
    if not tags:
        return
    signed = Q(pk__in=written.get(Entry, ()))
    for sign in tags:  # a “Legend” that went away may have left them behind
        signed |= Q(body__startswith=sign, tags=None, kind__in=Entry.LISTED, retired_at=None)
    touched = set(Entry.objects.filter(signed).values_list("section", flat=True))
    touched |= written.get(Section, set())
    rows: dict[int, list[Entry]] = {}
    for row in Entry.objects.filter(section__in=touched).prefetch_related("tags"):
        rows.setdefault(row.section_id, []).append(row)
    for section in Section.objects.live().filter(pk__in=rows):
        if _may_differ(section, rows[section.pk], tuple(tags)):
            for row, parsed in _as_read(section, rows[section.pk], tags):
                _write(row, parsed, tags)


def _may_differ(section: Section, rows: Sequence[Entry], signs: tuple[str, ...]) -> bool:
    """A quick look: False if a section has nothing to do with the legend."""
    return is_called_legend(section.title) or any(
        row.is_live
        and row.is_listed
        and (is_bullet_called_legend(row.body) or _begins_with_sign(row, signs))
        for row in rows
    )


def _begins_with_sign(row: Entry, signs: tuple[str, ...]) -> bool:
    return row.body.startswith(signs) and not row.tags.all()


def _as_read(
    section: Section, rows: Sequence[Entry], signs: dict[str, LegendTag]
) -> list[tuple[Entry, ParsedEntry]]:
    """The live entries of a section, each with what a file says of it."""
    live = [line.row for line, _ in walk(nest(rows)) if line.row.is_live]
    try:
        guide = reader.parse(export_alone(section, rows), signs=signs, hide_contents=False)
    except NotAGuide:
        return []
    parsed = list(guide.walk())
    return list(zip(live, parsed, strict=True)) if len(live) == len(parsed) else []


def _write(row: Entry, parsed: ParsedEntry, legend: dict[str, LegendTag]) -> None:
    """Give a bullet the text and the tags that a file has, if its sign only went elsewhere."""
    texts = (row.body, parsed.body)
    explains = parsed.body.startswith(tuple(legend)) and not parsed.signs
    is_explained = row.body.startswith(tuple(legend)) and not row.tags.all()
    if not row.is_listed or explains == is_explained:
        return
    if max(texts, key=len).endswith(min(texts, key=len)):
        row.body = parsed.body
        row.save()
        row.tags.set(tag for sign in parsed.signs if (tag := legend[sign]).is_live)
