"""The guide as a revision left it: sections, entries and their legend tags, as rows in memory.

Nothing is written: rows that changed since come from their versions, the others from the
database. Sections and entries are retired, never deleted, so that no row of the past is missing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar

from django.contrib.contenttypes.models import ContentType
from django.db.models import Max, QuerySet
from reversion.models import Version

from entries.models import Entry, LegendTag, Section
from entries.reading.lines import in_order
from entries.reading.tags import Tags, TagsOf, read_tags
from entries.reading.tree import Tree

AnyRow = TypeVar("AnyRow", Entry, Section)
MOST_OF_A_ROW = 50  # versions of one row that are looked at


class Stored(NamedTuple):
    """What a version says of a row, as it was stored."""

    revision: int
    pk: int
    fields: dict[str, Any]


@dataclass(frozen=True)
class GuideState:
    """The rows of the guide at a revision, in the order of the guide.

    tree     of the live sections
    entries  all of them; those that are retired too, those of retired sections last
    """

    tree: Tree
    entries: list[Entry]
    section_tags: Tags
    entry_tags: Tags


def state_at(revision: int | None = None) -> GuideState:
    """The guide as `revision` left it; None: as it is now."""
    of_sections, of_entries = read_tags(TagsOf(Section), TagsOf(Entry))
    legend = {tag.pk: tag for tag in LegendTag.objects.all()}
    section_rows, section_tags = _rows(Section, of_sections, legend, revision)
    entry_rows, entry_tags = _rows(Entry, of_entries, legend, revision)
    tree = Tree(section for section in section_rows if section.is_live)
    return GuideState(tree, in_order(tree, entry_rows), section_tags, entry_tags)


def stored(
    model: type[Entry] | type[Section], *, after: int | None = None, until: int | None = None
) -> Iterator[Stored]:
    """What versions of a model say, in the order of their making.

    after, until  numbers of revisions: the versions of those later than `after`, or of each row
                  the last one until `until`
    """
    versions = versions_of(model)
    if after is not None:
        versions = versions.filter(revision__gt=after)
    if until is not None:
        versions = versions.filter(pk__in=_last(versions.filter(revision__lte=until)))
    columns = versions.order_by("pk").values_list("revision_id", "object_id", "serialized_data")
    for number, pk, data in columns.iterator():
        yield Stored(number, int(pk), json.loads(data)[0]["fields"])


def fields_of_versions(row: Entry | Section) -> Iterator[dict[str, Any]]:
    """What the newest versions of a row say, at most MOST_OF_A_ROW, the newest first."""
    versions = versions_of(type(row)).filter(object_id=str(row.pk)).order_by("-pk")
    for data in versions.values_list("serialized_data", flat=True)[:MOST_OF_A_ROW]:
        yield json.loads(data)[0]["fields"]


def versions_of(model: type[Entry] | type[Section]) -> QuerySet[Version]:
    """All versions of a model."""
    kind = ContentType.objects.get_for_model(model)
    versions: QuerySet[Version] = Version.objects.filter(db="default", content_type=kind)
    return versions


def _last(versions: QuerySet[Version]) -> QuerySet[Version, Any]:
    """The primary key of the last version of each row."""
    return versions.order_by().values("object_id").annotate(last=Max("pk")).values("last")


def _rows(
    model: type[AnyRow], tags: Tags, legend: dict[int, LegendTag], revision: int | None
) -> tuple[list[AnyRow], dict[int, Sequence[LegendTag]]]:
    """The rows in the order of their positions, and the legend tags of each."""
    rows = {row.pk: row for row in model._default_manager.all()}
    tags = dict(tags)
    if revision is not None:
        later = versions_of(model).filter(revision__gt=revision)
        changed = {int(pk) for pk in later.values_list("object_id", flat=True)}
        for pk in changed:
            rows.pop(pk, None)
        for old in _old_versions(model, changed, revision):
            fields = old.field_dict
            pks = {int(pk) for pk in fields.pop("tags", ())}
            row = model(**fields)
            rows[row.pk] = row
            tags[row.pk] = [legend[pk] for pk in legend if pk in pks]
    return sorted(rows.values(), key=lambda row: (row.position, row.pk)), tags


def _old_versions(
    model: type[Entry] | type[Section], changed: Iterable[int], revision: int
) -> Iterator[Version]:
    """The last version until `revision` of each row that changed later."""
    pks = sorted(map(str, changed))
    for start in range(0, len(pks), 500):  # SQLite takes 999 values or more, PostgreSQL all
        some = versions_of(model).filter(object_id__in=pks[start : start + 500])
        yield from Version.objects.filter(pk__in=_last(some.filter(revision__lte=revision)))
