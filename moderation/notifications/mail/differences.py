"""What a change changes, word by word, short enough for an email."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from entries.models import Section
from guide_site.core import words
from guide_site.core.words import Piece
from moderation.changes.field_types import Field, Shown
from moderation.changes.fields import fields_of
from moderation.changes.references import FROM_DATABASE
from moderation.display import Names, added_by, facts_of
from moderation.models import Change, Operation, Subject

MOST = 3_000  # characters that were added or removed at one place
_LABELS = {
    Shown.TEXT: "",
    Shown.BULLETS: "Further bullets",
    Shown.TAGS: "Tags",
    Shown.REASON: "Reason",
    Shown.PLACE: "Moves to",
}


@dataclass(frozen=True)
class Difference:
    """One change: what it is about, and what differs as [(name of the field or "", Pieces)]."""

    title: str
    fields: list[tuple[str, list[Piece]]]


def difference(change: Change, names: Names) -> Difference:
    """The Difference from what the author of a change saw to what they propose.

    names   of the display, shared by the changes of an email
    """
    texts = sorted(_texts(change, names), key=lambda text: list(_LABELS).index(text[0].shown))
    fields = [(_LABELS[field.shown], words.difference(old, new)) for field, old, new in texts]
    fields += facts_of(change, names)
    differs = [(label, short(pieces)) for label, pieces in fields if _is_change(pieces)]
    return Difference(_title(change), differs)


def short(pieces: Sequence[Piece]) -> list[Piece]:
    """The same pieces without the middle of what is long."""
    return [
        Piece("same", " … ") if piece.kind == "folded" else Piece(piece.kind, _cut(piece.text))
        for piece in words.fold(pieces)
    ]


def _texts(change: Change, names: Names) -> Iterator[tuple[Field, str, str]]:
    """(field, old, new) in words, for all fields that are not facts."""
    base, proposed = change.base, change.proposed
    is_out = change.operation == Operation.RETIRE
    for name, field in fields_of(change.subject).items():
        before, after = base.get(name), proposed.get(name, base.get(name))
        match field.shown:
            case Shown.TEXT:
                yield field, _joined(before), "" if is_out else _joined(after)
            case Shown.TAGS:
                yield field, _joined(before), _joined(before if is_out else after)
            case Shown.BULLETS:
                yield field, _list(before), _list(proposed.get(name))
            case Shown.REASON:
                yield field, "", _joined(proposed.get(name))
            case Shown.PLACE if field.to is Section and change.subject == Subject.ENTRY:
                yield field, "", _destination(change, field, names)


def _joined(value: Any) -> str:
    return ", ".join(value) if isinstance(value, list) else value or ""


def _list(bullets: list[dict[str, Any]] | None) -> str:
    return "\n".join(
        f"- {bullet['body']}" + (f" ({', '.join(bullet['tags'])})" if bullet["tags"] else "")
        for bullet in bullets or ()
    )


def _destination(change: Change, field: Field, names: Names) -> str:
    """The section that an entry moves to, if it is another one."""
    section = change.proposed.get(field.name)
    if isinstance(section, dict):
        return added_by(change, FROM_DATABASE.change(section))
    return "" if section in (None, change.base.get(field.name)) else names.said(field, section)


def _cut(text: str) -> str:
    return text if len(text) <= MOST else f"{text[:MOST]} …"


def _is_change(pieces: Iterable[Piece]) -> bool:
    return any(piece.kind in ("added", "removed") for piece in pieces)


def _title(change: Change) -> str:
    """“Edit “Use roles” in Storage”: what is done, to what, where."""
    verb = Operation(change.operation).label
    target = getattr(change, change.subject)
    if change.subject == Subject.ENTRY:
        where = f" in {change.section.title}" if change.section else ""
        return f"{verb} “{target.opening_words}”{where}" if target else f"{verb} an entry{where}"
    kind = Subject(change.subject).label.lower()
    known = {**change.base, **change.proposed}
    name = target or known.get("title") or known.get("name") or known.get("label")
    return f"{verb} {kind} “{name}”" if name else f"{verb} {kind}"
