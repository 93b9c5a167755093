"""Changes of an entry: how each operation merges with the guide and is published."""

from __future__ import annotations

from dataclasses import replace

from entries.actions import entries as entry_actions
from entries.actions.positions import FIRST, First
from entries.models import Entry, Section
from guide_site.core.words import Clash
from moderation.changes.field_types import Merge, Shown, Values
from moderation.changes.fields import content, names
from moderation.changes.handlers import (
    Handler,
    as_proposed,
    holds,
    merge_with,
    stays,
    with_place,
)
from moderation.changes.merge import Merged, merge_fields, unchanged_or_conflict
from moderation.changes.places import Place, merged_place
from moderation.changes.references import FROM_DATABASE, Gone, Pending, References, is_restored
from moderation.changes.targets import fresh_target, is_out, known_target, live_target
from moderation.changes.versions import snapshot
from moderation.changes.wording import words_of
from moderation.models import Change, Operation, Subject
from moderation.states import Status

# Between texts that merge as one. A word of its own for `core.words`, and in no text: forms,
# imports and PostgreSQL refuse NUL.
SEAM = "\0"
_PLACE = set(names(Subject.ENTRY, Shown.PLACE))
_WHOLE = set(names(Subject.ENTRY, Merge.WHOLE))


def nested(entry: Entry, references: References = FROM_DATABASE) -> list[str]:
    """What is nested under an entry, as the base of a retirement: “number: text”, in order."""
    texts = []
    for child in references.children_of(entry):
        texts += [f"{child.pk}: {child.body}", *nested(child, references)]
    return texts


def _merged_addition(change: Change, references: References) -> Merged:
    _checked_place(change, references)
    return as_proposed(change, references)


def _merged_edit(change: Change, references: References) -> Merged:
    """Three-way. The text of a proposal that this one builds on is a base too, once merged."""
    entry = live_target(change, Entry)
    current = snapshot(entry) | {"kind": entry.kind}
    place = Merged()
    if "section" in change.proposed:
        place = merged_place(change, entry, _checked_place(change, references))
    return with_place(_merged_content(change, current), place)


def _merged_content(change: Change, current: Values) -> Merged:
    result = merge_with(change, current)
    on = change.proposal.builds_on if result.conflicts and "built_on" in change.base else None
    if on is not None and on.status == Status.MERGED:
        again = merge_with(change, current, change.base | change.base["built_on"])
        return result if again.conflicts else again
    return result


def _merged_retirement(change: Change, references: References) -> Merged:
    """Nobody retires a text that somebody else has rewritten, or with more under it than seen.

    Of what is retired already there is nothing to do, unless its text is in another bullet now.
    """
    entry = known_target(change, Entry)
    if not entry.is_live and entry.joined_into_id is None:
        return as_proposed(change, references)
    live_target(change, Entry)
    current = snapshot(entry)
    if change.proposed["children"] == "none":
        _check_nothing_else_below(change, entry, references)
    if "nested" in change.base and change.proposed["children"] == "along":
        current["nested"] = nested(entry, references)
    base = {name: value for name, value in change.base.items() if name in current}
    conflicts = unchanged_or_conflict(base, current, words_of(change.subject)).conflicts
    return Merged(values=dict(change.proposed), conflicts=conflicts)


def _merged_restoration(change: Change, references: References) -> Merged:
    """What was retired comes back, perhaps with another text; if it is back, only the text."""
    entry = known_target(change, Entry)
    section = entry.section
    if section.retired_at and not is_restored(section, change):
        raise Gone(f"The section of this entry was retired: {section.retired_because}")
    return merge_with(change, snapshot(entry))


def _merged_split(change: Change, references: References) -> Merged:
    """All bullets merge as one text with a seam between them, so edits of either half survive.

    An edit of the words at the seam conflicts.
    """
    entry, rest = live_target(change, Entry), change.proposed["rest"]
    whole = SEAM.join([change.proposed["body"], *(bullet["body"] for bullet in rest)])
    wanted = change.proposed | {"body": whole}
    del wanted["rest"]
    result = merge_fields(change.base, snapshot(entry), wanted, whole=_WHOLE)
    if result.conflicts:
        bodies = _bodies(result.opening["body"], rest) if "body" in result.opening else {}
        return replace(_without_seams(result), opening=bodies)
    return replace(result, values=result.values | _bodies(result.values["body"], rest))


def _bodies(whole: str, rest: list[Values]) -> Values:
    """The texts of the bullets of a split from `whole`, where seams are between them."""
    first, *others = (body.strip() for body in whole.split(SEAM))
    bullets = [bullet | {"body": body} for bullet, body in zip(rest, others, strict=True)]
    return {"body": first, "rest": bullets}


def _merged_join(change: Change, references: References) -> Merged:
    """Both bullets merge as one text, so edits of others to either survive."""
    entry, other = live_target(change, Entry), _other(change, references)
    if other == entry or (other.section_id, other.parent_id) != (entry.section_id, entry.parent_id):
        raise Gone(f"“{other.opening_words}” stands elsewhere now.")
    others = change.proposal.changes.exclude(operation=Operation.MOVE)
    if others.filter(entry=other).exists():  # what they write would go with it
        raise Gone(f"The same proposal changes “{other.opening_words}” by itself: do it in one go.")
    seen = _both(change.base, change.base["joined"][0])
    current = _both(snapshot(entry), snapshot(other))
    result = merge_fields(seen, current, content(change.proposed), whole=_WHOLE)
    if result.conflicts:
        return _without_seams(result)
    return replace(result, values=result.values | {"other": other.pk})


def _other(change: Change, references: References) -> Entry:
    """The bullet that goes. Raises Gone if it is retired."""
    other = references.entry(change.proposed["other"])
    if other is None or not other.is_live:
        raise Gone("The bullet to join was retired meanwhile.")
    return other


def _both(first: Values, second: Values) -> Values:
    """The content of two bullets as one: what only one of them has, it has."""
    values = {name: value or second.get(name, value) for name, value in content(first).items()}
    tags = sorted({*first["tags"], *second["tags"]})
    return values | {"body": SEAM.join([first["body"], second["body"]]), "tags": tags}


def _without_seams(result: Merged) -> Merged:
    """The same conflicts as people read them."""
    said = {name: [_said(clash) for clash in clashes] for name, clashes in result.conflicts.items()}
    pieces = {
        name: [_said(each) if isinstance(each, Clash) else _said_text(each) for each in pieces]
        for name, pieces in result.pieces.items()
    }
    opening = {name: _said_text(value) for name, value in result.opening.items()}
    return replace(result, conflicts=said, pieces=pieces, opening=opening)


def _said(clash: Clash) -> Clash:
    return Clash(*map(_said_text, clash))


def _said_text(text: str) -> str:
    return text.replace(SEAM, " – ")


def _publish_addition(change: Change, values: Values) -> None:
    section, parent, after = _place(change, values, FROM_DATABASE)
    change.entry = entry_actions.add_entry(
        section=section,
        kind=values["kind"],
        parent=parent,
        after=after,
        **content(values),
    )
    change.section = section
    change.save(update_fields=["entry", "section"])


def _publish_edit(change: Change, values: Values) -> None:
    entry = _fresh_entry(change)
    if text := {name: value for name, value in values.items() if name not in _PLACE}:
        entry_actions.edit_entry(entry, **text)
    if "section" in values:
        section, parent, after = _place(change, values, FROM_DATABASE)
        entry_actions.move_entry(entry, section=section, parent=parent, after=after)


def _publish_retirement(change: Change, values: Values) -> None:
    entry = fresh_target(change, Entry)
    if entry.is_live:  # otherwise it was retired together with what it is nested under
        entry_actions.retire_entry(
            entry,
            because=values["retired_because"],
            lift_children=values["children"] == "lift",
        )


def _publish_restoration(change: Change, values: Values) -> None:
    entry = fresh_target(change, Entry)
    entry_actions.restore_entry(entry)
    _publish_edit(change, values)


def _publish_split(change: Change, values: Values) -> None:
    entry_actions.split_entry(_fresh_entry(change), **values)


def _publish_join(change: Change, values: Values) -> None:
    other = _other(change, FROM_DATABASE)
    entry_actions.join_entries(_fresh_entry(change), other, **content(values))


def _holds(change: Change, values: Values) -> bool:
    """True for a text that the entry has already; a place or a kind is always written."""
    return change.entry is not None and change.entry.is_live and holds(change.entry, values)


HANDLERS = {
    Operation.ADD: Handler(_merged_addition, _publish_addition),
    Operation.EDIT: Handler(_merged_edit, _publish_edit, _holds),
    Operation.MOVE: Handler(_merged_edit, _publish_edit, stays),
    Operation.RETIRE: Handler(_merged_retirement, _publish_retirement, is_out),
    Operation.RESTORE: Handler(_merged_restoration, _publish_restoration, _holds),
    Operation.SPLIT: Handler(_merged_split, _publish_split),
    Operation.JOIN: Handler(_merged_join, _publish_join),
}


def _fresh_entry(change: Change) -> Entry:
    """The entry as the earlier changes of the proposal left it. Raises Gone if it is retired."""
    entry = fresh_target(change, Entry)
    if not entry.is_live:
        raise Gone("The same proposal changes this entry and retires it.")
    return entry


def _check_nothing_else_below(change: Change, entry: Entry, references: References) -> None:
    """What was nested under it goes by changes of its own: has somebody put more there?"""
    if children := references.children_of(entry):
        own = set(change.proposal.changes.values_list("entry", flat=True))
        if other := next((child for child in children if child.pk not in own), None):
            raise Gone(f"“{other.opening_words}” was put under it meanwhile.")


def _checked_place(change: Change, references: References) -> Place | None:
    """The proposed place; None if what it points at is added by the same proposal."""
    try:
        section, parent, after = _place(change, change.proposed, references)
    except Pending:
        return None
    return Place({"section": section.pk, "parent": parent and parent.pk}, after, parent)


def _place(
    change: Change, values: Values, references: References
) -> tuple[Section, Entry | None, Entry | First | None]:
    """(section, parent, sibling to follow or FIRST): the nearest that remains.

    Under a bullet that was joined into another one means under that one.

    Raises Gone, and Pending for what is not published yet.
    """
    section = references.section(values.get("section")) or change.section
    if section is None or section.retired_at:
        raise Gone("The section for this entry was retired meanwhile.")
    parent = references.entry(values.get("parent"))
    parent = parent.successor if parent else None
    if parent is not None and not (parent.is_live or is_restored(parent, change)):
        raise Gone(f"The entry to put this under was retired meanwhile: {parent.retired_because}")
    if parent is not None:
        section = parent.section
    if values.get("after") == FIRST:
        return section, parent, FIRST
    after = references.entry(values.get("after"))
    if after and (after.section_id, after.parent_id) != (section.pk, parent and parent.pk):
        after = None
    return section, parent, after
