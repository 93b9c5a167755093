"""Signs that are given beside a guide, in a file or by name, become legend tags.

A file holds a line for each sign, such as “🔥 Hot — what many people need”, as a list, a table or
plain lines; or JSON as `fixtures/legend.json` has it.
"""

import json
import re
from collections.abc import Iterable
from typing import Any, NamedTuple

from entries.actions import legend
from entries.imports import new_rows
from entries.markdown import legends, reader
from entries.markdown.parsed import NotAGuide
from entries.models import MEANING, LegendTag
from guide_site.core import emoji, markdown

MOST = 200  # signs of one file
LABEL = 40  # characters of a label
_MARKER = re.compile(r"[ \t]*(?:[-+*]|\d{1,9}[.)])[ \t]+")
_DASH = re.compile(r"\s+[—–-]\s+")
_FORM = "Write a line for each sign, such as “🔥 Hot — what many people need”."


class NotALegend(ValueError):
    """A file or an argument names no signs; the message says why in a sentence."""


class NewTag(NamedTuple):
    """A legend tag to be."""

    sign: str
    label: str
    meaning: str = ""
    slug: str = ""


def read(data: bytes) -> list[NewTag]:
    """The tags that a file names, each sign once. Raises NotALegend."""
    try:
        text = reader.decode(data).removeprefix("\ufeff")
    except NotAGuide as error:
        raise NotALegend(str(error)) from None
    found = _of_json(text) if text.lstrip().startswith(("[", "{")) else _of_lines(text)
    tags = {emoji.bare(tag.sign): tag for tag in reversed(found)}
    if not tags:
        raise NotALegend(f"It names no sign. {_FORM}")
    if len(tags) > MOST:
        raise NotALegend(f"It names more than {MOST} signs.")
    return list(reversed(tags.values()))


def named(argument: str) -> NewTag:
    """The tag of “🔥” or “🔥=Hot”; without a label it is called what Unicode calls the sign."""
    sign, _, label = argument.partition("=")
    return _checked(sign.strip(), label.strip() or emoji.name(sign.strip()), "", f"“{argument}”")


def add_missing(tags: Iterable[NewTag]) -> list[LegendTag]:
    """Add those tags that the legend lacks, and bring back those that were retired.

    Callers hold `history.revision()`. Returns the tags that were added or brought back.
    """
    known = {tag.key: tag for tag in LegendTag.objects.all()}
    taken = []
    for tag in tags:
        row = known.get(emoji.bare(tag.sign))
        if row is None:
            slug = "" if LegendTag.objects.filter(slug=tag.slug).exists() else tag.slug
            taken.append(legend.add_legend_tag(**tag._replace(slug=slug)._asdict()))
        elif row.retired_at:
            taken.append(legend.restore_legend_tag(row))
    return taken


def _of_json(text: str) -> list[NewTag]:
    try:
        rows = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise NotALegend(f"It is no JSON: {error}.") from None
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise NotALegend("As JSON it is a list of objects with “sign”, “label” and “meaning”.")
    return [_of_object(row, f"Object {number}") for number, row in enumerate(rows, start=1)]


def _of_object(row: dict[str, Any], where: str) -> NewTag:
    values = {name: row.get(name, "") for name in NewTag._fields}
    if not all(isinstance(value, str) for value in values.values()):
        raise NotALegend(f"{where}: its values are texts.")
    slug = values["slug"] if re.fullmatch(r"[\w-]{1,40}", values["slug"], re.ASCII) else ""
    tag = _checked(values["sign"].strip(), values["label"].strip(), values["meaning"], where)
    return tag._replace(slug=slug)


def _of_lines(text: str) -> list[NewTag]:
    """The tags of lines and tables; headings and lines that are called “Legend” are none."""
    found: list[NewTag] = []
    if legends.is_table(text.strip()):
        text = text.strip()
        return [_of_words(text, what, "The table") for what in legends.said(text)]
    for number, line in enumerate(text.splitlines(), start=1):
        body = _MARKER.sub("", line, count=1).strip()
        what = legends.said(body)
        found += [_of_words(body, each, f"Line {number}") for each in what]
        if body and not what and emoji.leading(body):
            raise NotALegend(f"Line {number}: what does {emoji.leading(body)} mean? {_FORM}")
    return found or _in_tables(text)


def _in_tables(text: str) -> list[NewTag]:
    """The tags of the tables between other text."""
    blocks = (block.strip() for block in re.split(r"\n[ \t]*\n", text))
    tables = [block for block in blocks if legends.is_table(block)]
    return [_of_words(t, what, "A table") for t in tables for what in legends.said(t)]


def _of_words(body: str, what: legends.Said, where: str) -> NewTag:
    """“Hot — what many people need”, or “Hot: …”: label and meaning."""
    words = markdown.plain(body[slice(*what.words)])
    if what.label:
        return _checked(
            legends.written(body, what), markdown.plain(body[slice(*what.label)]), words, where
        )
    label, *rest = _DASH.split(words, maxsplit=1)
    if not rest:
        label, _, meaning = words.partition(": ")
        rest = [meaning]
    if len(label) > LABEL:
        label, rest = new_rows.label(label), [words]
    return _checked(legends.written(body, what), label, rest[0], where)


def _checked(sign: str, label: str, meaning: str, where: str) -> NewTag:
    if not legend.is_sign(sign):
        raise NotALegend(f"{where}: “{sign[:20]}” is no sign. {legend.NO_SIGN}")
    if len(label) > LABEL:
        label = label[:LABEL].rsplit(" ", 1)[0]
    return NewTag(sign, label or sign, " ".join(meaning.split())[:MEANING])
