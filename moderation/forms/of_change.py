"""Which form shows a change again to its author, and what it makes of the change."""

from contextlib import suppress

from entries.actions.positions import FIRST
from entries.actions.sections import kind_of
from entries.models import Section
from moderation.changes import entry as entry_changes
from moderation.changes import kinds, references, versions
from moderation.forms.entry import AddForm, EntryForm, RetireForm
from moderation.forms.legend import LegendTagForm, NewLegendTagForm
from moderation.forms.moves import MoveEntryForm, MoveLegendTagForm, MoveSectionForm
from moderation.forms.subjects import (
    CapabilityForm,
    ChangeForm,
    NewOfferingForm,
    OfferingForm,
    ReasonForm,
    SectionForm,
    ServiceForm,
)
from moderation.models import Operation, Subject


def form_of(change):
    """(form class, its initial values, its further arguments); None if there is none."""
    find = _EDITORS.get((change.subject, change.operation))
    return find and find(change)


def has_form(change):
    """True if the author can change what it proposes."""
    is_move = change.operation == Operation.MOVE
    known = (change.subject, change.operation) in _EDITORS
    return known and not (is_move and _has_a_place_of_its_own(change))


def outcome(change, form):
    """(base, proposed) of the change after the valid `form` of `form_of`."""
    data = form.cleaned_data
    base = dict(change.base)
    row = kinds.target(change)
    if row is not None and change.operation != Operation.MOVE:
        base |= versions.snapshot_at(row, data["seen"])
    if isinstance(form, AddForm | ChangeForm):
        return base, change.proposed | form.proposed
    if change.operation == Operation.RESTORE:
        return base, {name: data[name] for name in ("body", "tags")}
    names = [name for name in change.proposed if name in data]
    return base, change.proposed | {name: data[name] for name in names}


def _addition(change):
    text = {name: change.proposed[name] for name in ("body", "tags")}
    if change.section is None or _has_a_place_of_its_own(change):
        return EntryForm, text, {}
    place = {"place": _place(change.proposed), "kind": change.proposed["kind"]}
    return AddForm, text | place, {"section": change.section}


def _move_of_entry(change):
    if _has_a_place_of_its_own(change):
        return None
    to = Section.objects.shown().filter(pk=change.proposed["section"]).first()
    options = {"target": change.entry, "to": to or change.entry.section}
    return MoveEntryForm, MoveEntryForm.initial_of(change.proposed), options


def _move_of_section(change):
    return None if _has_a_place_of_its_own(change) else _form(MoveSectionForm)(change)


def _restoration(change):
    return EntryForm, versions.snapshot(change.entry) | change.proposed, {}


def _edit(change):
    if "body" not in change.proposed:
        return None
    text = {name: change.proposed[name] for name in ("body", "tags")}
    with suppress(
        references.Gone
    ):  # its new place may be gone as well: the text is as it was typed
        found = kinds.merged(change).values if change.entry.is_live else {}
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
        {"target": kinds.target(change)},
    )


def _section_edit(change):
    start = SectionForm.initial_of(change.base | change.proposed)
    return SectionForm, start, {"target": change.section}


def _new_section(change):
    proposed = {"kind": kind_of(change.proposed["title"])} | change.proposed
    return SectionForm, SectionForm.initial_of(proposed), {}


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
    (Subject.ENTRY, Operation.MOVE): _move_of_entry,
    (Subject.ENTRY, Operation.RESTORE): _restoration,
    (Subject.SECTION, Operation.ADD): _new_section,
    (Subject.SECTION, Operation.EDIT): _section_edit,
    (Subject.SECTION, Operation.MOVE): _move_of_section,
    (Subject.SECTION, Operation.RETIRE): _form(ReasonForm),
    (Subject.SERVICE, Operation.ADD): _form(ServiceForm),
    (Subject.SERVICE, Operation.EDIT): _form(ServiceForm),
    (Subject.SERVICE, Operation.RETIRE): _form(ReasonForm),
    (Subject.OFFERING, Operation.ADD): _cell,
    (Subject.OFFERING, Operation.EDIT): _form(OfferingForm),
    (Subject.LEGEND_TAG, Operation.ADD): _form(NewLegendTagForm),
    (Subject.LEGEND_TAG, Operation.EDIT): _form(LegendTagForm),
    (Subject.LEGEND_TAG, Operation.MOVE): _form(MoveLegendTagForm),
    (Subject.LEGEND_TAG, Operation.RETIRE): _form(ReasonForm),
}


def _has_a_place_of_its_own(change):
    """True for a place that the form cannot name: at what the same proposal adds, or first.

    Forms of moves know the first place of a section, and below one, but not under an entry.
    """
    section, parent, after = (change.proposed.get(n) for n in ("section", "parent", "after"))
    if any(isinstance(place, dict) for place in (section, parent, after)):
        return True
    is_move = change.operation == Operation.MOVE
    return after == FIRST and not (is_move and (change.subject == Subject.SECTION or not parent))


def _place(proposed):
    """The place of an addition as the form has it; "" for the end of the section."""
    for relation, name in (("after", "after"), ("under", "parent")):
        if isinstance(proposed.get(name), int):
            return f"{relation}-{proposed[name]}"
    return ""
