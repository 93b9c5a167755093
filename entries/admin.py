from django.contrib import admin

from entries.models import Entry, Figure, Guide, LegendTag, Picture, Section
from guide_site.core.readonly_admin import PublishedAdmin


@admin.register(Guide)
class GuideAdmin(PublishedAdmin):
    """The facts of the guide."""

    list_display = ["name", "licence", "language"]


@admin.register(LegendTag)
class LegendTagAdmin(PublishedAdmin):
    """The list of legend tags."""

    list_display = ["sign", "label", "slug", "meaning"]


@admin.register(Section)
class SectionAdmin(PublishedAdmin):
    """The list of sections."""

    list_display = ["title", "slug", "parent", "kind"]
    list_select_related = ["parent"]
    search_fields = ["title", "slug"]


@admin.register(Entry)
class EntryAdmin(PublishedAdmin):
    """The list of entries."""

    list_display = ["opening_words", "section", "kind", "retired_at"]
    list_select_related = ["section"]
    list_filter = ["kind", "tags"]
    search_fields = ["body"]


@admin.register(Figure)
class FigureAdmin(PublishedAdmin):
    """The list of the names of pictures."""

    list_display = ["name", "picture"]
    list_select_related = ["picture"]
    search_fields = ["name"]


@admin.register(Picture)
class PictureAdmin(PublishedAdmin):
    """The list of pictures, without their bytes."""

    list_display = ["digest", "kind", "width", "height", "original_size"]
    exclude = ["original", "data"]
