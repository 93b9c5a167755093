"""Three-way merge of the fields of one object. Pure: knows nothing of Django."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from guide_site.core import words
from guide_site.core.words import Both, Clash

Said = Callable[[str, Any], str]  # the value of a field, by its name, in words


def plain(name: str, value: Any) -> str:
    """The value of a field, whatever it is called, as text; "" for none."""
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)


@dataclass
class Merged:
    """What to publish by field, and per field the words that clash with what others did.

    pieces   of a text with clashes: what is settled, and the Clashes, in order
    opening  of a field that conflicts, what a form begins with: all that is settled, and what the
             proposal says where that is disputed
    both     what both sides added at one place of a text, where both stay
    """

    values: dict[str, Any] = field(default_factory=dict)
    conflicts: dict[str, list[Clash]] = field(default_factory=dict)
    pieces: dict[str, list[str | Clash]] = field(default_factory=dict)
    opening: dict[str, Any] = field(default_factory=dict)
    both: list[Both] = field(default_factory=list)


def merge_fields(
    base: Mapping[str, Any],
    current: Mapping[str, Any],
    proposed: Mapping[str, Any],
    *,
    whole: Collection[str] = (),
    said: Said = plain,
) -> Merged:
    """Apply the change base → proposed to `current`, each field by itself.

    Only one side changed it: take that side. Both did the same: nothing to do. Both changed
    it differently: texts merge word by word, lists (of tags) as sets, anything else conflicts.

    whole   names of texts that are one value each, such as an address
    said    says values that conflict in words
    """
    merged = Merged()
    for name, wanted in proposed.items():
        old, now = base.get(name), current.get(name)
        if wanted in (old, now):
            merged.values[name] = now
        elif now == old:
            merged.values[name] = wanted
        elif isinstance(old, list):
            merged.values[name] = _merge_sets(old, now or [], wanted)
        elif isinstance(old, str) and name not in whole:
            result = words.merge(old, now or "", wanted)
            if result.text is None:
                merged.conflicts[name], merged.pieces[name] = result.clashes, result.pieces
                merged.opening[name] = result.as_proposed
            else:
                merged.values[name] = result.text
            merged.both += result.both
        else:
            merged.conflicts[name] = [Clash(*(said(name, value) for value in (old, now, wanted)))]
    return merged


def unchanged_or_conflict(
    base: Mapping[str, Any], current: Mapping[str, Any], said: Said = plain
) -> Merged:
    """The merge of a removal: a conflict for each field of `base` that differs in `current`.

    said  says values that conflict in words
    """
    conflicts = {
        name: [Clash(said(name, base[name]), said(name, current[name]), "")]
        for name in base
        if base[name] != current[name]
    }
    return Merged(conflicts=conflicts)


def _merge_sets(old: list[str], now: list[str], wanted: list[str]) -> list[str]:
    """What the other side has, with what this side added and without what it removed."""
    added = [item for item in wanted if item not in old]
    removed = set(old) - set(wanted)
    return sorted({*now, *added} - removed)
