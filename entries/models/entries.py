"""Entries of sections."""

from collections.abc import Collection, Set
from typing import Any, ClassVar, Self

import reversion
from django.db import models
from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.urls import reverse
from django.utils.safestring import SafeString

from entries.models.legend_tags import LegendTag
from entries.models.rendering import RenderContext
from entries.models.retiring import Retirable, RetirableQuerySet, retires_with_a_reason
from entries.models.sections import Section
from guide_site.core import definitions, markdown
from guide_site.core.constraints import has, is_known, is_not_its_own_parent

# Primary keys of live entries with one of some legend tags, and of all that is nested in them.
WITH_TAGS_AND_BELOW = """
WITH RECURSIVE hidden(id) AS (
  SELECT e.id FROM entries_entry e
  JOIN entries_entry_tags t ON t.entry_id = e.id
  JOIN entries_legendtag l ON l.id = t.legendtag_id
  WHERE e.retired_at IS NULL AND l.slug IN ({})
  UNION SELECT e.id FROM hidden JOIN entries_entry e ON e.parent_id = hidden.id
) SELECT id FROM hidden"""


class EntryQuerySet(RetirableQuerySet["Entry"]):
    """Queries of entries."""

    def live(self) -> Self:
        """Entries that pages show: neither retired nor kept only for the export."""
        return super().live().exclude(kind=EntryKind.KEPT)

    def carrying(self, slugs: Collection[str], *, is_any: bool = False) -> Self:
        """Those that carry all of these legend tags, or any of them."""
        lines = Entry.tags.through.objects
        if is_any and slugs:
            return self.filter(pk__in=lines.filter(legendtag__slug__in=slugs).values("entry"))
        entries = self
        for slug in slugs:
            entries = entries.filter(pk__in=lines.filter(legendtag__slug=slug).values("entry"))
        return entries

    def without(self, slugs: Collection[str]) -> Self:
        """Those that neither carry one of these legend tags nor are nested in one that does."""
        if not slugs:
            return self
        marks = ", ".join(["%s"] * len(slugs))
        hidden = RawSQL(WITH_TAGS_AND_BELOW.format(marks), [*slugs])  # noqa: S611, marks only
        return self.exclude(pk__in=hidden)

    def that_define(self) -> Self:
        """Live entries whose text holds link definitions or footnotes, in the order they came."""
        return super().live().filter(defines=True).order_by("pk")

    def that_use(self, labels: Set[str]) -> Self:
        """Those that may use one of the labels: see `core.definitions.used_labels`."""
        if not labels:
            return self.none()
        texts = self.filter(body__contains="[").values_list("pk", "body")
        used = {pk: definitions.used_labels(body) for pk, body in texts}
        has_notes = any(map(definitions.is_note, labels))  # the numbers of the others change
        return self.filter(
            pk__in=[
                pk
                for pk, names in used.items()
                if not names.isdisjoint(labels)
                or (has_notes and any(map(definitions.is_note, names)))
            ]
        )

    def that_may_link(self) -> Self:
        """Those with links or pictures: render them again after the guide's source changed."""
        return self.filter(Q(body__contains="[") | Q(body__contains="<"))

    def rerender(self) -> int:
        """Render the HTML of these entries again, after what it depends on changed.

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
    FOOTNOTE = "footnote", "Footnote"
    DEFINITION = "definition", "Link definition"
    KEPT = "kept", "Kept for the export, not shown"


@reversion.register(exclude=["body_html", "defines"])
class Entry(Retirable):
    """One point of a section: a bullet, or a paragraph, table, code block or figure.

    `body` is Markdown without its list marker and its leading legend signs (those are
    `tags`); `body_html` is made from it at every save. Entries are retired, never deleted.

    defines      `body` has link definitions or footnotes, which hold for the whole guide
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
    defines = models.BooleanField(editable=False, default=False)
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
        indexes = [
            models.Index(fields=["section", "position"], name="entry_in_its_section"),
            models.Index(fields=["id"], name="entry_that_defines", condition=Q(defines=True)),
        ]
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

    def rendered(self, context: RenderContext) -> SafeString:
        """The HTML of the body in this context."""
        if self.kind == EntryKind.DEFINITION:
            return context.render(definitions.as_links(self.body))
        return context.render(self.body, own=self.pk if self.defines else None)

    def save(self, *args: Any, context: RenderContext | None = None, **kwargs: Any) -> None:
        """Save with fresh HTML, and render again what uses a definition that changes here.

        context  for many entries at once: the caller looks after those that use definitions
        """
        before = self._in_the_database() if context is None and self.defines else None
        self.defines = definitions.defines(self.body)
        self.body_html = self.rendered(context or RenderContext.current())
        super().save(*args, **kwargs)
        if context is None and (before or self.defines):
            old = before.defined_here if before else {}
            new = self.defined_here
            changed = {label for label in {**old, **new} if old.get(label) != new.get(label)}
            Entry.objects.that_use(changed).rerender()

    @property
    def defined_here(self) -> dict[str, Any]:
        """What it defines for the whole guide, by label: an address and title, or words."""
        if not self.defines or self.retired_at:
            return {}
        found = definitions.defined(self.body)
        targets = {label: (link["href"], link.get("title")) for label, link in found.links.items()}
        return targets | {f"^{label}": self.body for label in found.notes}

    def _in_the_database(self) -> "Entry | None":
        return Entry.objects.filter(pk=self.pk).only("body", "defines", "retired_at").first()
