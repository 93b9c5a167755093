"""The table of releases for reading: since when each service exists, and how it stands."""

from django.db.models import Q

from services.models import Availability, Service

HEADER = ["Service", "First release", "Availability", "Uncertain", "Note", "Group", "Release notes"]


def known():
    """All services of which the table has something to tell, in one query."""
    told = ~Q(released=None, availability=Availability.GENERAL, note="", release_notes_url="")
    return list(Service.objects.filter(told).select_related("group"))


def as_table(services):
    """Rows of text under HEADER, for a spreadsheet."""
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


def as_data(services):
    """The same as plain data."""
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
