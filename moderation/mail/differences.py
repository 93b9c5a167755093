"""What a change changes, word by word, short enough for a letter. Needs no page."""

from dataclasses import dataclass, field

from guide_site.core import words
from guide_site.core.words import Piece
from moderation.models import Operation, Subject

AROUND = 120  # characters of unchanged text that are kept beside a changed word
MOST = 3_000  # characters that were added or removed at one place
PLACE = ("section", "parent", "after", "position")  # where a thing stands: said in other words


@dataclass
class Difference:
    """One change: what it is about, and per field that differs its name and Pieces."""

    title: str
    fields: list = field(default_factory=list)


def difference(change):
    """The Difference of a Change from what its author saw to what they propose."""
    base, proposed = change.base, change.proposed
    found = Difference(_title(change))
    if change.operation == Operation.RETIRE and base.get("body"):
        found.fields.append(("", folded([Piece("removed", base["body"])])))
    for name, wanted in proposed.items():
        old, new = _text(base.get(name)), _text(wanted)
        is_said = name in PLACE or isinstance(wanted, dict) or (name == "children" and not old)
        if not is_said and old != new:
            label = "" if name == "body" else name.replace("_", " ").capitalize()
            found.fields.append((label, folded(words.difference(old, new))))
    return found


def folded(pieces):
    """The same pieces, where long stretches of unchanged text are cut to what is near a change."""
    last = len(pieces) - 1
    return [
        Piece("same", _fold(piece.text, head=number > 0, tail=number < last))
        if piece.kind == "same"
        else Piece(piece.kind, _cut(piece.text))
        for number, piece in enumerate(pieces)
    ]


def _fold(text, *, head, tail):
    """Keep the beginning of `text` if a change stands before it, its end if one follows."""
    if len(text) <= AROUND * (head + tail):
        return text
    return (text[:AROUND] if head else "") + " … " + (text[-AROUND:] if tail else "")


def _cut(text):
    return text if len(text) <= MOST else f"{text[:MOST]} …"


def _title(change):
    """“Edit Use roles in Storage”: what is done, to what, where."""
    verb = Operation(change.operation).label
    subject = Subject(change.subject).label.lower()
    target = getattr(change, change.subject)
    if change.subject == Subject.ENTRY:
        where = f" in {change.section.title}" if change.section else ""
        return f"{verb} “{target.lead}”{where}" if target else f"{verb} an entry{where}"
    name = target or change.proposed.get("title") or change.proposed.get("name") or ""
    return f"{verb} {subject} “{name}”" if name else f"{verb} {subject}"


def _text(value):
    """A value of a field as a person reads it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
