"""Changes of a matrix cell: how each operation merges with the matrix and is published.

An emptied cell has no row any more: `base` still says what it held and where.
"""

from __future__ import annotations

from django.db.models import Q

from moderation.changes.field_types import Type, Values
from moderation.changes.fields import SNAPSHOTS
from moderation.changes.handlers import Handler, as_proposed, holds, merge_with
from moderation.changes.merge import Merged, unchanged_or_conflict
from moderation.changes.references import Gone, References
from moderation.changes.service import with_new_provider
from moderation.changes.versions import snapshot
from moderation.models import Change, Operation, Subject
from services import actions
from services.models import Capability, Offering

_ROW = ("capability", "row")  # the row of an addition: one that is there, or the name of a new one
_COMPARED = [
    field.name
    for field in SNAPSHOTS[Subject.OFFERING]
    if field.type in (Type.TEXT, Type.URL, Type.FLAG)
]


def _merged_addition(change: Change, references: References) -> Merged:
    """An addition is done already, or stands beside what the cell holds under other names."""
    wanted = change.proposed
    row = wanted["capability"]
    if row is not None and not Capability.objects.filter(pk=row).exists():
        raise Gone("This row was removed from the matrix meanwhile.")
    here = _same_name(wanted)
    if here is not None and _differs(here, wanted):
        raise Gone(f"The cell holds “{here.name}” already: edit that.")
    return as_proposed(change, references)


def _merged_edit(change: Change, references: References) -> Merged:
    if change.offering is None:
        raise Gone(f"“{change.base.get('name')}” was removed from the matrix meanwhile.")
    return merge_with(change, snapshot(change.offering))


def _merged_removal(change: Change, references: References) -> Merged:
    if change.offering is None:
        return as_proposed(change, references)
    conflicts = unchanged_or_conflict(change.base, snapshot(change.offering)).conflicts
    return Merged(values=dict(change.proposed), conflicts=conflicts)


def _publish_addition(change: Change, values: Values) -> None:
    values = with_new_provider(values)
    content = {name: value for name, value in values.items() if name not in _ROW}
    content |= _service_added_along(change, values["name"], values["provider"], values)
    capability = Capability.objects.filter(pk=values["capability"]).first()
    change.offering = actions.add_offering(
        capability=capability or actions.add_capability(name=values["row"]), **content
    )
    change.save(update_fields=["offering"])


def _publish_edit(change: Change, values: Values) -> None:
    if change.offering is None:
        raise Gone("The same proposal removes this cell.")
    change.offering.refresh_from_db()
    name, provider = values.get("name", change.offering.name), change.offering.provider.slug
    along = _service_added_along(change, name, provider, values)
    actions.edit_offering(change.offering, **values | along)


def _publish_removal(change: Change, values: Values) -> None:
    if change.offering is not None:
        actions.remove_offering(change.offering)
        change.offering = None


def _is_there(change: Change, values: Values) -> bool:
    here = _same_name(values)
    return here is not None and not _differs(here, values)


def _holds(change: Change, values: Values) -> bool:
    return change.offering is not None and holds(change.offering, values)


def _is_empty(change: Change, values: Values) -> bool:
    return change.offering is None


HANDLERS = {
    Operation.ADD: Handler(_merged_addition, _publish_addition, _is_there),
    Operation.EDIT: Handler(_merged_edit, _publish_edit, _holds),
    Operation.RETIRE: Handler(_merged_removal, _publish_removal, _is_empty),
}


def _service_added_along(change: Change, name: str, provider: str, values: Values) -> Values:
    """The link to a service of this name that the same proposal adds: it has a slug by now."""
    if values.get("service") != "":
        return {}
    added = change.proposal.changes.filter(
        subject=Subject.SERVICE,
        operation=Operation.ADD,
        service__name=name,
        service__provider__slug=provider,
    )
    slug = added.values_list("service__slug", flat=True).first()
    return {"service": slug} if slug else {}


def _same_name(values: Values) -> Offering | None:
    """What the cell of an addition holds under the same name, or None."""
    rows = Capability.objects.filter(pk=values["capability"])
    if values["capability"] is None:
        rows = Capability.objects.filter(name=values["row"])
    new = values.get("new_provider")
    cell = Q(provider__name__iexact=new) if new else Q(provider__slug=values["provider"])
    return Offering.objects.filter(cell, capability__in=rows, name=values["name"]).first()


def _differs(offering: Offering, values: Values) -> bool:
    return not holds(offering, {name: values[name] for name in _COMPARED if name in values})
