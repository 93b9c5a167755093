"""Words of others that a change takes back: they came into the guide after it was begun.

A change that is brought up to date gets a new base. What its author saw at first stays in the base
under FIRST_SEEN, {name of a text: its words}, so that everybody can see what the new text drops.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Model
from reversion.models import Version

from guide_site.core import edits, words
from guide_site.models import User
from moderation.changes.field_types import Merge, Values
from moderation.changes.fields import names
from moderation.changes.targets import target
from moderation.models import Change

FIRST_SEEN = "first_seen"


@dataclass(frozen=True)
class TakenBack:
    """Words that a change removes, and who wrote them.

    by   None for somebody whose account is deleted; nobody for an import
    """

    text: str
    by: list[User | None]


def first_seen(change: Change, base: Values) -> Values:
    """What the new `base` of a change keeps of what its author saw before, for its texts."""
    before = change.base | change.base.get(FIRST_SEEN, {})
    texts = [name for name in names(change.subject, Merge.WORDS) if name in change.proposed]
    first = {n: before[n] for n in texts if n in before and n in base and before[n] != base[n]}
    return {FIRST_SEEN: first} if first else {}


def texts_taken_back(base: Values, proposed: Values) -> dict[str, list[str]]:
    """{name of a text: stretches of words of others that it drops}. Pure."""
    found = {}
    for name, first in base.get(FIRST_SEEN, {}).items():
        bodies = [bullet["body"] for bullet in proposed.get("rest", ())] if name == "body" else []
        wanted = "\n".join([proposed.get(name) or "", *bodies])
        if stretches := words.taken_back(first, base[name], wanted):
            found[name] = stretches
    return found


def taken_back(change: Change) -> list[TakenBack]:
    """The words of others that a change drops, with those who brought them.

    Not those of the author of its own proposal.
    """
    found = texts_taken_back(change.base, change.proposed)
    row = target(change)
    if not found or row is None:
        return []
    writers = Writers(row)
    dropped = [
        TakenBack(text, writers.find(text, name, since=change.base[FIRST_SEEN][name]))
        for name, texts in found.items()
        for text in texts
    ]
    author = change.proposal.author
    return [each for each in dropped if author is None or each.by != [author]]


class Writers:
    """Who wrote which words of a row of the guide: reads its history once."""

    def __init__(self, row: Model) -> None:
        versions = Version.objects.get_for_object(row)
        related = versions.select_related("revision__user", "revision__merge_note")
        self._history = [
            (version.revision, version.field_dict) for version in related.order_by("revision_id")
        ]

    def find(self, text: str, name: str, *, since: str) -> list[User | None]:
        """Those who brought one of the words of `text` into the field `name`, as TakenBack.by.

        since   the text of the field from which on to look
        """
        wanted = set(filter(_is_word, edits.tokens(text)))
        found: dict[int | None, User | None] = {}
        before = since
        for revision, fields in self._history:
            now = fields.get(name, "")
            if now == since:  # what was before is part of it
                found = {}
            pieces = words.difference(before, now)
            brought = " ".join(piece.text for piece in pieces if piece.kind == "added")
            by_software = revision.user is None and not hasattr(revision, "merge_note")
            if not by_software and wanted & set(edits.tokens(brought)):
                found[revision.user_id] = revision.user
            before = now
        return list(found.values())


def _is_word(token: str) -> bool:
    return any(map(str.isalnum, token))
