"""Recognises in the steps of an edited section that a bullet was split, or that two were joined.

A bullet was split if most words of the new ones beside it are words that it lost; two were joined
if most words of the one that went are words that its neighbour gained.
"""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from typing import NamedTuple, cast

from entries.actions.steps import Step
from entries.models import Entry
from guide_site.core import edits, words

MOVED = 0.6  # share of the words of a bullet that must come from the other one


class Content(NamedTuple):
    """What one bullet says: its text, and the primary keys of its tags."""

    body: str
    tags: Collection[int]


@dataclass(frozen=True)
class Split:
    """One bullet that became several.

    row       the step of the bullet that keeps its identity
    contents  what it says now, and what the new ones after it say, in order
    parts     the steps that this stands for
    """

    row: Step
    contents: list[Content]
    parts: list[Step]


@dataclass(frozen=True)
class Join:
    """Two neighbours that became one.

    row      the step of the earlier one, which keeps its identity
    content  what it says now
    other    the step of the later one, which goes
    parts    the steps that this stands for
    """

    row: Step
    content: Content
    other: Step
    parts: list[Step]


AnyStep = Step | Split | Join


def recognise(steps: list[Step]) -> list[AnyStep]:
    """The same steps, with a Split or a Join in place of those that it consists of.

    Steps that do anything further with one of the bullets, such as nesting something under a new
    one, stay as they are.
    """
    finder = _Finder([step for step in steps if isinstance(step.row, Entry)])
    groups: dict[Step, Split | Join] = {}  # by the step that they replace
    taken: set[Step] = set()
    for step in steps:
        if step in taken or not _is_edit(step):
            continue
        group = finder.split(step) or finder.join(step)
        if group and taken.isdisjoint(group.parts):
            groups[step] = group
            taken |= set(group.parts)
    return [groups.get(step, step) for step in steps if step in groups or step not in taken]


class _Finder:
    """Finds for an edited bullet what it was split into or joined with."""

    def __init__(self, steps: list[Step]) -> None:
        self.steps = steps
        self.added = {step.row.pk: step for step in steps if not step.old}
        self.following = {step.previous.pk: step for step in self.added.values() if step.previous}
        self.gone = [step for step in steps if step.old and step.row.retired_at]
        self.hosts = {step.row.parent_id for step in steps}

    def split(self, step: Step) -> Split | None:
        """The Split that an edit is a part of, with the new bullets directly beside it."""
        parts = [*self._new_before(step), step, *self._new_after(step)]
        others = [part for part in parts if part is not step]
        lost = _bag_of_pieces(step, "removed")
        if not others or not all(_comes_from(_entry(part).body, lost) for part in others):
            return None
        # The first keeps its row, if it has one, and so what is under it.
        is_first = parts[0] is step
        if self._are_needed(others if is_first else parts, parts):
            return None
        if not is_first and _entry(step).children.live().exists():
            return None  # they stand under the part that was typed above them
        # The row may have gone to a later part, which has more of its words: the first gets it.
        return Split(step, [_content(part) for part in parts], parts)

    def join(self, step: Step) -> Join | None:
        """The Join of an edited bullet and a neighbour that went."""
        gained = _bag_of_pieces(step, "added")
        for other in self.gone:
            if _place(other) != _place(step) or not _comes_from(other.old["body"], gained):
                continue
            group = _join(step, other)
            is_going = group is not None and group.other is step
            if group and not (is_going and self._are_needed([step], [step, other])):
                return group
        return None

    def _new_before(self, step: Step) -> list[Step]:
        parts: list[Step] = []
        last = step
        while last.previous and (part := self.added.get(last.previous.pk)):
            if _place(part) != _place(step):
                break
            parts.insert(0, part)
            last = part
        return parts

    def _new_after(self, step: Step) -> list[Step]:
        parts, last = [], step
        while (part := self.following.get(last.row.pk)) and _place(part) == _place(step):
            parts.append(part)
            last = part
        return parts

    def _are_needed(self, needed: list[Step], parts: list[Step]) -> bool:
        """True if a step that is none of `parts` nests something under a `needed` one.

        Or puts something after one.
        """
        pks = {step.row.pk for step in needed}
        others = [step for step in self.steps if step not in parts]
        followed = {step.previous.pk for step in others if step.previous and _is_placed(step)}
        return bool(pks & (self.hosts | followed))


def _join(step: Step, other: Step) -> Join | None:
    """The Join of two bullets; None unless they are neighbours and nothing is under the later."""
    rows = Entry.objects.in_bulk([step.row.pk, other.row.pk])
    edited, gone = rows.get(step.row.pk), rows.get(other.row.pk)
    if edited is None or gone is None:
        return None
    earlier, later = (edited, gone) if edited.following() == gone else (gone, edited)
    if earlier.following() != later or later.children.live().exists():
        return None
    first, second = (step, other) if earlier is edited else (other, step)
    return Join(first, _content(step), second, [step, other])


def _content(step: Step) -> Content:
    return Content(_entry(step).body, step.tags)


def _is_edit(step: Step) -> bool:
    """True for a bullet of another text that stays in its place, and in its kind of list."""
    row = step.row
    if not isinstance(row, Entry) or not step.old or row.retired_at or _is_placed(step):
        return False
    return row.is_listed and step.old["kind"] == row.kind and bool(step.old["body"] != row.body)


def _is_placed(step: Step) -> bool:
    """True for a step that puts its row somewhere."""
    names = ("section_id", "parent_id", "position")
    return not step.old or any(
        name in step.old and step.old[name] != getattr(step.row, name) for name in names
    )


def _place(step: Step) -> tuple[int, int | None, str]:
    """What parts of one bullet have in common."""
    row = _entry(step)
    return row.section_id, row.parent_id, row.kind


def _entry(step: Step) -> Entry:
    return cast(Entry, step.row)


def _comes_from(body: str, source: Counter[str]) -> bool:
    """True if most words of a text are in `source`."""
    own = _bag(body)
    return bool(own) and (own & source).total() >= MOVED * own.total()


def _bag_of_pieces(step: Step, kind: str) -> Counter[str]:
    """The words that an edit removed or added."""
    pieces = words.difference(step.old["body"], _entry(step).body)
    return _bag(" ".join(piece.text for piece in pieces if piece.kind == kind))


def _bag(text: str) -> Counter[str]:
    return Counter(token.lower() for token in edits.tokens(text) if any(map(str.isalnum, token)))
