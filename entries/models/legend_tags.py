"""The legend: signs with a meaning, on sections and entries."""

from typing import ClassVar, Self

import reversion
from django.db import models
from django.db.models import Q
from django.urls import reverse

from guide_site.core.history import Versioned, VersionedQuerySet


def retires_with_a_reason(model: str) -> models.CheckConstraint:
    """The constraint that a row is retired with a reason, or neither retired nor with a reason.

    model  name of the model, as the name of the constraint begins
    """
    return models.CheckConstraint(
        condition=Q(retired_at=None, retired_because="")
        | Q(retired_at__isnull=False) & ~Q(retired_because=""),
        name=f"{model}_retires_with_a_reason",
    )


class LegendTagQuerySet(VersionedQuerySet["LegendTag"]):
    """Queries of legend tags."""

    def live(self) -> Self:
        """Tags that are not retired."""
        return self.filter(retired_at=None)

    def slugs(self) -> dict[str, str]:
        """{sign without variation selector: slug} of those that are not retired."""
        return {tag.key: tag.slug for tag in self.live()}


@reversion.register()
class LegendTag(Versioned):
    """One sign of the legend, such as ❗ “Gotcha”."""

    slug = models.SlugField(max_length=40, unique=True)
    sign = models.CharField(max_length=8, unique=True)
    label = models.CharField(max_length=40)
    meaning = models.CharField(max_length=300, blank=True)
    position = models.PositiveIntegerField(default=0)
    retired_at = models.DateTimeField(null=True, blank=True)
    retired_because = models.CharField(max_length=300, blank=True)

    objects: ClassVar = LegendTagQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(slug=""), name="legend_tag_has_a_slug"),
            models.CheckConstraint(condition=~Q(sign=""), name="legend_tag_has_a_sign"),
            models.CheckConstraint(condition=~Q(label=""), name="legend_tag_has_a_label"),
            retires_with_a_reason("legend_tag"),
        ]

    def __str__(self) -> str:
        return f"{self.sign} {self.label}"

    @property
    def key(self) -> str:
        """The sign without a variation selector, which texts may have or lack."""
        return self.sign.removesuffix("\ufe0f")

    def get_absolute_url(self) -> str:
        return reverse("legend-tag", args=[self.slug])
