"""Bullets of the guide that explain the signs of the legend, as tags have their meanings.

Such a bullet begins with its sign and carries no tag: it is no content of that kind.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from django.db.models import Q, QuerySet

from entries.markdown.signs import is_bullet_called_legend, is_called_legend
from entries.models import MEANING, Entry, LegendTag
from entries.reading.lines import nest, walk
from guide_site.core import markdown

RETIRED = "The legend tag was retired: "  # begins the reason why its bullet retires
_LEAD = re.compile(r"\*\*([^*]+?):\*\*\s*")
_PUNCTUATION = re.compile(r"([\\`*_\[\]<>])")


class Explanation(NamedTuple):
    """A bullet of the legend, and the tag that it explains."""

    bullet: Entry
    tag: LegendTag


def find(legend: Sequence[LegendTag], **condition: object) -> list[Explanation]:
    """All live bullets that explain a tag of the legend, in the order of their sections.

    condition  lookups of entries: only those that match
    """
    entries = Entry.objects.live().filter(**condition).select_related("section")
    candidates = [row for row in _beginning_with_a_sign(entries, legend) if not row.tags.all()]
    tags = {tag.key: tag for tag in legend}
    known: dict[int, set[int]] = {}
    found = []
    for row in candidates:
        if row.section_id not in known:
            known[row.section_id] = set(_in_legend(row))
        if row.pk in known[row.section_id]:
            found.append(Explanation(row, tags[_sign(row.body, tags)]))
    return found


def explained_by(entry: Entry) -> LegendTag | None:
    """The tag that an entry explains, if it is a bullet of the legend."""
    found = find(list(LegendTag.objects.all()), pk=entry.pk)
    return found[0].tag if found else None


def follows(entry: Entry) -> bool:
    """True if an entry explains a tag, or did until that was retired."""
    return entry.retired_because.startswith(RETIRED) or explained_by(entry) is not None


def said_of(tag: LegendTag, body: str) -> tuple[str, str]:
    """(label, meaning) of a tag as its bullet has them, such as “🔹 **Tip:** What matters.”."""
    lead, rest = _parts(tag, body)
    label, meaning = markdown.plain(lead) or tag.label, markdown.plain(rest)[:MEANING]
    return label, "" if meaning == label and not tag.meaning else meaning


def written(tag: LegendTag, body: str) -> str:
    """The text of a bullet that says what the tag does, in the form of its text so far."""
    lead, rest = _parts(tag, body)
    label, meaning = said_of(tag, body)
    opening = body[: len(body) - len(rest)]
    if label != tag.label:
        opening = opening.replace(f"**{lead}:**", f"**{_as_markdown(tag.label)}:**")
    if meaning != tag.meaning:
        rest = _as_markdown(tag.meaning or ("" if lead else tag.label))
    return (opening + rest).rstrip()


def _parts(tag: LegendTag, body: str) -> tuple[str, str]:
    """(lead, rest) of what follows the sign."""
    rest = body.removeprefix(tag.key).removeprefix("\ufe0f").lstrip()
    match = _LEAD.match(rest)
    return (match[1], rest[match.end() :]) if match else ("", rest)


def _as_markdown(words: str) -> str:
    words = " ".join(words.split())
    return words if markdown.plain(words) == words else _PUNCTUATION.sub(r"\\\1", words)


def _beginning_with_a_sign(
    entries: QuerySet[Entry], legend: Sequence[LegendTag]
) -> QuerySet[Entry]:
    begins = Q(pk=None)
    for tag in legend:
        begins |= Q(body__startswith=tag.key)
    return entries.filter(begins, kind__in=Entry.LISTED).prefetch_related("tags")


def _sign(body: str, signs: dict[str, LegendTag]) -> str:
    return next(sign for sign in signs if body.startswith(sign))


def _in_legend(entry: Entry) -> Iterator[int]:
    """Primary keys of the entries of a section that stand below a “Legend”, as files read."""
    depth = 0 if is_called_legend(entry.section.title) else None
    rows = Entry.objects.filter(section=entry.section_id, retired_at=None)
    for line, level in walk(nest(rows)):
        body = line.row.body
        if is_bullet_called_legend(body):
            depth = level
        elif depth is not None and level < depth:
            depth = None
        elif depth is not None:
            yield line.row.pk
