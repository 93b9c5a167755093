"""Collects changes in one proposal: a second change of the same row joins the first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from moderation.actions.base import Refused
from moderation.changes.field_types import Merge, Type
from moderation.changes.fields import names
from moderation.changes.merge import merge_fields
from moderation.changes.places import without_place
from moderation.changes.references import to_change
from moderation.models import Change, Operation, Proposal, Subject

# Fields of one Change as `save_draft` takes them, and maybe a “key” for later changes to refer to.
ChangeFields = Mapping[str, Any]


@dataclass(frozen=True)
class Collected:
    """What a form did to the changes of a proposal.

    written   the changes that are new or differ
    removed   how many changes the form made before and no longer holds
    """

    written: list[Change]
    removed: int

    @property
    def differs(self) -> bool:
        """True if the proposal now says something else."""
        return bool(self.written or self.removed)


def collect_changes(
    proposal: Proposal, changes: Iterable[ChangeFields], *, form_key: UUID
) -> Collected:
    """Make `changes` part of the proposal and save them.

    changes   fields of each Change, as `save_draft` takes them
    form_key  the form they come from: changes that it made before and no longer holds are deleted

    Raises Refused if the proposal changes the same words already. The caller holds the
    transaction.
    """
    collector = _Collector(proposal, form_key)
    for fields in changes:
        collector.add(dict(fields))
    return Collected(collector.written, collector.remove_what_is_left())


def remove_change_row(change: Change) -> None:
    """Delete a change from its proposal; the comments on it stay with the proposal."""
    change.comments.update(change=None)
    change.delete()


def points_at(change: Change, other: Change) -> bool:
    """True if `change` goes to a place that `other`, of the same proposal, adds."""
    return to_change(other) in change.proposed.values()


class _Collector:
    """Writes the changes of one form into a proposal, in their order.

    unclaimed  additions that the form made before, to be matched with those it holds now
    links      {key: reference to the change with that key}
    last       position of the change before
    """

    def __init__(self, proposal: Proposal, form_key: UUID) -> None:
        self.proposal, self.form_key = proposal, form_key
        known = list(proposal.changes.all())
        self.of_this_form = [change for change in known if change.form_key == form_key]
        self.unclaimed = [c for c in self.of_this_form if c.operation == Operation.ADD]
        self.by_target = {_target(change): change for change in known if _target(change)}
        self.next_position = max((change.position for change in known), default=-1) + 1
        self.last = -1
        self.links: dict[Any, dict[str, int]] = {}
        self.written: list[Change] = []
        self.held: set[int] = set()  # primary keys of the changes that the form holds now

    def add(self, fields: dict[str, Any]) -> None:
        """Write one change: to the change of the same target, to its addition, or a new one."""
        key = fields.pop("key", None)
        fields["proposed"] = self._linked(fields["proposed"])
        change = self._find(fields)
        if change is None:
            position = self._new_position()
            change = Change(proposal=self.proposal, position=position, form_key=self.form_key)
        elif change.form_key != self.form_key:
            fields = _combined(change, fields) | {"form_key": None}  # of both forms now
        if fields["operation"] == Operation.RETIRE and change.position < self.last:
            fields["position"] = self._new_position()  # it can go only after what is in it
        if _assign(change, fields):
            change.save()
            self.written.append(change)
        self.last = change.position
        self.held.add(change.pk)
        self.links[key] = to_change(change)

    def remove_what_is_left(self) -> int:
        """Delete the changes that the form made before and no longer holds; returns how many."""
        left = [change for change in self.of_this_form if change.pk not in self.held]
        for change in left:
            remove_change_row(change)
        return len(left)

    def _new_position(self) -> int:
        self.next_position += 1
        return self.next_position - 1

    def _linked(self, proposed: Mapping[str, Any]) -> dict[str, Any]:
        """References to other changes of the form, {"new": key}, as references to rows."""
        return {
            name: self.links[value["new"]] if isinstance(value, dict) and "new" in value else value
            for name, value in proposed.items()
        }

    def _find(self, fields: Mapping[str, Any]) -> Change | None:
        """The change to write to: that of the same target, or an addition of the same form."""
        if fields["operation"] != Operation.ADD:
            return self.by_target.get(_target(Change(**fields)))
        subject = fields.get("subject", Subject.ENTRY)
        for change in self.unclaimed:
            if change.subject == subject:
                self.unclaimed.remove(change)
                return change
        return None


def _target(change: Change) -> tuple[str, int] | None:
    """(subject, primary key) of what a change is about; None for an addition."""
    if change.operation == Operation.ADD:
        return None
    return str(change.subject), getattr(change, f"{change.subject}_id")


def _assign(change: Change, fields: Mapping[str, Any]) -> bool:
    """Set the fields; True if the change is new or one of them differs."""
    differs = change.pk is None or any(getattr(change, n) != value for n, value in fields.items())
    for name, value in fields.items():
        setattr(change, name, value)
    return differs


def _combined(change: Change, fields: dict[str, Any]) -> dict[str, Any]:
    """Two changes of one row as one. An edit or a move joins another; else the later counts.

    Raises Refused if both change the same words.
    """
    both = {str(change.operation), str(fields["operation"])}
    if not both <= {Operation.EDIT, Operation.MOVE}:
        if len(both) > 1 and _sets_text(change.proposed) and _sets_text(fields["proposed"]):
            raise _same_words(change)  # an edit and a split, say: neither may drop the other
        return fields
    base, wanted = fields["base"], fields["proposed"]
    place = names(change.subject, Merge.PLACE)  # of two moves of one row the later counts
    shared = [name for name in wanted if name in change.proposed and name not in place]
    mine = {name: change.proposed[name] for name in shared}
    first = merge_fields(change.base, base, mine)
    second = merge_fields(base, base | first.values, {name: wanted[name] for name in shared})
    if first.conflicts or second.conflicts:
        raise _same_words(change)
    moves = any(name in wanted for name in place)
    seen = without_place(change.base, change.subject) if moves else change.base
    return fields | {
        "operation": Operation.MOVE if both == {Operation.MOVE} else Operation.EDIT,
        "base": seen | base,
        "proposed": change.proposed | wanted | second.values,
    }


def _sets_text(proposed: Mapping[str, Any]) -> bool:
    return any(name in proposed for name in names(Subject.ENTRY, Type.MARKDOWN))


def _same_words(change: Change) -> Refused:
    return Refused(
        f"“{change.proposal.title}” changes the same words already: edit that change there."
    )
