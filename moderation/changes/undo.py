"""Undo: the changes that take a revision back, from what it left to what was before it.

They are merged into the guide as it stands then, like all changes, so later edits and moves of
others survive or show as conflicts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.db.models import Model
from reversion.models import Revision, Version

from entries.actions import explanations
from entries.models import Entry
from moderation.changes import places
from moderation.changes.field_types import Values
from moderation.changes.undo_moves import Moves
from moderation.changes.versions import SUBJECTS, snapshot_at, snapshot_of
from moderation.models import Operation, Subject
from services.tables.following import table_in_step

MOST = 300  # changes of one proposal
_ORDER = [*(Operation.RESTORE, Operation.ADD, Operation.EDIT), Operation.JOIN, Operation.RETIRE]
_SUBJECTS = list(Subject)


def changes_back(revision: Revision) -> list[Values]:
    """Fields of the Changes that undo `revision`, in the order in which they can be published.

    The list stops at MOST + 1: more than MOST are too many for a proposal.
    """
    changes, moves = [], Moves(revision)
    stored = [
        version
        for version in revision.version_set.order_by("pk")
        if version.content_type.model_class() in SUBJECTS
    ]
    for version in stored:
        row = version.object
        if row is not None and (change := _back(row, version.field_dict, revision, moves)):
            changes.append(change)
        if len(changes) > MOST:
            return changes
    changes += _refilled_cells(revision)
    changes = [change for change in changes if not _follows_others(change, revision)]
    above = _above_before(changes)
    return sorted(
        _without_edits_of_joined(changes),
        key=lambda change: (*_order(change, above), _rank(change, moves)),
    )


def _follows_others(change: Values, revision: Revision) -> bool:
    """True for what followed the catalogue or the legend in the revision, and will again."""
    if change["subject"] != Subject.ENTRY:
        return False
    versions = revision.version_set.all()
    if change["operation"] == Operation.EDIT and any(
        table_in_step(side.get("body", "")) for side in (change["base"], change["proposed"])
    ):
        return versions.filter(content_type__app_label="services").exists()
    of_legend = versions.filter(content_type__model="legendtag")
    return of_legend.exists() and explanations.follows(change["entry"])


def _without_edits_of_joined(changes: list[Values]) -> list[Values]:
    """The same changes without edits of an entry whose text a join sets."""
    joined = {change["entry"] for change in changes if change["operation"] == Operation.JOIN}
    return [
        change
        for change in changes
        if change["operation"] != Operation.EDIT or change.get("entry") not in joined
    ]


def _above_before(changes: list[Values]) -> dict[Model, Model | None]:
    """{row that goes back to another place: the row that it goes under}."""
    back = {
        change[change["subject"].value]: change["proposed"]["parent"]
        for change in changes
        if "parent" in change["proposed"]
    }
    known: dict[type[Model], dict[int, Model]] = {}
    for model in {type(row) for row in back}:
        pks = [pk for row, pk in back.items() if type(row) is model]
        known[model] = model._default_manager.in_bulk(pks)
    return {row: known[type(row)].get(pk) for row, pk in back.items()}


def _order(change: Values, above: Mapping[Model, Model | None]) -> tuple[int, int, int]:
    """Restores and moves go from the top of the tree down, retirements from the bottom up.

    above  as `_above_before` returns it: what goes under a row finds that at its own place
    """
    subject, depth = _SUBJECTS.index(change["subject"]), _depth(change, above)
    is_move = change["operation"] == Operation.MOVE
    operation = Operation.EDIT if is_move else change["operation"]
    if change["operation"] == Operation.RESTORE:
        subject = -subject
    if change["operation"] == Operation.RETIRE:
        depth = -depth
    return _ORDER.index(operation), subject, depth


def _rank(change: Values, moves: Moves) -> int:
    """Siblings go back in the order in which they stood: each behind one that is there."""
    row = change.get(change["subject"].value)
    return moves.ranks.get((change["subject"], row.pk), 0) if row else 0


def _depth(change: Values, above: Mapping[Model, Model | None]) -> int:
    row, passed = change.get(change["subject"].value), set[Model]()
    while row and row not in passed:  # others may have moved one below the other since
        passed.add(row)
        row = above[row] if row in above else getattr(row, "parent", None)
    return len(passed)


def _back(row: Model, after: Values, revision: Revision, moves: Moves) -> Values | None:
    """Fields of the change that takes `row` from its version `after` back to the one before.

    None if the two versions differ in nothing that a change holds.
    """
    model, subject = type(row), SUBJECTS[type(row)]
    before = _version_before(row, revision)
    target: Values = {"subject": subject, subject.value: row, "base": snapshot_of(model, after)}
    if isinstance(row, Entry):
        target["section"] = row.section
    if before and _is_retired(before) and _is_retired(after):
        return None  # it went along with what it stands under, and will again
    if before is None or (_is_retired(before) and not _is_retired(after)):
        again = _joined_again(row, before or {}, after, revision)
        return again or target | _retirement(subject, before, revision)
    proposed = places.without_place(_differences(model, before, after), subject)
    if _is_retired(after) and not _is_retired(before):
        return target | {"operation": Operation.RESTORE, "proposed": proposed}
    place = moves.place_before(row, before, after) if model in places.PLACED else {}
    if not place:
        return target | {"operation": Operation.EDIT, "proposed": proposed} if proposed else None
    base = places.place_in(row, after)
    if not proposed:
        return target | {"operation": Operation.MOVE, "base": base, "proposed": place}
    target["base"] = places.without_place(target["base"], subject) | base
    return target | {"operation": Operation.EDIT, "proposed": proposed | place}


def _version_before(row: Model, revision: Revision) -> Values | None:
    """The stored fields of `row` before the revision, or None if it did not exist."""
    versions = Version.objects.get_for_object(row).filter(revision__lt=revision.pk)
    version = versions.order_by("-revision_id").first()
    return dict(version.field_dict) if version else None


def _is_retired(fields: Values) -> bool:
    return bool(fields.get("retired_at"))


def _retirement(subject: Subject, before: Values | None, revision: Revision) -> Values:
    """Takes out what the revision added or restored."""
    because = (before or {}).get("retired_because") or f"Undoes revision {revision.pk}."
    proposed = {} if subject == Subject.OFFERING else {"retired_because": because}
    if subject == Subject.ENTRY:
        proposed["children"] = "lift"  # what others have nested under it stays
    return {"operation": Operation.RETIRE, "proposed": proposed}


def _joined_again(row: Model, before: Values, after: Values, revision: Revision) -> Values | None:
    """Joins an entry that the revision took out of another one with that one again.

    None if it was in none, or if that one has gone or stands elsewhere.
    """
    into = before.get("joined_into_id")
    if not isinstance(row, Entry) or into is None:
        return None
    first = Entry.objects.live().filter(pk=into).first()
    if first is None or (first.section_id, first.parent_id) != (row.section_id, row.parent_id):
        return None
    text = snapshot_at(first, revision.pk)
    was = _version_before(first, revision)
    return {
        "subject": Subject.ENTRY,
        "operation": Operation.JOIN,
        "entry": first,
        "section": first.section,
        "base": text | {"joined": [snapshot_of(Entry, after)]},
        "proposed": (snapshot_of(Entry, was) if was else text) | {"other": row.pk},
    }


def _differences(model: type[Model], before: Values, after: Values) -> Values:
    """The fields that the revision changed, as they were; of an entry all or none."""
    old, new = snapshot_of(model, before), snapshot_of(model, after)
    differences = {name: value for name, value in old.items() if new[name] != value}
    return old if model is Entry and differences else differences


def _refilled_cells(revision: Revision) -> Iterator[Values]:
    """Refill the cells that the proposal of the revision emptied: they left no version."""
    note = getattr(revision, "merge_note", None)
    cells = note.proposal.changes.filter(subject=Subject.OFFERING) if note else ()
    for change in cells:
        if change.operation == Operation.RETIRE and change.offering_id is None:
            yield {
                "subject": Subject.OFFERING,
                "operation": Operation.ADD,
                "base": {},
                "proposed": dict(change.base),
            }
