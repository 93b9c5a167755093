"""The fields of a change in words: what they are called, their values, and how they change."""

from __future__ import annotations

from typing import NamedTuple

from guide_site.core import words
from guide_site.core.words import Piece
from moderation.changes.field_types import Shown
from moderation.changes.fields import fields_of
from moderation.changes.wording import Names
from moderation.models import Change, Operation, Subject


class Fact(NamedTuple):
    """One field that a change touches: its label, and its difference word by word."""

    label: str
    pieces: list[Piece]


def label_of(subject: str, name: str) -> str:
    """What a field is called."""
    field = fields_of(subject).get(name)
    return field.label if field else name.replace("_", " ").capitalize()


def facts_of(change: Change, names: Names) -> list[Fact]:
    """The fields that a change touches and that take one line; for an emptied cell all it held.

    The kind of an added entry is no fact: its page shows it with the text.
    """
    base, proposed = change.base, change.proposed
    if change.operation == Operation.RETIRE:
        proposed = dict.fromkeys(base, "") if change.subject == Subject.OFFERING else {}
    hidden = {"kind"} if change.subject == Subject.ENTRY and not base else set()
    facts = []
    for name, field in fields_of(change.subject).items():
        if field.shown != Shown.FACT or name not in proposed.keys() - hidden:
            continue
        old, new = (names.said(field, side.get(name)) for side in (base, proposed))
        if old == new or (change.operation == Operation.ADD and new == "no"):
            continue
        facts.append(Fact(field.label, words.fold(words.difference(old, new))))
    return facts
