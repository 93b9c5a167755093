"""Entries of sections, and the context that their HTML is made in."""

from collections.abc import Collection
from typing import Any, ClassVar, Self

import reversion
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.safestring import SafeString

from entries.models.legend_tags import LegendTag
from entries.models.retiring import Retirable, RetirableQuerySet, retires_with_a_reason
from entries.models.sections import Section, SectionAlias
from guide_site.core import markdown
from guide_site.core.constraints import has, is_known, is_not_its_own_parent


class EntryQuerySet(RetirableQuerySet["Entry"]):
    """Queries of entries."""

    def live(self) -> Self:
        """Entries that pages show: neither retired nor kept only for the export."""
        return super().live().exclude(kind=EntryKind.KEPT)

    def rerender(self) -> int:
        """Render the HTML of these entries again, after the legend or a section changed.

        It is derived text, so no version is written. Returns how many rows changed.
        """
        context = RenderContext.current()
        changed: list[Entry] = []
        for entry in self:
            html = entry.rendered(context)
            if html != entry.body_html:
                entry.body_html = html
                changed.append(entry)
        # The bulk_update() of this class is closed.
        open_queries: models.QuerySet[Entry] = models.QuerySet(self.model, using=self.db)
        open_queries.bulk_update(changed, ["body_html"], batch_size=200)
        return len(changed)


class EntryKind(models.TextChoices):
    """The Markdown block that an entry is written as."""

    BULLET = "bullet", "Bullet"
    NUMBERED = "step", "Numbered step"
    PARAGRAPH = "paragraph", "Paragraph"
    TABLE = "table", "Table"
    CODE = "code", "Code block"
    FIGURE = "figure", "Figure"
    HTML = "html", "HTML"
    KEPT = "kept", "Kept for the export, not shown"


@reversion.register(exclude=["body_html"])
class Entry(Retirable):
    """One point of a section: a bullet, or a paragraph, table, code block or figure.

    `body` is Markdown without its list marker and its leading legend signs (those are
    `tags`); `body_html` is made from it at every save. Entries are retired, never deleted.

    origin       the entry that this one was split off from, if it was
    joined_into  the entry that holds its text since the two were joined; it is retired then
    """

    Kind = EntryKind

    LISTED = (EntryKind.BULLET, EntryKind.NUMBERED)

    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="entries")
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.BULLET)
    body = models.TextField()
    body_html = models.TextField(editable=False, blank=True)
    tags = models.ManyToManyField(LegendTag, blank=True, related_name="entries")
    position = models.PositiveIntegerField(default=0)
    verbatim = models.TextField(
        blank=True, help_text="Its exact source lines, while untouched since an import."
    )

    origin = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="split_off"
    )
    joined_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="joined"
    )

    objects: ClassVar = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        verbose_name_plural = "entries"
        indexes = [models.Index(fields=["section", "position"], name="entry_in_its_section")]
        constraints = [
            *has("entry", "body"),
            is_not_its_own_parent("entry"),
            retires_with_a_reason("entry"),
            is_known("kind", EntryKind, "entry_kind_is_known"),
            models.CheckConstraint(
                condition=Q(joined_into=None) | Q(retired_at__isnull=False),
                name="entry_joined_into_another_is_retired",
            ),
        ]

    def __str__(self) -> str:
        return self.opening_words

    def get_absolute_url(self) -> str:
        return reverse("entry", args=[self.pk])

    @property
    def opening_words(self) -> str:
        """The first words of the entry, to speak of it in lists and titles."""
        words = markdown.plain(self.body[:400]) or self.body[:80]
        head, colon, _ = words.partition(":")
        if colon and 3 < len(head) <= 60:
            return head
        return words if len(words) <= 80 else words[:79].rsplit(" ", 1)[0] + "…"

    @property
    def successor(self) -> "Entry":
        """The entry that holds its text now: itself, unless it was joined into another one."""
        entry, passed = self, set[int]()
        while entry.joined_into is not None and entry.pk not in passed:
            passed.add(entry.pk)
            entry = entry.joined_into
        return entry

    def following(self) -> "Entry | None":
        """The live sibling that stands after it, or None."""
        siblings = Entry.objects.live().filter(section=self.section_id, parent=self.parent_id)
        after = Q(position=self.position, pk__gt=self.pk) | Q(position__gt=self.position)
        return siblings.filter(after).order_by("position", "pk").first()

    @property
    def is_listed(self) -> bool:
        """True for items of a list."""
        return self.kind in self.LISTED

    def rendered(self, context: "RenderContext") -> str:
        """The HTML of the body in this context."""
        return context.render(self.body)

    def save(self, *args: Any, context: "RenderContext | None" = None, **kwargs: Any) -> None:
        """Save with fresh HTML; pass the context when many entries are saved."""
        self.body_html = self.rendered(context or RenderContext.current())
        super().save(*args, **kwargs)


class RenderContext:
    """What the HTML of an entry depends on besides its body: the legend and the sections.

    tags     all tags of the legend
    legend   {key of a live tag: (address, label)}
    anchors  {anchor of an internal link: address it leads to}
    """

    def __init__(self, tags: Collection[LegendTag], anchors: dict[str, str]) -> None:
        self.tags = tags
        self.legend = {
            tag.key: (tag.get_absolute_url(), tag.label) for tag in tags if not tag.retired_at
        }
        self.anchors = anchors

    def render(self, source: str) -> SafeString:
        """The HTML of some Markdown in this context."""
        return markdown.render(source, legend=self.legend, address_of=self._address_of)

    def _address_of(self, anchor: str) -> str | None:
        return markdown.destination(anchor, self.anchors)

    @classmethod
    def current(cls) -> Self:
        """The context as the database holds it now; three queries."""
        slugs = Section.objects.values_list("slug", flat=True)
        sections = {slug: reverse("section", args=[slug]) for slug in slugs}
        aliases = {  # they go before slugs, which the site made of titles
            slug: reverse("entry", args=[entry]) if entry else sections[section]
            for slug, section, entry in SectionAlias.objects.values_list(
                "slug", "section__slug", "entry"
            )
        }
        return cls(list(LegendTag.objects.all()), sections | aliases)
