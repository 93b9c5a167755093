"""The tree of the guide as the catalogue sees it."""

from typing import Any

from django.db.models import F, QuerySet
from django.urls import reverse

from entries.models import Section
from entries.reading.banners import with_openings
from entries.reading.tree import Home, Tree
from services.reading.presence import IS_OFF


def guide_tree() -> Tree:
    """The tree of the guide; the section about a service has its home on the service's page."""
    rows: QuerySet[Any] = (
        with_openings(Section.objects.shown())
        .defer("verbatim")
        .annotate(service_slug=F("service__slug"), service_name=F("service__name"), is_off=IS_OFF)
    )
    homes = {
        row.pk: Home(
            row.service_slug, row.service_name, reverse("service", args=[row.service_slug])
        )
        for row in rows
        if row.service_slug and not row.is_off
    }
    return Tree(rows, homes)
