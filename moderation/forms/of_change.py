"""Which form shows a change again to its author, and what it makes of the change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from entries.actions.positions import FIRST
from entries.actions.sections import kind_of
from entries.models import Section
from moderation.changes import kinds, places, targets, versions
from moderation.changes.field_types import Shown, Type, Values
from moderation.changes.fields import content, fields_of, names
from moderation.changes.references import Gone, Pending
from moderation.changes.taking_back import FIRST_SEEN, first_seen
from moderation.forms.catalogue import (
    CapabilityForm,
    NewOfferingForm,
    NewServiceForm,
    OfferingForm,
    ServiceForm,
)
from moderation.forms.entry import AddForm, EntryForm
from moderation.forms.entry_operations import ENTRY_OPERATIONS, EntryOperationForm
from moderation.forms.guide import GuideForm
from moderation.forms.legend import LegendTagForm, NewLegendTagForm
from moderation.forms.moves import MoveEntryForm, MoveLegendTagForm, MoveSectionForm
from moderation.forms.proposal import ProposalForm
from moderation.forms.subjects import ChangeForm, ReasonForm, SectionForm
from moderation.models import Change, Operation, Subject


class ChangeEditor(NamedTuple):
    """How a change is edited again: a form class, its initial values, its further arguments."""

    form: type[ProposalForm]
    initial: Values
    options: Mapping[str, Any]


def form_of(change: Change) -> ChangeEditor | None:
    """What edits the change again; None if nothing does."""
    find = EDITORS[Subject(change.subject), Operation(change.operation)]
    return find and find(change)


def has_form(change: Change) -> bool:
    """True if the author can change what it proposes."""
    if change.operation == Operation.MOVE and _has_an_unlisted_place(change):
        return False
    return EDITORS[Subject(change.subject), Operation(change.operation)] is not None


def outcome(change: Change, form: ProposalForm) -> tuple[Values, Values]:
    """(base, proposed) of the change after the valid `form` of `form_of`.

    The form opened with everything that had come into the guide by then, so what it saw then is
    the new base, and what comes later merges. The base keeps what the author saw at first.
    """
    data = form.cleaned_data
    base = dict(change.base)
    row = targets.target(change)
    if row is not None and change.operation == Operation.MOVE:
        base = places.place_at(row, data["seen"])
    elif row is not None:  # a place that goes with a text is not in the form
        base |= places.without_place(versions.snapshot_at(row, data["seen"]), change.subject)
        base = {name: value for name, value in base.items() if name != FIRST_SEEN}
        base |= first_seen(change, base)
    if isinstance(form, EntryOperationForm):
        return base | form.base, change.proposed | form.proposed
    if isinstance(form, AddForm | ChangeForm):
        return base, change.proposed | form.proposed
    if change.operation == Operation.RESTORE:
        return base, content(data)
    known = fields_of(change.subject)
    holds = {*change.proposed, *(content(data) if _has_text(change.proposed) else ())}
    typed = [name for name in known if name in data and name in holds]
    return base, change.proposed | {name: data[name] for name in typed}


def _addition(change: Change) -> ChangeEditor:
    text = content(change.proposed)
    if change.section is None or _has_an_unlisted_place(change):
        return ChangeEditor(EntryForm, text, {"kind": change.proposed["kind"]})
    place = {"place": _place(change.proposed), "kind": change.proposed["kind"]}
    return ChangeEditor(AddForm, text | place, {"section": change.section})


def _move_of_entry(change: Change) -> ChangeEditor | None:
    if change.entry is None or _has_an_unlisted_place(change):
        return None
    to = Section.objects.shown().filter(pk=change.proposed["section"]).first()
    options = {"target": change.entry, "to": to or change.entry.section}
    return ChangeEditor(MoveEntryForm, MoveEntryForm.initial_of(change.proposed), options)


def _move_of_section(change: Change) -> ChangeEditor | None:
    return None if _has_an_unlisted_place(change) else _form(MoveSectionForm)(change)


def opening(change: Change) -> Values:
    """What a form begins with: what the change proposes, merged with the guide as it is now.

    Where both changed the same words, those of the proposal. What others wrote elsewhere is in
    it, so that saving it takes nothing back.
    """
    try:
        merged = kinds.merged(change)
    except (Gone, Pending):  # it was retired, or its new place was: as typed
        return dict(change.proposed)
    known = merged.values | merged.opening
    return {name: known.get(name, value) for name, value in change.proposed.items()}


def _restoration(change: Change) -> ChangeEditor | None:
    if change.entry is None:
        return None
    start = versions.snapshot(change.entry) | opening(change)
    return ChangeEditor(EntryForm, start, {"entry": change.entry})


def _edit(change: Change) -> ChangeEditor | None:
    """The text and the tags; an edit of the kind alone has no form."""
    if change.entry is None or not _has_text(change.proposed):
        return None
    return ChangeEditor(EntryForm, content(opening(change)), {"entry": change.entry})


def _has_text(proposed: Values) -> bool:
    return any(name in proposed for name in names(Subject.ENTRY, Type.MARKDOWN))


def _entry_operation(change: Change) -> ChangeEditor | None:
    if change.entry is None:
        return None
    form = ENTRY_OPERATIONS[Operation(change.operation)]
    start = form.initial_of(change.entry, opening(change))
    return ChangeEditor(form, start, {"entry": change.entry})


def _form(form_class: type[ChangeForm]) -> Callable[[Change], ChangeEditor]:
    """An editor that starts with what the change proposes, merged with the row as it is."""

    def editor(change: Change) -> ChangeEditor:
        target = targets.target(change)
        now = versions.snapshot(target) if target is not None else {}  # an undo names few fields
        start = form_class.initial_of(now | opening(change))
        return ChangeEditor(form_class, start, {"target": target})

    return editor


def _section_edit(change: Change) -> ChangeEditor:
    now = versions.snapshot(change.section) if change.section else {}
    start = SectionForm.initial_of(now | opening(change))
    return ChangeEditor(SectionForm, start, {"target": change.section})


def _new_section(change: Change) -> ChangeEditor:
    proposed = {"kind": kind_of(change.proposed["title"])} | change.proposed
    return ChangeEditor(SectionForm, SectionForm.initial_of(proposed), {})


def _cell(change: Change) -> ChangeEditor:
    if change.proposed.get("capability") is None:
        return ChangeEditor(CapabilityForm, CapabilityForm.initial_of(change.proposed), {})
    place = {name: change.proposed[name] for name in ("capability", "provider")}
    start = NewOfferingForm.initial_of(change.proposed)
    return ChangeEditor(NewOfferingForm, start, {"cell": place})


# None: there is nothing in it to type.
EDITORS: dict[tuple[Subject, Operation], Callable[[Change], ChangeEditor | None] | None] = {
    (Subject.ENTRY, Operation.ADD): _addition,
    (Subject.ENTRY, Operation.EDIT): _edit,
    (Subject.ENTRY, Operation.MOVE): _move_of_entry,
    (Subject.ENTRY, Operation.RESTORE): _restoration,
    (Subject.SECTION, Operation.ADD): _new_section,
    (Subject.SECTION, Operation.EDIT): _section_edit,
    (Subject.SECTION, Operation.MOVE): _move_of_section,
    (Subject.SECTION, Operation.RETIRE): _form(ReasonForm),
    (Subject.SECTION, Operation.RESTORE): None,
    (Subject.SERVICE, Operation.ADD): _form(NewServiceForm),
    (Subject.SERVICE, Operation.EDIT): _form(ServiceForm),
    (Subject.SERVICE, Operation.RETIRE): _form(ReasonForm),
    (Subject.OFFERING, Operation.ADD): _cell,
    (Subject.OFFERING, Operation.EDIT): _form(OfferingForm),
    (Subject.OFFERING, Operation.RETIRE): None,
    (Subject.LEGEND_TAG, Operation.ADD): _form(NewLegendTagForm),
    (Subject.LEGEND_TAG, Operation.EDIT): _form(LegendTagForm),
    (Subject.LEGEND_TAG, Operation.MOVE): _form(MoveLegendTagForm),
    (Subject.LEGEND_TAG, Operation.RETIRE): _form(ReasonForm),
    (Subject.LEGEND_TAG, Operation.RESTORE): None,
    (Subject.GUIDE, Operation.EDIT): _form(GuideForm),
    **{(Subject.ENTRY, operation): _entry_operation for operation in ENTRY_OPERATIONS},
}


def _has_an_unlisted_place(change: Change) -> bool:
    """True for a place that the form cannot name: at what the same proposal adds, or first.

    Forms of moves know the first place of a section, and below one, but not under an entry.
    """
    place = {name: change.proposed.get(name) for name in names(change.subject, Shown.PLACE)}
    if any(isinstance(reference, dict) for reference in place.values()):
        return True
    is_move = change.operation == Operation.MOVE
    is_listed = is_move and (change.subject == Subject.SECTION or not place.get("parent"))
    return place.get("after") == FIRST and not is_listed


def _place(proposed: Values) -> str:
    """The place of an addition as the form has it; "" for the end of the section."""
    for relation, name in (("after", "after"), ("under", "parent")):
        if isinstance(proposed.get(name), int):
            return f"{relation}-{proposed[name]}"
    return ""
