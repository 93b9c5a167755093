"""What one change means, whatever it is about: merge it with the guide, publish it."""

from moderation import entry_changes, section_changes
from moderation.entry_changes import snapshot, snapshot_at
from moderation.models import Subject
from moderation.references import Gone

_BY_SUBJECT = {Subject.ENTRY: entry_changes, Subject.SECTION: section_changes}


def merged(change):
    """The change merged into the guide as it stands now, as Merged. Raises Gone."""
    return _BY_SUBJECT[change.subject].merged(change)


def publish(change, values):
    """Write the merged `values` to the guide. The caller holds `history.revision()`."""
    _BY_SUBJECT[change.subject].publish(change, values)


def is_done(change, values):
    """True if the guide holds what the change proposes already: it needs no new version."""
    return _BY_SUBJECT[change.subject].is_done(change, values)


__all__ = ["Gone", "is_done", "merged", "publish", "snapshot", "snapshot_at"]
