"""Texts that follow facts: those are changed in another place, and never as text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from entries.actions import explanations
from entries.markdown.legends import is_bullet_called_legend, is_called_legend
from entries.markdown.signs import leading_sign
from entries.models import Entry, Section
from guide_site.core import emoji
from moderation.models import Change, Operation, Subject
from services.tables.following import table_in_step
from services.tables.shapes import MATRIX

_TEXT = ("body", "tags", "kind", "rest")


@dataclass(frozen=True)
class Elsewhere:
    """Where the facts are changed that a text follows.

    sentence  why it is not changed as text
    label     of the link to the place
    address   of the place
    """

    sentence: str
    label: str
    address: str


FRONT_MATTER = Elsewhere(
    "The front matter says more than what the settings of the guide hold: that stays as it is.",
    "Open the settings of the guide",
    "/guide/settings/",
)


def place_of(entry: Entry) -> Elsewhere | None:
    """Where an entry is changed whose text follows facts; None for all others."""
    is_of_legend = entry.is_live and emoji.holds_picture(entry.body)
    tags = explanations.explained_by(entry) if is_of_legend else []
    if not tags:
        return None if entry.is_listed else _table(entry.body)
    if len(tags) > 1:
        words = "This text of the legend says what its tags mean: change those."
        return Elsewhere(words, "Open the legend", reverse("legend"))
    tag = tags[0]
    words = f"This line of the legend says what the tag {tag} means: change that."
    return Elsewhere(words, f"Edit {tag}", reverse("legend-tag-edit", args=[tag.slug]))


def instead_of(change: Change) -> Elsewhere | None:
    """Where to go instead of proposing `change`, whose text would follow facts; or None."""
    if change.subject != Subject.ENTRY:
        return None
    if found := _of_legend(change):
        return found
    if not _writes_text(change):
        return None
    entry, proposed = change.entry, change.proposed
    if change.operation == Operation.JOIN:
        other = Entry.objects.filter(pk=proposed["other"]).first()
        if other and (found := place_of(other)):
            return found
    kind = proposed.get("kind", entry.kind if entry else "")
    if kind not in Entry.LISTED and (found := _table(proposed.get("body", ""))):
        return found
    return place_of(entry) if entry else None


def of_text(text: str) -> Elsewhere | None:
    """Where a table with this text is changed, if it follows the catalogue."""
    return _table(text)


def _writes_text(change: Change) -> bool:
    """True if a change gives an entry another text, its tags or its kind."""
    new, old = change.proposed, change.base
    return any(name in new and new[name] != old.get(name) for name in _TEXT)


def _table(text: str) -> Elsewhere | None:
    table = table_in_step(text)
    if table is None:
        return None
    if table.kind == MATRIX:
        words = "This table follows the service matrix: change its cells and rows there."
        return Elsewhere(words, "Open the service matrix", reverse("matrix"))
    words = "This table follows the releases in the catalogue: change the facts of a service there."
    return Elsewhere(words, "Open the releases", reverse("releases"))


def _of_legend(change: Change) -> Elsewhere | None:
    """Where a sign is added, for a bullet that comes into the legend."""
    entry, proposed = change.entry, change.proposed
    if change.operation not in (Operation.ADD, Operation.MOVE, Operation.EDIT):
        return None
    comes = "section" in proposed if entry else True
    if not (comes and _has_sign(entry, proposed) and _is_in_legend(change.section, proposed)):
        return None
    if entry and explanations.explained_by(entry):
        return None  # it is there already
    words = "The lines of the legend follow its tags: add a tag, and its line comes along."
    return Elsewhere(words, "Add a legend tag", reverse("legend-tag-add"))


def _has_sign(entry: Entry | None, proposed: dict[str, Any]) -> bool:
    body = proposed.get("body", entry.body if entry else "")
    tags = proposed.get("tags", [tag.slug for tag in entry.tags.all()] if entry else ())
    return bool(tags) or bool(leading_sign(body))


def _is_in_legend(section: Section | None, proposed: dict[str, Any]) -> bool:
    """True if the proposed place is below a heading or a bullet that is called “Legend”."""
    if isinstance(number := proposed.get("section"), int):
        section = Section.objects.filter(pk=number).first()
    if section is not None and is_called_legend(section.title):
        return True
    number = proposed.get("parent")
    while isinstance(number, int) and (parent := Entry.objects.filter(pk=number).first()):
        if is_bullet_called_legend(parent.body):
            return True
        number = parent.parent_id
    return False
