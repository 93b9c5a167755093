"""Rows of the guide, and old versions of them, as the fields that a change keeps as its base."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Model
from reversion.models import Version

from entries.models import Entry, Guide, LegendTag, Section
from moderation.changes.field_types import Field, Type, Values
from moderation.changes.fields import SNAPSHOTS
from moderation.models import Subject
from services.models import Offering, Service
from services.release_dates import release_text

SUBJECTS: dict[type[Model], Subject] = {
    Entry: Subject.ENTRY,
    Section: Subject.SECTION,
    Service: Subject.SERVICE,
    Offering: Subject.OFFERING,
    LegendTag: Subject.LEGEND_TAG,
    Guide: Subject.GUIDE,
}


def snapshot(row: Model) -> Values:
    """The fields of a row of the guide that a change keeps as base."""
    return {field.name: _of_row(field, row) for field in SNAPSHOTS[SUBJECTS[type(row)]]}


def snapshot_of(model: type[Model], fields: Mapping[str, Any]) -> Values:
    """The same from the stored fields of a version of `model`."""
    return {field.name: _of_version(field, fields) for field in SNAPSHOTS[SUBJECTS[model]]}


def snapshot_at(row: Model, generation: int) -> Values:
    """The same as the guide held it at revision number `generation`."""
    fields = fields_at(row, generation)
    return snapshot(row) if fields is None else snapshot_of(type(row), fields)


def fields_at(row: Model, generation: int) -> dict[str, Any] | None:
    """The stored fields of `row` at revision number `generation`; None if it has none."""
    versions = Version.objects.get_for_object(row).filter(revision__lte=generation)
    version = versions.order_by("-revision_id").first()
    return dict(version.field_dict) if version else None


def retired_in(row: Model) -> int | None:
    """The number of the revision that took a retired `row` out of the guide, or None."""
    number = None
    for version in Version.objects.get_for_object(row).order_by("-revision_id"):
        if version.field_dict["retired_at"] is None:
            break
        number = version.revision_id
    return number


def _of_row(field: Field, row: Any) -> Any:
    match field.type:
        case Type.TAGS:
            return sorted(tag.slug for tag in row.tags.all())
        case Type.REFERENCE:
            return getattr(row, f"{field.name}_id")
        case Type.SLUG:
            other = getattr(row, field.name)
            return other.slug if other else ""
        case Type.DATE:
            return release_text(getattr(row, field.name), getattr(row, f"{field.name}_precision"))
        case _:
            return getattr(row, field.name)


def _of_version(field: Field, fields: Mapping[str, Any]) -> Any:
    match field.type:
        case Type.TAGS:
            slugs = LegendTag.objects.filter(pk__in=fields[field.name])
            return sorted(slugs.values_list("slug", flat=True))
        case Type.REFERENCE:
            return fields[f"{field.name}_id"]
        case Type.SLUG:
            rows = field.model._default_manager.filter(pk=fields[f"{field.name}_id"])
            return rows.values_list("slug", flat=True).first() or ""
        case Type.DATE:
            return release_text(fields[field.name], fields[f"{field.name}_precision"])
        case _:
            return fields.get(field.name, field.empty)
