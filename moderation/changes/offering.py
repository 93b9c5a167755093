"""What a change of a matrix cell means: its base, its merge with the matrix, its publication.

A cell that is emptied is no row any more: `base` goes on to say what it was and where.
"""

from moderation.changes.merge import Merged, merge_fields, unchanged_or_conflict
from moderation.changes.references import Gone, References
from moderation.models import Change, Operation
from services import actions
from services.models import Capability, Offering, Provider, Service

_AS_THEY_ARE = ("name", "url", "note", "uncertain")


def snapshot(offering):
    """What a change keeps as base: the cell, and what stands in it."""
    return {name: getattr(offering, name) for name in _AS_THEY_ARE} | {
        "service": offering.service.slug if offering.service else "",
        "capability": offering.capability_id,
        "provider": offering.provider.slug,
    }


def snapshot_of(fields):
    """The same from the fields of a version."""
    service, provider = fields["service_id"], fields["provider_id"]
    return {name: fields[name] for name in _AS_THEY_ARE} | {
        "service": Service.objects.filter(pk=service).values_list("slug", flat=True).first() or "",
        "capability": fields["capability_id"],
        "provider": Provider.objects.values_list("slug", flat=True).get(pk=provider),
    }


def merged(change: Change, references: References) -> Merged:
    """The change merged into the matrix as it stands now. Raises Gone."""
    wanted = dict(change.proposed)
    if change.operation == Operation.ADD:
        return _addition(wanted)
    if change.offering is None:
        if change.operation == Operation.RETIRE:
            return Merged(values=wanted)
        raise Gone(f"“{change.base.get('name')}” was removed from the matrix meanwhile.")
    current = snapshot(change.offering)
    if change.operation == Operation.RETIRE:
        return Merged(
            values=wanted, conflicts=unchanged_or_conflict(change.base, current).conflicts
        )
    return merge_fields(change.base, current, wanted, whole={"url", "service"})


def publish(change, values):
    """Write the merged `values` to the matrix. The caller holds `history.revision()`."""
    if change.operation == Operation.ADD:
        fields = {name: values[name] for name in values if name not in ("capability", "row")}
        capability = Capability.objects.filter(pk=values["capability"]).first()
        change.offering = actions.add_offering(
            capability=capability or actions.add_capability(name=values["row"]), **fields
        )
        change.save(update_fields=["offering"])
    elif change.operation == Operation.RETIRE:
        actions.remove_offering(change.offering)
        change.offering = None
    else:
        change.offering.refresh_from_db()
        actions.edit_offering(change.offering, **values)


def is_done(change, values):
    """True if the matrix holds what the change proposes already: it needs no new version."""
    if change.operation == Operation.ADD:
        here = _same_name(values)
        return here is not None and _differs(here, values) is False
    if change.operation == Operation.RETIRE:
        return change.offering is None
    same = snapshot(change.offering)
    return all(same[name] == value for name, value in values.items())


def _addition(wanted):
    """An addition is done already, or stands beside what the cell holds under other names."""
    row = wanted["capability"]
    if row is not None and not Capability.objects.filter(pk=row).exists():
        raise Gone("This row was removed from the matrix meanwhile.")
    here = _same_name(wanted)
    if here is not None and _differs(here, wanted):
        raise Gone(f"The cell holds “{here.name}” already: edit that.")
    return Merged(values=wanted)


def _same_name(values):
    """What the cell of an addition holds under the same name, or None."""
    row = Capability.objects.filter(pk=values["capability"])
    if values["capability"] is None:
        row = Capability.objects.filter(name=values["row"])
    found = Offering.objects.filter(
        capability__in=row, provider__slug=values["provider"], name=values["name"]
    )
    return found.first()


def _differs(offering, values):
    same = snapshot(offering)
    return any(same[name] != value for name, value in values.items() if name in _AS_THEY_ARE)
