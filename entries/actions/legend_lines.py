"""Signs in texts become tags, and those of the legend stay text, whatever a revision did.

A bullet of the legend has its sign in its text; in other places the sign is a tag. So a bullet
that moves, that stands under a “Legend” with a new title, or that has a sign which is new in the
legend, is written again in that revision. The file stays as it is: it says so already.
"""

from collections.abc import Sequence

from django.db.models import Q

from entries.actions import explanations
from entries.markdown import legends, reader
from entries.markdown.legends import is_bullet_called_legend, is_called_legend
from entries.markdown.parsed import NotAGuide, ParsedEntry, ParsedGuide, ParsedSection
from entries.markdown.signs import Signs
from entries.markdown.writer import export_alone
from entries.models import Entry, LegendTag, Section
from entries.reading.lines import nest, walk
from guide_site.core import emoji
from guide_site.core.history import Written


def settle(written: Written, legend: Sequence[LegendTag]) -> None:
    """Make such texts, wherever the revision may have made one, what a file says they are.

    written  what the revision has written
    """
    if not legend:
        return
    tags = {tag.key: tag for tag in legend}
    signs = Signs(tags)
    rows: dict[int, list[Entry]] = {}
    sections = _touched(written, legend)
    for row in Entry.objects.filter(section__in=sections).prefetch_related("tags"):
        rows.setdefault(row.section_id, []).append(row)
    live = Section.objects.live().filter(pk__in=sections)
    for section in live.prefetch_related("tags"):
        own = rows.get(section.pk, [])
        if not _may_differ(section, own, signs) or not (guide := _as_file(section, own, tags)):
            continue
        _write_title(section, guide.sections[0], tags)
        for entry, parsed in _pairs(own, guide):
            _write(entry, parsed, tags)


def _touched(written: Written, legend: Sequence[LegendTag]) -> set[int]:
    """Primary keys of the sections in which the revision may have made signs something else."""
    # A “Legend” that went away may have left its lines behind.
    entries = Q(pk__in=written.get(Entry, ())) | (explanations.may_explain(legend) & _LIVE)
    titles = Q(pk__in=written.get(Section, ()))
    for tag in legend:
        if tag.pk in written.get(LegendTag, ()):
            entries |= Q(body__contains=emoji.rarest(tag.key)) & _LIVE
            titles |= Q(title__contains=emoji.rarest(tag.key))
    found = set(Entry.objects.filter(entries).values_list("section", flat=True))
    return found | set(Section.objects.filter(titles).values_list("pk", flat=True))


_LIVE = Q(retired_at=None)


def _may_differ(section: Section, rows: Sequence[Entry], signs: Signs) -> bool:
    """A quick look: False if all signs of a section are tags, and it is no legend."""
    return (
        is_called_legend(section.title)
        or any(
            _is_of_legend(row) or not _has(row, signs.within(row.body))
            for row in rows
            if row.is_live
        )
        or not _has(section, signs.in_words(section.title))
    )


def _is_of_legend(row: Entry) -> bool:
    return is_bullet_called_legend(row.body) or legends.is_legend_itself(row.body)


def _has(row: Entry | Section, signs: Sequence[str]) -> bool:
    """True if a row has the tags of these signs."""
    return not signs or {tag.key for tag in row.tags.all()}.issuperset(signs)


def _as_file(
    section: Section, rows: Sequence[Entry], signs: dict[str, LegendTag]
) -> ParsedGuide | None:
    """A section as its file is read."""
    try:
        return reader.parse(export_alone(section, rows), signs=signs, hide_contents=False)
    except NotAGuide:
        return None


def _pairs(rows: Sequence[Entry], guide: ParsedGuide) -> list[tuple[Entry, ParsedEntry]]:
    """The live entries of a section, each with what its file says of it."""
    live = [line.row for line, _ in walk(nest(rows)) if line.row.is_live]
    parsed = list(guide.walk())
    return list(zip(live, parsed, strict=True)) if len(live) == len(parsed) else []


def _write_title(section: Section, parsed: ParsedSection, legend: dict[str, LegendTag]) -> None:
    """Give a heading the tags of signs that are new in the legend."""
    tags = _live(parsed.signs, legend)
    if section.has_heading and not _has(section, [tag.key for tag in tags]):
        section.title = parsed.title
        section.save()
        section.tags.set(tags)


def _write(row: Entry, parsed: ParsedEntry, legend: dict[str, LegendTag]) -> None:
    """Give an entry the text and the tags that its file has, if only signs differ."""
    texts = (row.body, parsed.body)
    if row.kind != parsed.kind or not max(texts, key=len).endswith(min(texts, key=len)):
        return
    explains = not parsed.signs and _says(parsed.body, legend)
    is_explained = not row.tags.all() and _says(row.body, legend)
    tags = _live(parsed.signs, legend)
    if explains != is_explained or not _has(row, [tag.key for tag in tags]):
        row.body = parsed.body
        row.save()
        row.tags.set(tags)


def _says(body: str, legend: dict[str, LegendTag]) -> bool:
    """True for a text that would explain a tag in a legend."""
    return any(line.sign in legend for line in legends.said(body))


def _live(signs: Sequence[str], legend: dict[str, LegendTag]) -> list[LegendTag]:
    return [tag for sign in signs if (tag := legend[sign]).is_live]
