"""Sections, in a tree, and the old addresses that lead to them."""

from typing import ClassVar, Self

import reversion
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from entries.models.legend_tags import LegendTag
from entries.models.retiring import Retirable, RetirableQuerySet, retires_with_a_reason
from guide_site.core.constraints import has, is_known, is_not_its_own_parent
from guide_site.core.history import Versioned


class SectionQuerySet(RetirableQuerySet["Section"]):
    """Queries of sections."""

    def shown(self) -> Self:
        """Live sections that pages show: without a hand-made table of contents."""
        return self.live().with_pages()

    def with_headings(self) -> Self:
        """Those that have a heading, as `Section.has_heading` tells."""
        only_defines = Q(kind=SectionKind.CONTENTS, verbatim="")
        return self.exclude(Q(kind=SectionKind.PREFACE) | only_defines)

    def with_pages(self) -> Self:
        """Those, and sections that pages showed before they retired."""
        return self.exclude(kind=SectionKind.CONTENTS)


class SectionKind(models.TextChoices):
    """What a section is about, or what it is for in the file."""

    GENERAL = "general", "General"
    BASICS = "basics", "Basics"
    TIPS = "tips", "Tips"
    ALTERNATIVES = "alternatives", "Alternatives and lock-in"
    COST = "cost", "Cost"
    GOTCHAS = "gotchas", "Gotchas and limitations"
    CONTENTS = "contents", "Hand-made table of contents"
    PREFACE = "preface", "Before the first heading"
    OTHER = "other", "Other"


@reversion.register(exclude=["editors", "experts"])
class Section(Retirable):
    """A heading and what is under it. Its slug is stable: links to it stay valid permanently."""

    Kind = SectionKind

    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    title = models.CharField(max_length=300)
    slug = models.SlugField(max_length=200, unique=True, allow_unicode=True)
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.GENERAL)
    tags = models.ManyToManyField(LegendTag, blank=True, related_name="sections")
    position = models.PositiveIntegerField(default=0)
    verbatim = models.TextField(
        blank=True,
        help_text="Source lines of the heading, while untouched since an import.",
    )
    editors = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="edited_sections"
    )
    experts = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="known_sections"
    )

    objects: ClassVar = SectionQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            *has("section", "title", "slug"),
            is_not_its_own_parent("section"),
            retires_with_a_reason("section"),
            is_known("kind", SectionKind, "section_kind_is_known"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def has_heading(self) -> bool:
        """False for what stands before the first heading of a file, also if that only defines."""
        return self.kind != SectionKind.PREFACE and (
            self.kind != SectionKind.CONTENTS or bool(self.verbatim)
        )

    def get_absolute_url(self) -> str:
        return reverse("section", args=[self.slug])


@reversion.register()
class SectionAlias(Versioned):
    """An old slug, or an anchor of an imported file: it leads to the section, or to the entry."""

    traced_by = "section"

    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="aliases")
    entry = models.ForeignKey(
        "Entry", null=True, blank=True, on_delete=models.CASCADE, related_name="aliases"
    )
    slug = models.CharField(max_length=300, unique=True)

    class Meta:
        verbose_name_plural = "section aliases"
        constraints = has("section_alias", "slug")

    def __str__(self) -> str:
        return self.slug
