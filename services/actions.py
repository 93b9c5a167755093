"""Writes to the catalogue. Callers hold `history.revision()`.

What people write is checked (`ValidationError`). What the tables of a file say is not, because
their cells were cut to what the catalogue holds when they were read: see `write_row`.
"""

from collections.abc import Collection, Iterable, Mapping
from types import EllipsisType
from typing import Any, TypeAlias, TypeVar

import reversion
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError
from django.db.models.deletion import Collector

from entries.actions.positions import free_position
from entries.actions.texts import legend_tags
from entries.models import LegendTag, Section
from services.models import Capability, Offering, Provider, Service, ServiceGroup, free_slug
from services.release_dates import parse_release

Row: TypeAlias = Provider | Service | Capability | Offering
AnyRow = TypeVar("AnyRow", Provider, ServiceGroup, Service)


def link_sections() -> int:
    """Give every service without a section the one that bears its name; returns how many."""
    free = {
        section.title.casefold(): section
        for section in Section.objects.filter(service=None).order_by("-position")
    }
    linked = 0
    for service in Service.objects.filter(section=None):
        names = (service.name, service.full_name, f"{service.name}s")
        section = next((free.pop(n.casefold()) for n in names if n.casefold() in free), None)
        if section:
            service.section = section
            service.save()
            linked += 1
    return linked


def add_provider(*, name: str, slug: str = "") -> Provider:
    """Add a provider after all others; without a slug it gets one from its name."""
    provider = Provider(name=name, slug=slug or free_slug(name, Provider))
    provider.position = free_position(Provider.objects.all(), None)
    provider.full_clean()
    provider.save()
    return provider


def provider_called(name: str) -> Provider:
    """The provider of that name, whatever its case; it is added if the catalogue lacks it."""
    return Provider.objects.filter(name__iexact=name).first() or add_provider(name=name)


def add_group(*, name: str, slug: str, summary: str = "") -> ServiceGroup:
    """Add a group of services after all others."""
    group = ServiceGroup(name=name, slug=slug, summary=summary)
    group.position = free_position(ServiceGroup.objects.all(), None)
    group.full_clean()
    group.save()
    return group


def add_service(
    *, name: str, provider: str, slug: str = "", tags: Collection[str] = (), **facts: Any
) -> Service:
    """Add a service to the catalogue; without a slug it gets one from its name.

    The other arguments are those of `edit_service`.
    """
    service = Service(slug=slug or free_slug(name, Service))
    return edit_service(service, name=name, provider=provider, tags=tags, **facts)


def edit_service(
    service: Service,
    *,
    section: Section | EllipsisType | None = ...,
    released: str | None = None,
    tags: Collection[str] | None = None,
    **facts: Any,
) -> Service:
    """Change facts of a service. Its slug and so its address stay.

    section   a Section, or None for no section
    released  “2006-03”, “2006” or “”
    tags      slugs of legend tags
    facts     fields of Service; provider and group by their slugs

    What is left out stays as it is.
    """
    if "provider" in facts:
        facts["provider"] = _by_slug(Provider, facts["provider"])
    if "group" in facts:
        facts["group"] = _by_slug(ServiceGroup, facts["group"])
    if section is not ...:
        facts["section"] = section
    if released is not None:
        facts |= _release(released)
    for name, value in facts.items():
        setattr(service, name, value)
    new_tags = None if tags is None else legend_tags(tags)
    _check_service(service)
    service.save()
    if new_tags is not None:
        service.tags.set(new_tags)
    return service


def add_capability(*, name: str) -> Capability:
    """Add a row at the end of the service matrix, or return the one of that name."""
    row = Capability.objects.filter(name=name).first() or Capability(name=name)
    if row.pk is None:
        row.position = free_position(Capability.objects.all(), None)
        row.full_clean()
        row.save()
    return row


def add_offering(
    *, capability: Capability, provider: str, name: str, service: str = "", **fields: Any
) -> Offering:
    """Put what a provider has into its cell of a row, after what is there.

    provider  the slug of the provider

    The other arguments are those of `edit_offering`.
    """
    offering = Offering(capability=capability, provider=_by_slug(Provider, provider))
    cell = Offering.objects.filter(capability=capability, provider=offering.provider)
    offering.position = free_position(cell, None)
    return edit_offering(offering, name=name, service=service, **fields)


def edit_offering(offering: Offering, *, service: str | None = None, **fields: Any) -> Offering:
    """Change what stands in a cell.

    service  the slug of a service, or “” for none
    fields   name, url, note, uncertain

    What is left out stays as it is.
    """
    if service is not None:
        offering.service = _by_slug(Service, service)
    for name, value in fields.items():
        setattr(offering, name, value)
    cell = Offering.objects.filter(capability=offering.capability, provider=offering.provider)
    if cell.filter(name=offering.name).exclude(pk=offering.pk).exists():
        raise ValidationError({"name": f"The cell holds “{offering.name}” already."})
    offering.full_clean(validate_unique=False, validate_constraints=False)
    offering.save()
    return offering


def remove_offering(offering: Offering) -> None:
    """Take something out of its cell: the row goes, its versions stay."""
    offering.delete()


def write_row(
    row: Row, fields: Mapping[str, Any], *, tags: Collection[LegendTag] | None = None
) -> str:
    """Give a row, which may be new, what a table of the guide says of it.

    fields  new values by name
    tags    all the legend tags of a Service; None leaves them as they are

    Returns what became of it: “added”, “edited”, “moved”, or “” if all is as it was.
    """
    is_new = row.pk is None
    changed = {name for name, value in fields.items() if getattr(row, name) != value}
    old_tags = set(row.tags.all()) if isinstance(row, Service) and not is_new else set()
    new_tags = old_tags if tags is None else set(tags)
    if not is_new and not changed and new_tags == old_tags:
        return ""
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()
    if isinstance(row, Service) and new_tags != old_tags:
        row.tags.set(new_tags)
    if is_new:
        return "added"
    return "edited" if changed - {"position"} or new_tags != old_tags else "moved"


def remove_rows(rows: Iterable[Capability | Offering], *, trace: Provider) -> list[Row]:
    """Delete rows that no table of the guide has any more; their versions stay.

    trace  gets a version in the revision if anything goes: what is gone leaves none itself

    Returns the rows that stay, because something refers to them.
    """
    staying: list[Row] = []
    has_removed = False
    for row in rows:
        try:
            Collector(using=str(row._state.db)).collect([row])
        except ProtectedError:
            staying.append(row)
        else:
            row.delete()
            has_removed = True
    if has_removed:
        reversion.add_to_revision(trace)
    return staying


def _release(text: str) -> dict[str, Any]:
    """The fields of a release date such as “2006-03”."""
    try:
        released, precision = parse_release(text)
    except ValueError as error:
        raise ValidationError({"released": str(error)}) from None
    return {"released": released, "released_precision": precision}


def _by_slug(model: type[AnyRow], slug: str) -> AnyRow | None:
    """The row with that slug; None for “”."""
    if not slug:
        return None
    if row := model._default_manager.filter(slug=slug).first():
        return row
    raise ValidationError(f"The catalogue has no {model._meta.verbose_name} “{slug}”.")


def _check_service(service: Service) -> None:
    service.full_clean(validate_unique=False, validate_constraints=False)
    others = Service.objects.exclude(pk=service.pk)
    if others.filter(provider=service.provider, name=service.name).exists():
        raise ValidationError({"name": f"The catalogue has a service “{service.name}” already."})
    if service.section and (other := others.filter(section=service.section).first()):
        raise ValidationError({"section": f"That section belongs to {other.name} already."})
