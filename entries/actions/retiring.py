"""What retiring and restoring mean for entries, sections and legend tags alike."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils import timezone

from entries.models import Entry, LegendTag, Section


def mark_retired(
    row: Entry | Section | LegendTag, because: str, at: datetime | None = None
) -> None:
    """Make a row retired; the caller saves it.

    because  the reason, for everyone to read
    at       since when, if not from now on

    Raises ValidationError if the reason is blank.
    """
    if not because.strip():
        raise ValidationError(f"Say why the {row._meta.verbose_name} is retired.")
    row.retired_at, row.retired_because = at or timezone.now(), because


def mark_restored(row: Entry | Section | LegendTag) -> None:
    """Make a retired row live again; the caller saves it. A joined entry is one of its own then."""
    row.retired_at, row.retired_because = None, ""
    if isinstance(row, Entry):
        row.joined_into = None
