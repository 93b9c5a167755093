"""Which reviewers wrote words of a proposal, so that they are named beside its author."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from guide_site.core import words
from guide_site.models import User
from moderation.models import Change, ReviewerEdit


def editors(changes: Iterable[Change]) -> list[User]:
    """The reviewers whose edits of these changes are still part of them, by name: one query."""
    proposed = {change.pk: change.proposed for change in changes}
    made = ReviewerEdit.objects.filter(change__in=proposed).select_related("editor")
    found = {
        edit.editor_id: edit.editor for edit in made if _remains(edit, proposed[edit.change_id])
    }
    return sorted(found.values(), key=lambda user: user.username)


def _remains(edit: ReviewerEdit, now: dict[str, Any]) -> bool:
    """True if something that a reviewer changed in one of the fields is as they made it."""
    return any(
        _field_remains(edit.before.get(name), value, now.get(name))
        for name, value in edit.after.items()
        if edit.before.get(name) != value
    )


def _field_remains(before: Any, after: Any, now: Any) -> bool:
    if not all(isinstance(text, str) for text in (before, after, now)):
        return bool(after == now)
    undone = words.merge(after, now, before).text
    if undone is not None:  # if taking the edit back changes nothing, nothing of it is there
        return bool(undone != now)
    new = _plain(after) - _plain(before)
    return not new.isdisjoint(_plain(now))


def _plain(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))
