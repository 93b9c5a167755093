"""Changes of the guide's own facts: how they merge and are published."""

from __future__ import annotations

from entries.actions.guide import edit_guide
from entries.models import Guide
from moderation.changes.field_types import Values
from moderation.changes.handlers import Handler, merge_with
from moderation.changes.merge import Merged
from moderation.changes.references import References
from moderation.changes.targets import fresh_target, is_as_proposed, known_target
from moderation.changes.versions import snapshot
from moderation.models import Change, Operation


def _merged_edit(change: Change, references: References) -> Merged:
    """The change merged with the facts as they are; two new names are a conflict of words."""
    return merge_with(change, snapshot(known_target(change, Guide)))


def _publish_edit(change: Change, values: Values) -> None:
    edit_guide(fresh_target(change, Guide), **values)


HANDLERS = {Operation.EDIT: Handler(_merged_edit, _publish_edit, is_as_proposed)}
