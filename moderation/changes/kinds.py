"""What one change means, whatever it is about: merge it with the guide, publish it."""

from entries.models import Entry, LegendTag, Section
from moderation.changes import entry as entry_changes
from moderation.changes import legend_tag as legend_tag_changes
from moderation.changes import offering as offering_changes
from moderation.changes import section as section_changes
from moderation.changes import service as service_changes
from moderation.changes.merge import Merged
from moderation.changes.references import FROM_DATABASE, Gone, References
from moderation.changes.versions import fields_at
from moderation.models import Change, Subject
from services.models import Offering, Service

_BY_SUBJECT = {
    Subject.ENTRY: entry_changes,
    Subject.SECTION: section_changes,
    Subject.SERVICE: service_changes,
    Subject.OFFERING: offering_changes,
    Subject.LEGEND_TAG: legend_tag_changes,
}
SUBJECTS = {
    Entry: Subject.ENTRY,
    Section: Subject.SECTION,
    Service: Subject.SERVICE,
    Offering: Subject.OFFERING,
    LegendTag: Subject.LEGEND_TAG,
}


def snapshot(row):
    """The fields of a row of the guide that a change keeps as base."""
    return _BY_SUBJECT[SUBJECTS[type(row)]].snapshot(row)


def snapshot_of(model, fields):
    """The same from the fields of a version of `model`."""
    return _BY_SUBJECT[SUBJECTS[model]].snapshot_of(fields)


def snapshot_at(row, generation):
    """The same as the guide held it at revision `generation` (a number)."""
    fields = fields_at(row, generation)
    return snapshot(row) if fields is None else snapshot_of(type(row), fields)


def target(change):
    """The row of the guide that a change is about, or None."""
    return getattr(change, change.subject)


def merged(change: Change, references: References = FROM_DATABASE) -> Merged:
    """The change merged into the guide as it stands now. Raises Gone.

    references   finds the places that the change names
    """
    return _BY_SUBJECT[change.subject].merged(change, references)


def publish(change, values):
    """Write the merged `values` to the guide. The caller holds `history.revision()`."""
    _BY_SUBJECT[change.subject].publish(change, values)


def is_done(change, values):
    """True if the guide holds what the change proposes already: it needs no new version."""
    return _BY_SUBJECT[change.subject].is_done(change, values)


__all__ = [
    "SUBJECTS",
    "Gone",
    "is_done",
    "merged",
    "publish",
    "snapshot",
    "snapshot_at",
    "snapshot_of",
    "target",
]
