"""What came of a change, or would come of it now."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from reversion.models import Version

from entries.models import Entry, RenderContext
from guide_site.core import words
from guide_site.core.words import Both, Clash, Piece
from guide_site.models import User
from moderation.changes import conflicts, kinds
from moderation.changes.field_types import Merge
from moderation.changes.fields import names
from moderation.changes.places import PLACE
from moderation.changes.references import Gone, Pending, References
from moderation.changes.taking_back import Writers
from moderation.changes.targets import target
from moderation.display.facts import label_of
from moderation.models import Change

PLACE_LABEL = "Place"  # of a conflict about where something stands


@dataclass(frozen=True)
class Outcome:
    """What came of a change, or would come of it now: see ShownChange. values: by field."""

    values: dict[str, Any] = field(default_factory=dict)
    problem: str = ""
    is_there: bool = False
    conflicts: list[tuple[str, list[Clash]]] = field(default_factory=list)
    both: list[Both] = field(default_factory=list)
    writers: list[User | None] = field(default_factory=list)
    pieces_now: list[str | Clash] = field(default_factory=list)
    moved_on: list[Piece] = field(default_factory=list)


def merged_outcome(change: Change, references: References) -> Outcome:
    """What would come of the change if it was merged now."""
    try:
        result = kinds.merged(change, references)
    except (Gone, Pending) as gone:
        return Outcome(problem=str(gone))
    seen, moved_on = change.base.get("body"), []
    if change.entry is not None and seen is not None and seen != change.entry.body:
        moved_on = difference(seen, change.entry.body)
    if not result.conflicts:
        return Outcome(
            values=result.values,
            is_there=kinds.is_done(change, result.values),
            both=result.both,
            moved_on=moved_on,
        )
    return Outcome(
        problem=_problem(change, result.conflicts),
        conflicts=[
            (PLACE_LABEL if name == PLACE else label_of(change.subject, name), clashes)
            for name, clashes in result.conflicts.items()
        ],
        writers=_writers(change, result.conflicts),
        pieces_now=result.pieces.get("body", []),
        moved_on=moved_on,
    )


def _writers(change: Change, found: dict[str, list[Clash]]) -> list[User | None]:
    """Those who wrote the words of the guide that conflict with a change, as `Writers.find`."""
    row, texts = target(change), found.keys() & {*names(change.subject, Merge.WORDS)}
    if row is None or not texts:
        return []
    writers = Writers(row)
    people = [
        person
        for name in found
        if name in texts
        for clash in found[name]
        for person in writers.find(clash.current, name, since=change.base.get(name, ""))
    ]
    return list(dict.fromkeys(people))


def _problem(change: Change, found: dict[str, list[Clash]]) -> str:
    if PLACE in found:
        return conflicts.describe(change, {PLACE: found[PLACE]})
    return "The guide has changed since, in the same place."


def published(changes: list[Change], context: RenderContext) -> dict[int | None, dict[str, Any]]:
    """{entry: its body and tags as the merge of the proposal left them}: one query."""
    revision = changes[0].proposal.merged_as if changes else None
    pks = [str(change.entry_id) for change in changes if change.entry_id]
    if not revision or not pks:
        return {}
    versions = Version.objects.filter(
        db="default",
        content_type=ContentType.objects.get_for_model(Entry),
        object_id__in=pks,
        revision=revision,
    )
    slugs = {str(tag.pk): tag.slug for tag in context.tags}
    published: dict[int | None, dict[str, Any]] = {}
    for version in versions:
        fields = version.field_dict
        tags = [slugs[str(pk)] for pk in fields["tags"] if str(pk) in slugs]
        published[int(version.object_id)] = {"body": fields["body"], "tags": tags}
    return published


def difference(old: str, new: str) -> list[Piece]:
    """The Pieces from one text to another, without what is long and the same; [] if all is."""
    pieces = words.difference(old, new)
    return words.fold(pieces) if any(piece.kind != "same" for piece in pieces) else []
