"""The guide: sections in a tree, entries in sections, legend tags on both."""

import reversion
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from entries import annotations
from guide_site.core import markdown
from guide_site.core.history import Versioned, VersionedQuerySet

GAP = 1024  # between the positions of neighbours, so that an insert writes one row


def retires_with_a_reason(model):
    """The constraint that a row of `model` is retired with a reason, or neither of both."""
    return models.CheckConstraint(
        condition=Q(retired_at=None, retired_because="")
        | Q(retired_at__isnull=False) & ~Q(retired_because=""),
        name=f"{model}_retires_with_a_reason",
    )


class LegendTagQuerySet(VersionedQuerySet):
    def live(self):
        """The signs that the guide uses now."""
        return self.filter(retired_at=None)


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

    objects = LegendTagQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(slug=""), name="legend_tag_has_a_slug"),
            models.CheckConstraint(condition=~Q(sign=""), name="legend_tag_has_a_sign"),
            models.CheckConstraint(condition=~Q(label=""), name="legend_tag_has_a_label"),
            retires_with_a_reason("legend_tag"),
        ]

    def __str__(self):
        return f"{self.sign} {self.label}"

    @property
    def key(self):
        """The sign without a variation selector, which texts may have or lack."""
        return self.sign.removesuffix("\ufe0f")

    def get_absolute_url(self):
        return reverse("legend-tag", args=[self.slug])


class SectionQuerySet(VersionedQuerySet):
    def live(self):
        """Sections that stand in the guide."""
        return self.filter(retired_at=None)

    def shown(self):
        """Those that the site shows: it makes its own table of contents."""
        return self.live().exclude(kind=SectionKind.CONTENTS)


class SectionKind(models.TextChoices):
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
class Section(Versioned):
    """A heading and what is under it. Its slug is stable: links to it stay valid for ever."""

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
    retired_at = models.DateTimeField(null=True, blank=True)
    retired_because = models.CharField(max_length=300, blank=True)

    objects = SectionQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="section_has_a_title"),
            models.CheckConstraint(condition=~Q(slug=""), name="section_has_a_slug"),
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=F("id")),
                name="section_is_not_its_own_parent",
            ),
            retires_with_a_reason("section"),
            models.CheckConstraint(
                condition=Q(kind__in=SectionKind.values), name="section_kind_is_known"
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
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
        constraints = [
            models.CheckConstraint(condition=~Q(slug=""), name="section_alias_has_a_slug")
        ]

    def __str__(self):
        return self.slug


class EntryQuerySet(VersionedQuerySet):
    def live(self):
        """Entries that stand in the guide: neither retired nor kept only for the export."""
        return self.filter(retired_at=None).exclude(kind=EntryKind.KEPT)

    def marked(self):
        """With what layers above show on entries, for the same query."""
        return self.annotate(**annotations.known)

    def rerender(self):
        """Make the HTML of these entries anew, after the legend or a section changed.

        Derived text only, so that no version is due. Returns how many rows changed.
        """
        context, changed = RenderContext.current(), []
        for entry in self:
            html = entry.rendered(context)
            if html != entry.body_html:
                entry.body_html = html
                changed.append(entry)
        plain = models.QuerySet(self.model, using=self.db)  # past the closed door of update()
        plain.bulk_update(changed, ["body_html"], batch_size=200)
        return len(changed)


class EntryKind(models.TextChoices):
    BULLET = "bullet", "Bullet"
    STEP = "step", "Numbered step"
    PARAGRAPH = "paragraph", "Paragraph"
    TABLE = "table", "Table"
    CODE = "code", "Code block"
    FIGURE = "figure", "Figure"
    HTML = "html", "HTML"
    KEPT = "kept", "Kept for the export, not shown"


@reversion.register(exclude=["body_html"])
class Entry(Versioned):
    """One point of a section: a bullet, or a paragraph, table, code block or figure.

    `body` is Markdown without its list marker and its leading legend signs (those are
    `tags`); `body_html` is made from it at every save. Entries are retired, never deleted.
    """

    Kind = EntryKind

    LISTED = (EntryKind.BULLET, EntryKind.STEP)
    opening = ""  # where its source begins, if it is read for a page (tree)

    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="entries")
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.BULLET)
    body = models.TextField()
    body_html = models.TextField(editable=False, blank=True)
    tags = models.ManyToManyField(LegendTag, blank=True, related_name="entries")
    position = models.PositiveIntegerField(default=0)
    retired_at = models.DateTimeField(null=True, blank=True)
    retired_because = models.CharField(max_length=300, blank=True)
    verbatim = models.TextField(
        blank=True, help_text="Its exact source lines, while untouched since an import."
    )

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        verbose_name_plural = "entries"
        indexes = [models.Index(fields=["section", "position"], name="entry_in_its_section")]
        constraints = [
            models.CheckConstraint(condition=~Q(body=""), name="entry_has_a_body"),
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=F("id")),
                name="entry_is_not_its_own_parent",
            ),
            retires_with_a_reason("entry"),
            models.CheckConstraint(
                condition=Q(kind__in=EntryKind.values), name="entry_kind_is_known"
            ),
        ]

    def __str__(self):
        return self.opening_words

    def get_absolute_url(self):
        return reverse("entry", args=[self.pk])

    @property
    def opening_words(self):
        """The first words of the entry, to speak of it in lists and titles."""
        words = markdown.plain(self.body[:400]) or self.body[:80]
        head, colon, _ = words.partition(":")
        if colon and 3 < len(head) <= 60:
            return head
        return words if len(words) <= 80 else words[:79].rsplit(" ", 1)[0] + "…"

    @property
    def is_listed(self):
        """True for entries that stand in a list."""
        return self.kind in self.LISTED

    @property
    def is_live(self):
        return self.retired_at is None

    def rendered(self, context):
        """HTML of the body under a RenderContext."""
        return markdown.render(self.body, legend=context.legend, anchors=context.anchors)

    def save(self, *args, context=None, **kwargs):
        """Save with fresh HTML. `context`: a RenderContext, when many entries are saved."""
        self.body_html = self.rendered(context or RenderContext.current())
        super().save(*args, **kwargs)


class RenderContext:
    """What the HTML of an entry depends on beside its body: the legend and the sections."""

    def __init__(self, tags, anchors):
        self.tags = tags
        self.legend = {tag.key: (tag.slug, tag.label) for tag in tags if not tag.retired_at}
        self.anchors = anchors

    @classmethod
    def current(cls):
        """The context as the database holds it now: three queries."""
        slugs = Section.objects.values_list("slug", flat=True)
        anchors = {slug: reverse("section", args=[slug]) for slug in slugs}
        aliases = SectionAlias.objects.values_list("slug", "section__slug", "entry")
        for slug, section, entry in aliases:
            address = reverse("entry", args=[entry]) if entry else anchors[section]
            anchors.setdefault(slug, address)
        return cls(list(LegendTag.objects.all()), anchors)
