"""Where an entry, a section or a legend tag stands: one value, though it takes several fields.

A change that moves a row holds in `proposed` the place to go to (section, parent, and the sibling
to follow), and in `base` the place where its author saw the row, with its position. Old changes
have no sibling and no position in their base: they know which section or parent it was.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from django.db.models import Model, Q, QuerySet
from reversion.models import Version

from entries.actions.positions import FIRST, First
from entries.models import Entry, EntryKind, LegendTag, Section
from guide_site.core.words import Clash
from moderation.changes import versions, wording
from moderation.changes.field_types import Merge, Values
from moderation.changes.fields import names
from moderation.changes.merge import Merged
from moderation.changes.references import FROM_DATABASE, Gone
from moderation.models import Change, Operation

PLACE = "place"  # the name of a conflict of places, among the names of fields
_ABOVE: dict[type[Model], tuple[str, ...]] = {
    Entry: ("section", "parent"),
    Section: ("parent",),
    LegendTag: (),
}
PLACED = tuple(_ABOVE)  # the models of what stands somewhere


class Place(NamedTuple):
    """A place among siblings.

    above   primary keys of what stands above, by the names of fields
    after   the sibling to follow, FIRST, or None for the last place
    parent  the row right above it, if it is one of the same model
    """

    above: Values
    after: Model | First | None
    parent: Model | None = None


def place_of(row: Model) -> Values:
    """The place of `row` now, as the base of a change holds it."""
    before = _siblings(row).filter(_is_before(row)).order_by("-position", "-pk").first()
    return _above(row) | {"after": before.pk if before else FIRST, "position": _position(row)}


def place_at(row: Model, generation: int) -> Values:
    """The same at revision number `generation`: without the sibling if it was moved since."""
    fields = versions.fields_at(row, generation)
    return place_of(row) if fields is None else place_in(row, fields)


def place_in(row: Model, fields: Values) -> Values:
    """The same by the stored fields of a version of `row`."""
    above = above_in(type(row), fields)
    if (above, fields["position"]) == (_above(row), _position(row)):
        return place_of(row)
    return above | {"position": fields["position"]}


def above_in(model: type[Model], fields: Values) -> Values:
    """What stood above a row by the stored fields of its version."""
    return {name: fields[f"{name}_id"] for name in _ABOVE[model]}


def siblings_at(model: type[Model], above: Values, generation: int) -> dict[int, int]:
    """{primary key: position} of what stood in one place at a revision, in that order.

    above   primary keys of what stands above, by the names of fields
    """
    stored = Version.objects.get_for_model(model)
    later = set(stored.filter(revision_id__gt=generation).values_list("object_id", flat=True))
    manager: Any = model._default_manager
    same = manager.live().filter(**above).exclude(pk__in=[int(pk) for pk in later])
    found = {row.pk: int(row.position) for row in same}
    before = stored.filter(object_id__in=later, revision_id__lte=generation)
    last = {int(v.object_id): v.field_dict for v in before.order_by("revision_id")}
    for pk, fields in last.items():
        is_shown = not fields["retired_at"] and fields.get("kind") != EntryKind.KEPT
        if is_shown and above_in(model, fields) == above:
            found[pk] = fields["position"]
    return dict(sorted(found.items(), key=lambda item: (item[1], item[0])))


def pks_at(model: type[Model], above: Values) -> list[int]:
    """Primary keys of what stands in one place now, in order."""
    manager: Any = model._default_manager
    return [row.pk for row in manager.live().filter(**above)]


def without_place(values: Values, subject: str) -> Values:
    """`values` of a change without the fields of a place."""
    fields = names(subject, Merge.PLACE)
    return {name: value for name, value in values.items() if name not in fields}


def merged_place(change: Change, row: Model, wanted: Place | None) -> Merged:
    """The merge of the place that a change proposes for `row`: all of it, nothing, or a conflict.

    wanted   what it proposes, as rows; None for a place at what the same proposal adds

    Two people who moved the row to different places are in conflict. A sibling that went, and
    what stands above and took the row along, are no move of it. Raises Gone.
    """
    fields = names(change.subject, Merge.PLACE)
    proposed = {name: change.proposed[name] for name in fields if name in change.proposed}
    if wanted is not None:
        _refuse_below_itself(change, row, wanted)
    if not is_moved(row, change.base):
        may_stand = proposed.get("after") in (None, change.base.get("after"))
        stays = may_stand and wanted is not None and _stands_there(row, wanted)
        return Merged(values={} if stays and not _places_others(change) else proposed)
    if wanted is not None and _stands_there(row, wanted):
        goes_on = _changes_too(change, wanted.after)
        return Merged(values=proposed if goes_on else {})
    seen = {name: value for name, value in change.base.items() if name in fields}
    sides = (wording.place(change, at, FROM_DATABASE) for at in (seen, place_of(row), proposed))
    return Merged(conflicts={PLACE: [Clash(*sides)]})


def stands_at(row: Model, proposed: Values) -> bool:
    """True if `row` stands at the place of these fields: primary keys, FIRST or None for last."""
    above = {name: proposed[name] for name in _ABOVE[type(row)]}
    return above == _above(row) and _is_behind(row, proposed["after"])


def is_moved(row: Model, base: Values) -> bool:
    """True if somebody moved `row` itself since it stood at the place of `base`.

    Siblings that come and go change what stands before it, not its position; and where all
    siblings are numbered again, what stands before it stays.
    """
    then = _settled(row, base)
    if any(value != then[name] for name, value in _above(row).items() if name in then):
        return True
    if then.get("parent") != base.get("parent"):
        return False  # what it was nested under has gone, and left it there
    if base.get("position", _position(row)) == _position(row):
        return False
    return "after" not in base or base["after"] != place_of(row)["after"]


def _settled(row: Model, base: Values) -> Values:
    """What stood above by `base`, as far as it says so, where that is today."""
    above = {name: base[name] for name in _ABOVE[type(row)] if name in base}
    if not isinstance(row, Entry) or not above.get("parent") or above == _above(row):
        return above
    parent = Entry.objects.filter(pk=above["parent"]).first()
    section = parent.section_id if parent else above.get("section")
    while parent is not None and not parent.is_live:
        parent = parent.joined_into or parent.parent
    return {"section": parent.section_id if parent else section, "parent": parent and parent.pk}


def _stands_there(row: Model, wanted: Place) -> bool:
    after = wanted.after.pk if isinstance(wanted.after, Model) else wanted.after
    return wanted.above == _above(row) and _is_behind(row, after)


def _is_behind(row: Model, after: int | First | None) -> bool:
    """True if `row` follows this sibling, by its primary key; is FIRST; or for None the last."""
    if after is None:
        others = _siblings(row).exclude(pk=row.pk)
        return not others.exclude(_is_before(row)).exists()
    return bool(place_of(row)["after"] == after)


def _refuse_below_itself(change: Change, row: Model, wanted: Place) -> None:
    """Raise Gone if what `row` is to stand under was put under it meanwhile.

    Not if the same proposal moves something there as well: that is seen when it is written.
    """
    above: Any = wanted.parent
    chain = []
    while above is not None and above != row:
        chain.append(above)
        above = above.parent
    if chain and above is not None and not any(_changes_too(change, each) for each in chain):
        other, own = wording.quoted(chain[0]), wording.quoted(row)
        raise Gone(f"{other} was put below {own} meanwhile: {own} cannot go under it.")


def _places_others(change: Change) -> bool:
    """True if the same proposal moves, adds, restores … another row: the order may count."""
    others = change.proposal.changes.exclude(pk=change.pk).filter(subject=change.subject)
    places_it = Q(proposed__has_key="after") | ~Q(operation=Operation.EDIT)
    return others.filter(places_it).exists()


def _changes_too(change: Change, after: Model | First | None) -> bool:
    """True if the same proposal is about the sibling to follow as well: that may move on."""
    if after is None or isinstance(after, str):
        return False
    return change.proposal.changes.filter(**{change.subject: after}).exists()


def _siblings(row: Model) -> QuerySet[Any]:
    """The rows that pages show in the same place."""
    manager: Any = type(row)._default_manager
    shown: QuerySet[Any] = manager.live().filter(**_above(row))
    return shown


def _is_before(row: Any) -> Q:
    return Q(position__lt=row.position) | Q(position=row.position, pk__lt=row.pk)


def _above(row: Model) -> Values:
    return {name: getattr(row, f"{name}_id") for name in _ABOVE[type(row)]}


def _position(row: Any) -> int:
    return int(row.position)
