"""What a change changes, word by word, short enough for a letter."""

from dataclasses import dataclass

from guide_site.core import words
from guide_site.core.words import Piece
from moderation.display.facts import facts_of
from moderation.models import Operation, Subject

MOST = 3_000  # characters that were added or removed at one place


@dataclass
class Difference:
    """One change: what it is about, and what differs as [(name of the field or "", Pieces)]."""

    title: str
    fields: list


def difference(change, names):
    """The Difference of a Change from what its author saw to what they propose.

    names: the Names of the display, shared by the changes of a letter
    """
    base, proposed = change.base, change.proposed
    is_out = change.operation == Operation.RETIRE
    texts = [
        ("", base.get("body"), "" if is_out else proposed.get("body", base.get("body"))),
        ("Tags", _listed(base), _listed(base if is_out else {**base, **proposed})),
        ("Reason", "", proposed.get("retired_because")),
        ("Moves to", "", _destination(change, names)),
    ]
    fields = [(label, words.difference(old or "", new or "")) for label, old, new in texts]
    fields += facts_of(change, names)
    differs = [(label, short(pieces)) for label, pieces in fields if _is_change(pieces)]
    return Difference(_title(change), differs)


def short(pieces):
    """The same pieces without the middle of what is long."""
    return [
        Piece("same", " … ") if piece.kind == "folded" else Piece(piece.kind, _cut(piece.text))
        for piece in words.fold(pieces)
    ]


def _cut(text):
    return text if len(text) <= MOST else f"{text[:MOST]} …"


def _is_change(pieces):
    return any(piece.kind in ("added", "removed") for piece in pieces)


def _listed(fields):
    return ", ".join(fields.get("tags", []))


def _destination(change, names):
    """The section that an entry moves to, if it is another one."""
    section = change.proposed.get("section")
    if change.subject != Subject.ENTRY or section in (None, change.base.get("section")):
        return ""
    return names.said(change.subject, "section", section)


def _title(change):
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
