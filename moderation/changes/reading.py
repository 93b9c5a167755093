"""Reads changes with all that their merge looks at: a fixed number of queries for many of them."""

from __future__ import annotations

from django.db.models import QuerySet, prefetch_related_objects

from moderation.changes.references import References
from moderation.models import Change, Subject

_RELATED = (
    "proposal__builds_on",
    "entry__section",
    "entry__parent",
    "section__parent",
    "service__provider",
    "service__group",
    "offering__provider",
    "offering__service",
    "offering__capability",
    "legend_tag",
    "guide",
)
_TAGGED = (Subject.ENTRY, Subject.SECTION, Subject.SERVICE)


def ready_to_merge(rows: QuerySet[Change]) -> tuple[list[Change], References]:
    """The changes, and the References for `kinds.merged`: at most eight queries."""
    changes = list(rows.select_related(*_RELATED))
    for subject in _TAGGED:
        of_subject = [change for change in changes if change.subject == subject]
        prefetch_related_objects(of_subject, f"{subject}__tags")
    return changes, References.read(changes)
