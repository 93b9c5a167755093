"""Texts of the guide that explain the signs of the legend, as tags have their meanings.

Such a text is a bullet, a table or a paragraph. It has the signs in its text and carries no tag:
it is no content of that kind.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from django.db.models import Q

from entries.markdown import legends
from entries.markdown.legends import Said, is_bullet_called_legend, is_called_legend
from entries.models import MEANING, Entry, EntryKind, LegendTag
from entries.reading.lines import nest, walk
from guide_site.core import emoji, markdown

RETIRED = "The legend tag was retired: "  # begins the reason why its bullet retires
_LEAD = re.compile(r"\*\*([^*]+?):\*\*\s*")
_PUNCTUATION = re.compile(r"([\\`*_\[\]<>])")
_BAR = re.compile(r"(?<!\\)\|")


class Explanation(NamedTuple):
    """A text of the legend, and a tag that it explains."""

    bullet: Entry
    tag: LegendTag


def find(legend: Sequence[LegendTag], **condition: object) -> list[Explanation]:
    """All live texts that explain tags of the legend, in the order of their sections.

    condition  lookups of entries: only those that match
    """
    entries = Entry.objects.live().filter(may_explain(legend), **condition)
    tags = {tag.key: tag for tag in legend}
    known: dict[int, set[int]] = {}
    found = []
    for row in entries.select_related("section"):
        explained = [tags[line.sign] for line in legends.said(row.body) if line.sign in tags]
        if explained and row.section_id not in known:
            known[row.section_id] = set(_in_legend(row))
        if explained and (row.pk in known[row.section_id] or legends.is_legend_itself(row.body)):
            found += [Explanation(row, tag) for tag in dict.fromkeys(explained)]
    return found


def may_explain(legend: Sequence[LegendTag]) -> Q:
    """Entries that may hold a sign and carry no tag."""
    holds = Q(pk=None)
    for tag in legend:
        holds |= Q(body__contains=emoji.rarest(tag.key))
    return holds & Q(tags=None) & ~Q(kind__in=(EntryKind.CODE, EntryKind.KEPT))


def explained_by(entry: Entry) -> list[LegendTag]:
    """The tags that an entry explains, if it is a text of the legend."""
    return [tag for _, tag in find(list(LegendTag.objects.all()), pk=entry.pk)]


def follows(entry: Entry) -> bool:
    """True if an entry explains a tag, or did until that was retired."""
    return entry.retired_because.startswith(RETIRED) or bool(explained_by(entry))


def said_of(tag: LegendTag, body: str) -> tuple[str, str]:
    """(label, meaning) of a tag as a text has them, such as “🔹 **Tip:** What matters.”."""
    what = _line(tag, body)
    if what is None:
        return tag.label, tag.meaning
    if what.label:
        label = markdown.plain(body[slice(*what.label)]) or tag.label
        return label, markdown.plain(body[slice(*what.words)])[:MEANING]
    lead, rest = _parts(body, what)
    label, meaning = markdown.plain(lead) or tag.label, markdown.plain(rest)[:MEANING]
    return label, "" if meaning == label and not tag.meaning else meaning


def written(tag: LegendTag, body: str) -> str:
    """A text that says what the tag does, in the form that it had so far."""
    what = _line(tag, body)
    if what is None:
        return body
    label, meaning = said_of(tag, body)
    is_table = legends.is_table(body)
    if what.label:
        spans = [(what.label, tag.label, label), (what.words, tag.meaning, meaning)]
        for span, wanted, stood in sorted(spans, reverse=True):
            if wanted != stood:
                body = _replaced(body, span, _as_markdown(wanted, is_cell=is_table))
        return body
    lead, rest = _parts(body, what)
    start, end = what.words
    opening = body[start : end - len(rest)]
    if label != tag.label:
        words = _as_markdown(tag.label, is_cell=is_table)
        opening = opening.replace(f"**{lead}:**", f"**{words}:**")
    if meaning != tag.meaning:
        rest = _as_markdown(tag.meaning or ("" if lead else tag.label), is_cell=is_table)
    changed = _replaced(body, what.words, opening + rest)
    return changed if rest else changed.rstrip()


def without(tag: LegendTag, body: str) -> str:
    """A text of several lines without the one about a tag; "" if that is all it says."""
    lines = legends.said(body)
    what = _line(tag, body)
    if what is None or what.row is None:
        return body
    if len(lines) < 2:
        return ""
    return _replaced(body, what.row, "").rstrip("\n")


def with_line(tag: LegendTag, body: str, *, after: LegendTag) -> str:
    """A text of several lines with one about a tag, made from the line that it follows."""
    what = _line(after, body)
    if what is None or what.row is None:
        return body
    start, end = what.row
    line = body[start:end].rstrip("\n")
    new = written(tag, body[:start] + _about(tag, line, after))[start:]
    return body[:end].rstrip("\n") + f"\n{new}" + ("\n" + body[end:] if body[end:] else "")


def like(tag: LegendTag, body: str, *, of: LegendTag) -> str:
    """A bullet about a tag in the form of one about another."""
    return written(tag, _about(tag, body, of))


def _about(tag: LegendTag, text: str, other: LegendTag) -> str:
    """A text about a tag, made from one about another."""
    stood = (each for each in emoji.pictures(text) if emoji.bare(each) == other.key)
    return text.replace(next(stood, other.key), tag.sign, 1)


def says_several(body: str) -> bool:
    """True for a text with lines about several tags."""
    return legends.is_table(body) or len(legends.said(body)) > 1


def _replaced(body: str, span: legends.Span, words: str) -> str:
    return body[: span[0]] + words + body[span[1] :]


def _line(tag: LegendTag, body: str) -> Said | None:
    return next((line for line in legends.said(body) if line.sign == tag.key), None)


def _parts(body: str, what: Said) -> tuple[str, str]:
    """(lead, rest) of the words about a sign."""
    words = body[slice(*what.words)]
    match = _LEAD.match(words)
    return (match[1], words[match.end() :]) if match else ("", words)


def _as_markdown(words: str, *, is_cell: bool) -> str:
    words = " ".join(words.split())
    text = words if markdown.plain(words) == words else _PUNCTUATION.sub(r"\\\1", words)
    return _BAR.sub(r"\\|", text) if is_cell else text


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
