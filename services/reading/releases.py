"""The table of releases for reading: first release and availability of each service."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from services.models import Availability, Service

HEADER = ["Service", "First release", "Availability", "Uncertain", "Note", "Group", "Release notes"]


def known() -> list[Service]:
    """Return all services for which the table has a fact, in one query."""
    has_facts = ~Q(released=None, availability=Availability.GENERAL, note="", release_notes_url="")
    return list(Service.objects.filter(has_facts).select_related("group"))


def as_table(services: Iterable[Service]) -> list[list[str]]:
    """Return rows of text under HEADER, for a spreadsheet."""
    return [
        [
            service.name,
            service.released_text,
            service.get_availability_display(),
            "yes" if service.availability_uncertain else "",
            service.note,
            service.group.name if service.group else "",
            service.release_notes_url,
        ]
        for service in services
    ]


def as_data(services: Iterable[Service]) -> list[dict[str, Any]]:
    """Return the table as plain data."""
    return [
        {
            "service": service.name,
            "address": service.get_absolute_url(),
            "released": service.released_text or None,
            "availability": service.availability,
            "uncertain": service.availability_uncertain,
            "note": service.note,
            "group": service.group and service.group.slug,
            "release_notes": service.release_notes_url,
        }
        for service in services
    ]
