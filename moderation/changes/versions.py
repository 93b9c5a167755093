"""What the guide held at a revision, from django-reversion, as the fields that changes keep."""

from reversion.models import Version

from entries.models import LegendTag


def fields_at(row, generation):
    """The stored fields of `row` at revision `generation` (a number); None if it has none."""
    version = (
        Version.objects.get_for_object(row)
        .filter(revision__lte=generation)
        .order_by("-revision_id")
        .first()
    )
    return version and version.field_dict


def retired_in(row):
    """The number of the revision that took a retired `row` out of the guide, or None."""
    number = None
    for version in Version.objects.get_for_object(row).order_by("-revision_id"):
        if version.field_dict["retired_at"] is None:
            break
        number = version.revision_id
    return number


def tag_slugs(pks):
    """Sorted slugs of the legend tags with these primary keys (numbers or texts)."""
    return sorted(LegendTag.objects.filter(pk__in=pks).values_list("slug", flat=True))
