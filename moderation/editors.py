"""Which form shows a change again to its author, and what it makes of the change."""

from entries.actions import FIRST
from moderation import changes, entry_changes
from moderation.forms import AddForm, EntryForm, RetireForm
from moderation.models import Operation, Subject


def form_of(change):
    """(form class, its initial values, its further arguments); None if there is none."""
    find = _EDITORS.get((change.subject, change.operation))
    return find and find(change)


def has_form(change):
    """True if the author can change what it proposes."""
    return (change.subject, change.operation) in _EDITORS


def outcome(change, form):
    """(base, proposed) of the change after the valid `form` of `form_of`."""
    data = form.cleaned_data
    base = dict(change.base)
    if change.entry:
        base |= changes.snapshot_at(change.entry, data["seen"])
    if isinstance(form, AddForm):
        return base, change.proposed | form.proposed
    names = [name for name in change.proposed if name in data]
    return base, change.proposed | {name: data[name] for name in names}


def _addition(change):
    text = {name: change.proposed[name] for name in ("body", "tags")}
    if change.section is None or _has_a_place_of_its_own(change):
        return EntryForm, text, {}
    place = {"place": _place(change.proposed), "kind": change.proposed["kind"]}
    return AddForm, text | place, {"section": change.section}


def _edit(change):
    if "body" not in change.proposed:
        return None
    text = {name: change.proposed[name] for name in ("body", "tags")}
    if change.entry.is_live:
        found = changes.merged(change).values
        text |= {name: found[name] for name in text if name in found}
    return EntryForm, text, {}


def _retirement(change):
    has_children = bool(change.entry and entry_changes.nested(change.entry))
    return RetireForm, dict(change.proposed), {"has_children": has_children}


_EDITORS = {
    (Subject.ENTRY, Operation.ADD): _addition,
    (Subject.ENTRY, Operation.EDIT): _edit,
    (Subject.ENTRY, Operation.RETIRE): _retirement,
}


def _has_a_place_of_its_own(change):
    """True for a place that the form cannot name: first, or at what the same proposal adds."""
    places = [change.proposed.get(name) for name in ("parent", "after")]
    return FIRST in places or any(isinstance(place, dict) for place in places)


def _place(proposed):
    """The place of an addition as the form has it; "" for the end of the section."""
    for relation, name in (("after", "after"), ("under", "parent")):
        if isinstance(proposed.get(name), int):
            return f"{relation}-{proposed[name]}"
    return ""
