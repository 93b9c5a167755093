"""Writes to the published guide. Callers hold `history.revision()`.

Every function checks what it is given (`ValidationError`) and leaves derived fields right.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError

from entries.actions import texts
from entries.actions.positions import First, free_position
from entries.actions.retiring import mark_restored, mark_retired
from entries.actions.texts import check_length, legend_tags
from entries.markdown import numbers, source_lines
from entries.markdown.seams import closing
from entries.markdown.signs import to_write
from entries.models import Entry, EntryKind, LegendTag, Section


def add_entry(
    *,
    section: Section,
    body: str,
    kind: str = EntryKind.BULLET,
    tags: Collection[str] = (),
    parent: Entry | None = None,
    after: Entry | First | None = None,
    origin: Entry | None = None,
    explains: bool = False,
) -> Entry:
    """Add an entry to `section`.

    body      Markdown without list marker and leading legend signs
    kind      a value of EntryKind
    tags      slugs of legend tags
    parent    the entry to nest it under, or None
    after     the sibling to follow, FIRST, or None for the end
    origin    the entry that it is split off from, if it is
    explains  it is a bullet of the legend: the sign in front stays in its text
    """
    if parent and parent.section_id != section.pk:
        raise ValidationError("The entry to nest it under stands in another section.")
    _refuse_under_open_text(parent)
    check_length(body)
    text = texts.read(body, kind, legend_tags(tags), explains=explains)
    entry = Entry(section=section, parent=parent, kind=text.kind, body=text.body, origin=origin)
    entry.position = free_position(Entry.objects.filter(section=section, parent=parent), after)
    _check(entry)
    entry.save()
    entry.tags.set(text.tags)
    return entry


def edit_entry(
    entry: Entry,
    *,
    body: str | None = None,
    tags: Collection[str] | None = None,
    kind: str | None = None,
) -> Entry:
    """Change the text, the legend tags or the kind of an entry. It keeps identity and place.

    tags  slugs of legend tags, in place of all that it has

    None leaves a field as it is.
    """
    if body is not None:
        check_length(body)
    wanted = list(entry.tags.all()) if tags is None else legend_tags(tags)
    typed = entry.body if body is None else body
    text = texts.read(typed, kind or entry.kind, wanted, instead_of=entry)
    entry.body, entry.kind = text.body, text.kind
    entry.verbatim = _rewritten(entry, text.tags)
    _check(entry)
    if entry.children.live().exists():
        _refuse_under_open_text(entry)
    entry.save()
    entry.tags.set(text.tags)
    return entry


def split_entry(
    entry: Entry, *, body: str, tags: Collection[str], rest: Iterable[Mapping[str, Any]]
) -> Entry:
    """Make one bullet several: the first keeps identity, history and what is nested under it.

    body, tags  what the first one says from now on
    rest        {"body", "tags"} of the others, which follow it in this order

    Raises ValidationError for an entry that is no item of a list.
    """
    if not entry.is_listed:
        raise ValidationError("Only bullets can be split.")
    previous = edit_entry(entry, body=body, tags=tags)
    for bullet in rest:
        previous = add_entry(
            section=entry.section,
            parent=entry.parent,
            kind=entry.kind,
            after=previous,
            origin=entry,
            **bullet,
        )
    return entry


def join_entries(entry: Entry, other: Entry, *, body: str, tags: Collection[str]) -> Entry:
    """Make two bullets one: `other` retires, and its page leads to `entry` from now on.

    What is nested under `other` comes to stand under `entry`. body, tags: what `entry` says then.

    Raises ValidationError unless they are two items of lists.
    """
    if entry == other or not (entry.is_listed and other.is_listed):
        raise ValidationError("Only two bullets can be joined.")
    edit_entry(entry, body=body, tags=tags)
    for child in other.children.filter(retired_at=None).order_by("position", "pk"):
        move_entry(child, section=entry.section, parent=entry)
    mark_retired(other, f"Joined into “{entry.opening_words}”.")
    other.joined_into = entry
    other.save()
    return entry


def retire_entry(entry: Entry, *, because: str, lift_children: bool = False) -> Entry:
    """Take an entry out of the guide; its row and history stay.

    because        the reason, for everyone to read
    lift_children  what is nested under it moves up to its place; otherwise it retires as well
    """
    if not entry.is_live:
        raise ValidationError(f"This entry is retired already: {entry.retired_because}")
    mark_retired(entry, because)
    children = list(entry.children.filter(retired_at=None))
    if lift_children:
        _lift(children, entry)
    else:
        for child in children:
            retire_entry(child, because=because)
    _check(entry)
    entry.save()
    return entry


def _lift(children: list[Entry], entry: Entry) -> None:
    """Put the children of an entry after it, at its own level."""
    previous = entry
    for child in children:
        if entry.parent_id is None:
            texts.refuse_outside_lists(child)
        child.parent = entry.parent
        siblings = Entry.objects.filter(section=entry.section, parent=entry.parent)
        child.position = free_position(siblings, previous)
        child.verbatim = ""  # its indentation changes: the export takes its neighbours'
        child.save()
        previous = child
    entry.refresh_from_db(fields=["position"])  # room for them may have been made


def move_entry(
    entry: Entry,
    *,
    section: Section,
    parent: Entry | None = None,
    after: Entry | First | None = None,
) -> Entry:
    """Put an entry, with what is nested in it, elsewhere.

    parent  the entry of `section` to nest it under, or None
    after   the sibling to follow, FIRST, or None for the end
    """
    above = parent
    while above:
        if above.pk == entry.pk:
            raise ValidationError("An entry cannot be nested under itself.")
        above = above.parent
    _refuse_under_open_text(parent)
    if entry.parent_id and parent is None:
        texts.refuse_outside_lists(entry)
    siblings = Entry.objects.filter(section=section, parent=parent)
    if (entry.section_id, entry.parent_id) != (section.pk, parent and parent.pk):
        _number_those_behind(entry)
    entry.section, entry.parent = section, parent
    entry.position = free_position(siblings.exclude(pk=entry.pk), after)
    _resettle(entry)
    return entry


def restore_entry(entry: Entry) -> Entry:
    """Bring a retired entry back to its place: under the nearest entry above that remains.

    That is the one that a bullet above it was joined into, if that stands in the same section.
    """
    if entry.is_live:
        return entry
    if entry.section.retired_at:
        raise ValidationError(f"Its section was retired: {entry.section.retired_because}")
    was_nested = entry.parent_id is not None
    while (parent := entry.parent) and not parent.is_live:
        other = parent.joined_into
        if other is not None and other.section_id == entry.section_id:
            entry.parent = other
        else:
            entry.parent, entry.position = parent.parent, parent.position
        entry.verbatim = ""  # its indentation changes: the export takes its neighbours'
    _refuse_under_open_text(entry.parent)
    if was_nested and entry.parent is None:
        texts.refuse_outside_lists(entry)
    mark_restored(entry)
    entry.save()
    entry.tags.set(entry.tags.filter(retired_at=None))
    return entry


def _refuse_under_open_text(parent: Entry | None) -> None:
    """Raise ValidationError if a file would read what stands under `parent` as its text."""
    if parent is not None and closing(parent.body):
        first = parent.body.partition("\n")[0][:60]
        raise ValidationError(
            f"“{first}” begins code or HTML that does not end: nothing can stand under it."
        )


def _number_those_behind(entry: Entry) -> None:
    """Let the steps behind one that leaves its list count on without it; it stands there still.

    Of steps that are added, moved within their list or retired the writer knows from their rows.
    """
    if not (entry.is_listed and entry.verbatim):
        return
    siblings = list(Entry.objects.filter(section=entry.section_id, parent=entry.parent_id))
    counted = numbers.counted(siblings, without=entry)
    for row in siblings:
        frame = source_lines.Frame.around(row.verbatim, is_listed=True) if row.verbatim else None
        if frame and row.pk in counted and counted[row.pk] != numbers.number_of(row.verbatim):
            prefix = frame.with_number(counted[row.pk]).prefix
            row.verbatim = frame.head + frame.moved(row.verbatim, prefix)
            row.save()


def _resettle(entry: Entry) -> None:
    """Save an entry in its new place, and all below it in the same section."""
    entry.verbatim = ""  # the export takes the indentation of its new neighbours
    entry.save()
    for child in entry.children.all():
        child.section = entry.section
        _resettle(child)


def _rewritten(entry: Entry, tags: Iterable[LegendTag]) -> str:
    """Its source lines with the new text, in the frame of the old ones ("" if it has none)."""
    if not entry.verbatim:
        return ""
    signs = [tag.key for tag in LegendTag.objects.all()]
    frame = source_lines.Frame.around(entry.verbatim, is_listed=entry.is_listed, signs=signs)
    if entry.is_listed:
        frame = frame.of_kind(numbered=entry.kind == EntryKind.NUMBERED)
    elif entry.kind == EntryKind.CODE and not entry.verbatim.lstrip().startswith(("```", "~~~")):
        if entry.parent_id:
            return ""  # its neighbours tell how much of the indentation is the code's own
        frame = replace(frame, prefix="")
    return frame.enclose(entry.body, to_write([tag.sign for tag in tags], entry.body))


def _check(entry: Entry) -> None:
    entry.full_clean(validate_unique=False, validate_constraints=False)
