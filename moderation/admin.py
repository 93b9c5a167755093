"""What operators see of moderation in the admin: nothing can be changed there."""

from django.contrib import admin

from guide_site.core.readonly_admin import PublishedAdmin
from moderation.models import Event, Proposal, Report


@admin.register(Proposal)
class ProposalAdmin(PublishedAdmin):
    """Lists proposals."""

    list_display = ["title", "author", "status", "opened_at"]
    list_select_related = ["author"]
    list_filter = ["status"]


@admin.register(Event)
class EventAdmin(PublishedAdmin):
    """Lists the log of proposals."""

    list_display = ["proposal", "what", "by", "at"]
    list_select_related = ["proposal", "by"]


@admin.register(Report)
class ReportAdmin(PublishedAdmin):
    """Lists reports."""

    list_display = ["text", "kind", "author", "status", "at"]
    list_select_related = ["author"]
    list_filter = ["status", "kind"]
