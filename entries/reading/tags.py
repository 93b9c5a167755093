"""Legend tags of many rows, read in one query."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import F, IntegerField, ManyToManyField, Model, Value

from entries.models import Entry, LegendTag, Section
from entries.reading.tree import Node

Row = TypeVar("Row", bound=Model)
Tags = Mapping[int, Sequence[LegendTag]]  # primary key of a row → its tags, in legend order
_COLUMNS = [F(f"legendtag__{name}") for name in ("slug", "sign", "label", "position")]


@dataclass(frozen=True, eq=False)
class TaggedRow(Generic[Row]):
    """A row with its legend tags, in the order of the legend."""

    row: Row
    tags: tuple[LegendTag, ...]


class TagsOf:
    """Whose tags to read: those of the rows of `model` that match `condition`.

    Arguments:
        model: a model with legend tags, such as Entry, Section or Service.
        condition: lookups of its fields, as `filter()` takes them; without one, all its rows.
    """

    def __init__(self, model: type[Model], **condition: Any) -> None:
        field = model._meta.get_field("tags")
        assert isinstance(field, ManyToManyField)  # noqa: S101, other models have no legend tags
        self.owner = str(model._meta.model_name)
        self.through: Any = field.remote_field.through
        self.condition = {f"{self.owner}__{name}": value for name, value in condition.items()}


def read_tags(*groups: TagsOf) -> list[Tags]:
    """The legend tags of each group, in the order of the groups: one query for all of them.

    A row without tags is not in its mapping: ask with `get(pk, ())`.
    """
    queries = [
        group.through._default_manager.filter(**group.condition).values_list(
            Value(number, IntegerField()), F(group.owner), F("legendtag"), *_COLUMNS
        )
        for number, group in enumerate(groups)
    ]
    tags: list[dict[int, list[LegendTag]]] = [{} for _ in groups]
    legend: dict[int, LegendTag] = {}
    lines = queries[0].union(*queries[1:], all=True)
    for number, owner, pk, slug, sign, label, position in sorted(lines, key=lambda line: line[-1]):
        if pk not in legend:
            legend[pk] = LegendTag(pk=pk, slug=slug, sign=sign, label=label, position=position)
        tags[number].setdefault(owner, []).append(legend[pk])
    return list(tags)


def tags_in(nodes: Iterable[Node]) -> tuple[TagsOf, TagsOf]:
    """Whose tags these sections show: those of their entries, and those of their headings."""
    pks = [node.section.pk for node in nodes]
    return TagsOf(Entry, section__in=pks), TagsOf(Section, pk__in=pks)
