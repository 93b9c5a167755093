"""The legend: signs with a meaning, on sections and entries."""

from typing import ClassVar, Final

import reversion
from django.db import models
from django.urls import reverse

from entries.models.retiring import Retirable, RetirableQuerySet, retires_with_a_reason
from guide_site.core import emoji
from guide_site.core.constraints import has

MEANING: Final = 300  # as many characters as a tag keeps of its meaning


class LegendTagQuerySet(RetirableQuerySet["LegendTag"]):
    """Queries of legend tags."""

    def slugs(self) -> dict[str, str]:
        """{sign without variation selector: slug} of those that are not retired."""
        return {tag.key: tag.slug for tag in self.live()}


@reversion.register()
class LegendTag(Retirable):
    """One sign of the legend, such as ❗ “Gotcha”."""

    slug = models.SlugField(max_length=40, unique=True)
    sign = models.CharField(max_length=emoji.LONGEST, unique=True)
    label = models.CharField(max_length=40)
    meaning = models.CharField(max_length=MEANING, blank=True)
    position = models.PositiveIntegerField(default=0)

    objects: ClassVar = LegendTagQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            *has("legend_tag", "slug", "sign", "label"),
            retires_with_a_reason("legend_tag"),
        ]

    def __str__(self) -> str:
        return f"{self.sign} {self.label}"

    @property
    def key(self) -> str:
        """The sign without variation selectors, which texts may have or lack."""
        return emoji.bare(self.sign)

    def get_absolute_url(self) -> str:
        return reverse("legend-tag", args=[self.slug])
