"""Values of fields in words: what a person reads in place of keys, slugs and Python."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Model

from entries.actions.positions import FIRST
from entries.models import LegendTag
from moderation.changes.field_types import Field, Type, Values
from moderation.changes.fields import fields_of
from moderation.changes.references import Pending, Reference, References
from moderation.models import Change, Subject

_ADDED = "what this proposal adds"


class Names:
    """What the values of fields are called; each table is read once, when it is needed."""

    def __init__(self) -> None:
        self._known: dict[type[Model], dict[Any, str]] = {}

    def said(self, field: Field, value: Any) -> str:
        """The value of a field in words; "" for none."""
        if value is None or value == "":
            return ""
        if isinstance(value, dict):
            return _ADDED
        match field.type:
            case Type.FLAG:
                return "yes" if value else "no"
            case Type.CHOICE if field.choices and value in field.choices.values:
                return str(field.choices(value).label)
            case Type.SLUG | Type.REFERENCE:
                return self._of(field.model, field.type).get(value, str(value))
        return self._listed(field, value) if isinstance(value, list) else str(value)

    def _listed(self, field: Field, values: list[Any]) -> str:
        if field.type == Type.TAGS:
            names = self._of(LegendTag, Type.SLUG)
            return ", ".join(names.get(slug, slug) for slug in values)
        bodies = [
            value["body"] if field.type == Type.BULLETS else value.partition(": ")[2]
            for value in values  # a text is “number: text”
        ]
        return "; ".join(f"“{body}”" for body in bodies)

    def _of(self, model: type[Model], how: Type) -> dict[Any, str]:
        """{slug, or primary key for a REFERENCE: name} of all rows."""
        if model not in self._known:
            key, rows = "pk" if how == Type.REFERENCE else "slug", model._default_manager.all()
            self._known[model] = {getattr(row, key): _called(row) for row in rows}
        return self._known[model]


def words_of(subject: str) -> Callable[[str, Any], str]:
    """A function that says the value of a field of `subject`, by the name of the field."""
    known, names = fields_of(subject), Names()
    return lambda name, value: names.said(known[name], value)


def place(change: Change, fields: Values, references: References) -> str:
    """A place among siblings: “the place behind “X” in “Tips””; without `after`, “in “Tips””.

    fields      those of the place, of the subject of `change`
    references  find what they name
    """
    where = parent_place(change, fields, references)
    if "after" not in fields:
        return where
    after = fields["after"]
    if after == FIRST:
        return f"the first place {where}".strip()
    if sibling := named(change, "after", after, references):
        return f"the place behind {sibling} {where}".strip()
    return f"the last place {where}".strip()


def parent_place(change: Change, fields: Values, references: References) -> str:
    """“under “X””, “in “X”” or “at the top of the guide”, by the fields of a place."""
    if change.subject == Subject.LEGEND_TAG:
        return "of the legend"
    if parent := named(change, "parent", fields.get("parent"), references):
        return f"under {parent}"
    if change.subject == Subject.SECTION:
        return "at the top of the guide"
    if section := named(change, "section", fields.get("section"), references):
        return f"in {section}"
    return f"in {quoted(change.section)}" if change.section else ""


def named(change: Change, field: str, reference: Reference, references: References) -> str:
    """What a reference in the `field` of a change names, in quotes; "" for nothing."""
    find: Callable[[Reference], Model | None] = references.section
    if change.subject == Subject.LEGEND_TAG:
        find = references.legend_tag
    elif change.subject == Subject.ENTRY and field != "section":
        find = references.entry
    try:
        row = find(reference)
    except Pending as pending:
        return added_by(change, pending.change)
    return quoted(row) if row else ""


def added_by(change: Change, adding: Change | None) -> str:
    """What another change will add, as the page of `change` calls it."""
    if adding is None or adding.proposal_id == change.proposal_id:
        return _ADDED
    return f"what proposal {adding.proposal_id} adds"


def quoted(row: Model) -> str:
    """What a row is called, in quotes."""
    return f"“{_called(row)}”"


def _called(row: Model) -> str:
    for name in ("opening_words", "title", "name"):
        if words := getattr(row, name, None):
            return str(words)
    return str(row)
