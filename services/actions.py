"""Writes to the catalogue. Callers hold `history.revision()`."""

import datetime
import re

from django.core.exceptions import ValidationError

from entries.actions.entries import legend_tags
from entries.actions.positions import free_position
from entries.models import GAP, LegendTag, Section
from services.models import (
    Capability,
    Offering,
    Precision,
    Provider,
    Service,
    ServiceGroup,
    free_slug,
)


def link_sections():
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


def load_catalogue(data):
    """Add what the tables of a guide do not say: providers, groups, services with their facts.

    data: the object of `fixtures/services.json`. Sections are linked by their slug where the
    guide has them. The rest comes from the tables: see `services.catalogue`.
    """
    providers = _rows(Provider, data["providers"], ("slug", "name"))
    groups = _rows(ServiceGroup, data["groups"], ("slug", "name", "summary"))
    tags = {tag.slug: tag for tag in LegendTag.objects.all()}
    sections = {section.slug: section for section in Section.objects.all()}
    for row in data["services"]:
        service = _service(row, providers, groups)
        service.section = sections.get(row["section"])
        service.full_clean()
        service.save()
        service.tags.set([tags[slug] for slug in row["tags"]])


def _rows(model, rows, fields):
    made = {}
    for number, row in enumerate(rows, start=1):
        made[row["slug"]] = model(**{name: row[name] for name in fields}, position=number * GAP)
        made[row["slug"]].full_clean()
        made[row["slug"]].save()
    return made


def _service(row, providers, groups):
    released = row["released"]  # “2006-03”, “2006” or “”
    return Service(
        slug=row["slug"],
        name=row["name"],
        full_name=row["full_name"],
        provider=providers[row["provider"]],
        group=groups.get(row["group"]),
        summary=row["summary"],
        homepage_url=row["homepage"],
        docs_url=row["docs"],
        pricing_url=row["pricing"],
        faq_url=row["faq"],
        **_release(released),
        availability=row["availability"],
        availability_uncertain=row["uncertain"],
        note=row["note"],
        release_notes_url=row["release_notes"],
    )


def add_service(*, name, provider, tags=(), **facts):
    """Add a service to the catalogue; `facts` as for `edit_service`."""
    service = Service(slug=free_slug(name, Service))
    return edit_service(service, name=name, provider=provider, tags=tags, **facts)


def edit_service(service, *, section=..., released=None, tags=None, **facts):
    """Change facts of a service. Its slug and so its address stay.

    section   a Section or None
    released  “2006-03”, “2006” or “”
    tags      slugs of legend tags
    facts     fields of Service; provider and group by their slugs
    """
    for name, model in (("provider", Provider), ("group", ServiceGroup)):
        if name in facts:
            facts[name] = _by_slug(model, facts[name])
    if section is not ...:
        facts["section"] = section
    if released is not None:
        facts |= _release(released)
    for name, value in facts.items():
        setattr(service, name, value)
    wanted = None if tags is None else legend_tags(tags)
    _check_service(service)
    service.save()
    if wanted is not None:
        service.tags.set(wanted)
    return service


def add_capability(*, name):
    """Add a row at the end of the service matrix; one of that name is there once."""
    row = Capability.objects.filter(name=name).first() or Capability(name=name)
    if row.pk is None:
        row.position = free_position(Capability.objects.all(), None)
        row.full_clean()
        row.save()
    return row


def add_offering(*, capability, provider, name, service="", **fields):
    """Put what a provider has into its cell of a row; `fields` as for `edit_offering`."""
    offering = Offering(capability=capability, provider=_by_slug(Provider, provider))
    cell = Offering.objects.filter(capability=capability, provider=offering.provider)
    offering.position = free_position(cell, None)
    return edit_offering(offering, name=name, service=service, **fields)


def edit_offering(offering, *, service=None, **fields):
    """Change what stands in a cell: name, url, note, uncertain; `service` by its slug or “”."""
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


def remove_offering(offering):
    """Take something out of its cell: the row goes, its versions stay."""
    offering.delete()


def release_text(date, precision):
    """A release date as people write it: “2006-03”, “2006” or “”."""
    return (
        date.isoformat()[: len("2006" if precision == Precision.YEAR else "2006-03")]
        if date
        else ""
    )


def _release(text):
    """The fields of a release date that is written so."""
    if not text:
        return {"released": None, "released_precision": ""}
    if not re.fullmatch(r"[12]\d{3}(-(0[1-9]|1[0-2]))?", text, re.ASCII):
        raise ValidationError({"released": "Write the year, or year and month: 2006 or 2006-03."})
    date = datetime.date.fromisoformat(f"{text}-01-01"[:10])
    precision = Precision.YEAR if len(text) == len("2006") else Precision.MONTH
    return {"released": date, "released_precision": precision}


def _by_slug(model, slug):
    """The row with that slug; None for “”."""
    if not slug:
        return None
    if found := model.objects.filter(slug=slug).first():
        return found
    raise ValidationError(f"The catalogue has no {model._meta.verbose_name} “{slug}”.")


def _check_service(service):
    service.full_clean(validate_unique=False, validate_constraints=False)
    others = Service.objects.exclude(pk=service.pk)
    if others.filter(provider=service.provider, name=service.name).exists():
        raise ValidationError({"name": f"The catalogue has a service “{service.name}” already."})
    if service.section and (other := others.filter(section=service.section).first()):
        raise ValidationError({"section": f"That section belongs to {other.name} already."})
