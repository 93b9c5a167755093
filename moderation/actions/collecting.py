"""Changes come together in one proposal: a second change of the same thing joins the first."""

from moderation.actions.base import Refused
from moderation.changes.merge import merge_fields
from moderation.changes.references import to_change
from moderation.models import Change, Operation, Subject

_PLACE = {"section", "parent", "after"}  # of two moves of one thing the later counts


def put(proposal, changes, *, form_key):
    """Make `changes` part of the proposal; returns those that were written, and how many went.

    changes   fields of Change, as `save_draft` takes them
    form_key  the form they come from: what it made before, and no longer holds, goes
    """
    known = list(proposal.changes.all())
    before = [change for change in known if change.form_key == form_key]
    additions = [change for change in before if change.operation == Operation.ADD]
    by_target = {_target(change): change for change in known if _target(change)}
    links, written, kept = {}, [], set()
    position = max((change.position for change in known), default=-1) + 1
    last = -1  # position of the change before
    for fields in changes:
        fields = dict(fields)
        key = fields.pop("key", None)
        fields["proposed"] = _linked(fields["proposed"], links)
        change = _find(fields, by_target, additions)
        if change is None:
            change = Change(proposal=proposal, position=position, form_key=form_key)
            position += 1
        elif change.form_key != form_key:
            fields = _combined(change, fields) | {"form_key": None}  # of both forms now
        if fields["operation"] == Operation.RETIRE and change.position < last:
            fields["position"] = position  # it can go only after what is in it
            position += 1
        if _assign(change, fields):
            change.save()
            written.append(change)
        last = change.position
        kept.add(change.pk)
        links[key] = to_change(change)
    gone = [change for change in before if change.pk not in kept]
    for change in gone:
        drop(change)
    return written, len(gone)


def drop(change):
    """Take a change out of its proposal; what was said about it stays with the proposal."""
    change.comments.update(change=None)
    change.delete()


def points_at(change, other):
    """True if `change` goes to a place that `other`, of the same proposal, adds."""
    return to_change(other) in change.proposed.values()


def _find(fields, by_target, additions):
    """The change to write to: that of the same target, or an addition of the same form."""
    if fields["operation"] == Operation.ADD:
        subject = fields.get("subject", Subject.ENTRY)
        found = next((change for change in additions if change.subject == subject), None)
        if found:
            additions.remove(found)
        return found
    return by_target.get(_target(Change(**fields)))


def _target(change):
    """(subject, primary key) of what a change is about; None for an addition."""
    if change.operation == Operation.ADD:
        return None
    return str(change.subject), getattr(change, f"{change.subject}_id")


def _linked(proposed, links):
    """References to other changes of the list, {"new": key}, as references to rows."""
    return {
        name: links[value["new"]] if isinstance(value, dict) and "new" in value else value
        for name, value in proposed.items()
    }


def _assign(change, fields):
    """Set the fields; True if one of them differs."""
    differs = change.pk is None or any(getattr(change, n) != value for n, value in fields.items())
    for name, value in fields.items():
        setattr(change, name, value)
    return differs


def _combined(change, fields):
    """Two changes of one thing as one. An edit or a move joins another; else the later counts."""
    both = {str(change.operation), str(fields["operation"])}
    if not both <= {Operation.EDIT, Operation.MOVE}:
        return fields
    base, wanted = fields["base"], fields["proposed"]
    shared = [name for name in wanted if name in change.proposed and name not in _PLACE]
    mine = {name: change.proposed[name] for name in shared}
    first = merge_fields(change.base, base, mine)
    second = merge_fields(base, base | first.values, {name: wanted[name] for name in shared})
    if first.conflicts or second.conflicts:
        raise Refused(
            f"“{change.proposal.title}” changes the same words already: edit that change there."
        )
    return fields | {
        "operation": Operation.MOVE if both == {Operation.MOVE} else Operation.EDIT,
        "base": change.base | base,
        "proposed": change.proposed | wanted | second.values,
    }
