"""The vocabulary of the table of changes: what a field holds, how it merges, how it reads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from django.db.models import Model, TextChoices

from moderation.models import Operation

Values = dict[str, Any]  # JSON values by the names of fields
ModelClass = type[Model]  # (a Field has a `type` of its own)
ChoicesClass = type[TextChoices]


class Type(Enum):
    """What a field holds, as JSON."""

    MARKDOWN = auto()  # str: the text of an entry
    TEXT = auto()  # str
    TEXTS = auto()  # list of str
    TAGS = auto()  # sorted list of slugs of legend tags
    BULLETS = auto()  # list of {"body": str, "tags": slugs}: the content of further entries
    CHOICE = auto()  # str: a value of an enumeration
    FLAG = auto()  # bool
    NUMBER = auto()  # int
    URL = auto()  # str: an address, or ""
    DATE = auto()  # str: “2006-03”, “2006” or ""
    SLUG = auto()  # str: the slug of a row of `to`, or ""
    REFERENCE = auto()  # primary key of a row of `to`, or None; see `references` for more


class Merge(Enum):
    """What happens to a field that both the proposal and somebody else changed."""

    WORDS = auto()  # three-way, word by word
    SET = auto()  # three-way, item by item
    WHOLE = auto()  # one value: two different new values are a conflict
    PLACE = auto()  # one value together with the other fields of the place: see `places`
    PROPOSED = auto()  # the proposal's value: it depends on nothing in the guide


class Shown(Enum):
    """How a field reads on the page of a proposal and in email."""

    TEXT = auto()  # difference in source and rendered
    TAGS = auto()  # legend tags before and after
    FACT = auto()  # a line with its label and the difference of the values in words
    PLACE = auto()  # one sentence for all fields of the place: from where, to where
    REASON = auto()  # a sentence of the author
    NESTED = auto()  # a list of the texts that go too
    BULLETS = auto()  # each text rendered, with its tags
    HIDDEN = auto()  # not by itself: it qualifies what the other fields say


_EMPTY: dict[Type, Callable[[], Any]] = {
    Type.TEXTS: list,
    Type.BULLETS: list,
    Type.TAGS: list,
    Type.FLAG: bool,
    Type.REFERENCE: lambda: None,
    Type.NUMBER: lambda: None,
}


@dataclass(frozen=True)
class Field:
    """One field of `base` or `proposed`.

    label    what people call it
    to       the model that a SLUG or REFERENCE leads to
    choices  the enumeration whose labels say a CHOICE in words, or None to show the value itself
    """

    name: str
    label: str
    type: Type
    merge: Merge
    shown: Shown
    to: ModelClass | None = None
    choices: ChoicesClass | None = None

    @property
    def model(self) -> ModelClass:
        """The model that a SLUG or REFERENCE leads to. Raises TypeError for other types."""
        if self.to is None:
            raise TypeError(f"The field {self.name} leads to no model.")
        return self.to

    @property
    def empty(self) -> Any:
        """The value of a version that was stored before the field existed."""
        return _EMPTY.get(self.type, str)()


@dataclass(frozen=True)
class Definition:
    """What a change with one subject and operation holds, and what it is called.

    proposed   the fields that it may set
    base       the fields of what the author saw
    past       the verb in the history: “edited”
    undone_by  the operations of the change that takes it back
    label      the verb of the button, if it is not the operation's own
    """

    proposed: tuple[Field, ...]
    base: tuple[Field, ...]
    past: str
    undone_by: tuple[Operation, ...]
    label: str = ""


class UnknownOperation(LookupError):
    """No row of the table has this subject and operation."""
