"""Writes to the catalogue. Callers hold `history.revision()`."""

import datetime

from entries.models import GAP, LegendTag, Section
from services.models import Precision, Provider, Service, ServiceGroup


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
        released=datetime.date.fromisoformat(f"{released}-01-01"[:10]) if released else None,
        released_precision=_precision(released),
        availability=row["availability"],
        availability_uncertain=row["uncertain"],
        note=row["note"],
        release_notes_url=row["release_notes"],
    )


def _precision(released):
    if not released:
        return ""
    return Precision.MONTH if len(released) == len("2006-03") else Precision.YEAR
