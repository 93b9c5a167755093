"""Which form shows a change again to its author, and what it makes of the change."""

from entries.actions import FIRST
from moderation import changes, entry_changes
from moderation.forms import AddForm, EntryForm, RetireForm
from moderation.models import Operation, Subject
from moderation.subject_forms import (
    CapabilityForm,
    ChangeForm,
    LegendTagForm,
    NewLegendTagForm,
    NewOfferingForm,
    OfferingForm,
    ReasonForm,
    SectionForm,
    ServiceForm,
)


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
    row = changes.target(change)
    if row is not None and change.operation != Operation.MOVE:
        base |= changes.snapshot_at(row, data["seen"])
    if isinstance(form, AddForm | ChangeForm):
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


def _form(form_class):
    """An editor that starts with what the change proposes."""
    return lambda change: (
        form_class,
        form_class.initial_of(change.proposed),
        {"target": changes.target(change)},
    )


def _section_edit(change):
    start = SectionForm.initial_of(change.base | change.proposed)
    return SectionForm, start, {"target": change.section}


def _cell(change):
    if change.proposed.get("capability") is None:
        form, options = CapabilityForm, {}
    else:
        place = {name: change.proposed[name] for name in ("capability", "provider")}
        form, options = NewOfferingForm, {"cell": place}
    return form, form.initial_of(change.proposed), options


_EDITORS = {
    (Subject.ENTRY, Operation.ADD): _addition,
    (Subject.ENTRY, Operation.EDIT): _edit,
    (Subject.ENTRY, Operation.RETIRE): _retirement,
    (Subject.SECTION, Operation.EDIT): _section_edit,
    (Subject.SECTION, Operation.RETIRE): _form(ReasonForm),
    (Subject.SERVICE, Operation.ADD): _form(ServiceForm),
    (Subject.SERVICE, Operation.EDIT): _form(ServiceForm),
    (Subject.SERVICE, Operation.RETIRE): _form(ReasonForm),
    (Subject.OFFERING, Operation.ADD): _cell,
    (Subject.OFFERING, Operation.EDIT): _form(OfferingForm),
    (Subject.LEGEND_TAG, Operation.ADD): _form(NewLegendTagForm),
    (Subject.LEGEND_TAG, Operation.EDIT): _form(LegendTagForm),
    (Subject.LEGEND_TAG, Operation.RETIRE): _form(ReasonForm),
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
