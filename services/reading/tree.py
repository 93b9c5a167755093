"""The tree of the guide as the catalogue sees it."""

from django.db.models import F
from django.urls import reverse

from entries.models import Section
from entries.reading.tree import Tree


def guide_tree():
    """The tree of the guide, where the section of a service has its home on that service's page."""
    return Tree(
        Section.objects.shown()
        .defer("verbatim")
        .annotate(home=F("service__slug"), home_name=F("service__name")),
        url=_home,
    )


def _home(section):
    return reverse("service", args=[section.home]) if section.home else section.get_absolute_url()
