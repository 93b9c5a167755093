"""The catalogue: services with their facts, and what each provider offers."""

import datetime

import reversion
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.text import slugify

from entries.models import LegendTag, Section
from guide_site.core import addresses
from guide_site.core.constraints import has, is_known
from guide_site.core.history import Versioned
from services.release_dates import Precision, release_text, release_words


def free_slug(name: str, model: type["Provider"] | type["Service"]) -> str:
    """A slug for a new Provider or Service: from its name, or from the word for what it is."""
    wanted = slugify(name)[:70] or str(model._meta.model_name)
    return addresses.free_slug(wanted, lambda slug: model.objects.filter(slug=slug).exists())


class Heading(Versioned):
    """What services are listed under: it has a name, an address and a place among its like."""

    name = models.CharField(max_length=80, unique=True)
    slug = models.SlugField(max_length=80, unique=True)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name


@reversion.register()
class Provider(Heading):
    """A column of the service matrix: a company, or “open source”."""

    class Meta(Heading.Meta):
        constraints = has("provider", "name", "slug")


@reversion.register()
class ServiceGroup(Heading):
    """What kind of need a service answers: “Must-know infrastructure”, “Managed services” …"""

    summary = models.CharField(max_length=300, blank=True)

    class Meta(Heading.Meta):
        constraints = has("service_group", "name", "slug")


class Availability(models.TextChoices):
    """Whether people can use a service today."""

    GENERAL = "general", "Generally available"
    PREVIEW = "preview", "In preview"
    OBSOLETE = "obsolete", "Obsolete"
    RETIRED = "retired", "Retired"


@reversion.register()
class Service(Versioned):
    """A product that the guide describes, with its release facts."""

    name = models.CharField(max_length=80)
    slug = models.SlugField(max_length=80, unique=True)
    full_name = models.CharField(max_length=120, blank=True)
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="services")
    group = models.ForeignKey(
        ServiceGroup, null=True, blank=True, on_delete=models.PROTECT, related_name="services"
    )
    summary = models.CharField(max_length=300, blank=True)
    tags = models.ManyToManyField(LegendTag, blank=True, related_name="services")
    section = models.OneToOneField(
        Section, null=True, blank=True, on_delete=models.PROTECT, related_name="service"
    )
    homepage_url = models.URLField(max_length=500, blank=True)
    docs_url = models.URLField(max_length=500, blank=True)
    pricing_url = models.URLField(max_length=500, blank=True)
    faq_url = models.URLField(max_length=500, blank=True)
    released = models.DateField(
        null=True, blank=True, help_text="First day of the month or year of the first release."
    )
    released_precision = models.CharField(max_length=5, blank=True, choices=Precision.choices)
    availability = models.CharField(
        max_length=8, choices=Availability.choices, default=Availability.GENERAL
    )
    availability_uncertain = models.BooleanField(default=False)
    note = models.CharField(max_length=300, blank=True)
    release_notes_url = models.URLField(max_length=500, blank=True)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "name"], name="service_name_once_per_provider"
            ),
            *has("service", "name", "slug"),
            is_known("availability", Availability, "service_availability_is_known"),
            models.CheckConstraint(
                condition=Q(released=None, released_precision="")
                | Q(released__isnull=False, released_precision__in=Precision.values),
                name="service_release_date_has_a_precision",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("service", args=[self.slug])

    @property
    def released_text(self) -> str:
        """The date of the first release as precisely as it is known: “2006-03”, “2006” or “”."""
        return release_text(self.released, self.released_precision)

    @property
    def released_words(self) -> str:
        """The same in words: “March 2006”, “2006” or “”."""
        return release_words(self.released, self.released_precision)

    @property
    def released_until(self) -> datetime.date | None:
        """The latest day on which it may have been released, by what is known; None: nothing is."""
        if self.released and self.released_precision == Precision.YEAR:
            return self.released.replace(month=12, day=31)
        return self.released


@reversion.register()
class Capability(Versioned):
    """A row of the service matrix: something that one may need, such as “Virtual server”."""

    name = models.CharField(max_length=120, unique=True)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name_plural = "capabilities"
        constraints = has("capability", "name")

    def __str__(self) -> str:
        return self.name


@reversion.register()
class Offering(Versioned):
    """What one provider has for one capability; an empty cell of the matrix is no row."""

    traced_by = "capability"

    capability = models.ForeignKey(Capability, on_delete=models.PROTECT, related_name="offerings")
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="offerings")
    name = models.CharField(max_length=120)
    url = models.URLField(max_length=500, blank=True)
    service = models.ForeignKey(
        Service, null=True, blank=True, on_delete=models.PROTECT, related_name="offerings"
    )
    note = models.CharField(max_length=300, blank=True)
    uncertain = models.BooleanField(default=False)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["capability__position", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["capability", "provider", "name"], name="offering_once_per_cell"
            ),
            *has("offering", "name"),
        ]

    def __str__(self) -> str:
        return self.name
