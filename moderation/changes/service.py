"""What a change of a service means: its base, its merge with the catalogue, its publication.

Services are never deleted: one that retires becomes unavailable, with the reason as its note.
"""

from moderation.changes.merge import Merged, merge_fields
from moderation.changes.references import FROM_DATABASE, Gone, References
from moderation.changes.versions import tag_slugs
from moderation.models import Change, Operation
from services import actions
from services.models import Availability, Provider, Service, ServiceGroup

TEXTS = ("name", "full_name", "summary", "note")
ADDRESSES = ("homepage_url", "docs_url", "pricing_url", "faq_url", "release_notes_url")
_AS_THEY_ARE = (*TEXTS, *ADDRESSES, "availability", "availability_uncertain")
_WHOLE = {*ADDRESSES, "availability", "provider", "group", "released"}


def snapshot(service):
    """The facts of a service that a change keeps as base."""
    facts = {name: getattr(service, name) for name in _AS_THEY_ARE}
    return facts | {
        "provider": service.provider.slug,
        "group": service.group.slug if service.group else "",
        "section": service.section_id,
        "released": actions.release_text(service.released, service.released_precision),
        "tags": sorted(tag.slug for tag in service.tags.all()),
    }


def snapshot_of(fields):
    """The same from the fields of a version."""
    facts = {name: fields[name] for name in _AS_THEY_ARE}
    return facts | {
        "provider": _slug(Provider, fields["provider_id"]),
        "group": _slug(ServiceGroup, fields["group_id"]),
        "section": fields["section_id"],
        "released": actions.release_text(fields["released"], fields["released_precision"]),
        "tags": tag_slugs(fields["tags"]),
    }


def merged(change: Change, references: References) -> Merged:
    """The change merged into the catalogue as it stands now. Raises Gone."""
    wanted = dict(change.proposed)
    if change.operation == Operation.ADD:
        same = Service.objects.filter(name=wanted["name"], provider__slug=wanted["provider"])
        if same.exists():
            raise Gone(f"The catalogue has “{wanted['name']}” already: edit that.")
        return Merged(values=wanted)
    if change.operation == Operation.RETIRE:
        wanted = {"availability": Availability.RETIRED.value, "note": wanted["retired_because"]}
    return merge_fields(change.base, snapshot(change.service), wanted, whole=_WHOLE)


def publish(change, values):
    """Write the merged `values` to the catalogue. The caller holds `history.revision()`."""
    facts = dict(values)
    if "section" in facts:
        facts["section"] = FROM_DATABASE.section(facts["section"])
    if change.operation == Operation.ADD:
        change.service = actions.add_service(**facts)
        change.save(update_fields=["service"])
    else:
        change.service.refresh_from_db()
        actions.edit_service(change.service, **facts)


def is_done(change, values):
    """True if the catalogue holds what the change proposes already: it needs no new version."""
    if change.operation == Operation.ADD:
        return False
    same = snapshot(change.service)
    return all(same[name] == value for name, value in values.items())


def _slug(model, pk):
    return model.objects.filter(pk=pk).values_list("slug", flat=True).first() or ""
