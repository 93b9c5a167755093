"""Whether readers find a catalogue: the guide may have none, or nothing in it yet."""

from typing import TypeVar

from django.db.models import Exists, Model, QuerySet
from django.http import Http404, HttpRequest

from entries.context import facts_of
from entries.models import Guide
from guide_site.core.access import Permission, can
from services.models import Capability, Service

Row = TypeVar("Row", bound=Model)

IS_OFF = Exists(Guide.objects.filter(has_catalogue=False))  # the settings hide the catalogue


def is_shown() -> bool:
    """True if the guide has a catalogue with a service or a row of the matrix in it: one query."""
    services, rows = published(Service.objects.all()), published(Capability.objects.all())
    return services.values("pk").union(rows.values("pk"), all=True).exists()


def published(rows: QuerySet[Row]) -> QuerySet[Row]:
    """Those of some rows of the catalogue that readers see: all, or none."""
    return rows.exclude(IS_OFF)


def require_catalogue(request: HttpRequest, *, leads_may: bool = False) -> None:
    """Raise Http404 if the guide has no catalogue.

    leads_may  those who may switch it on see what would be there
    """
    if facts_of(request).has_catalogue:
        return
    if not (leads_may and can(request.user, Permission.EDIT_FACTS)):
        raise Http404("This guide has no catalogue.")
