"""What operators see of the catalogue in the admin: nothing can be changed there."""

from django.contrib import admin

from guide_site.core.readonly_admin import PublishedAdmin
from services.models import Capability, Offering, Provider, Service, ServiceGroup


@admin.register(Service)
class ServiceAdmin(PublishedAdmin):
    """Lists services."""

    list_display = ["name", "full_name", "group", "availability", "released"]
    list_select_related = ["group"]
    search_fields = ["name", "full_name"]


@admin.register(Offering)
class OfferingAdmin(PublishedAdmin):
    """Lists offerings."""

    list_display = ["name", "capability", "provider"]
    list_select_related = ["capability", "provider"]


admin.site.register([Provider, ServiceGroup, Capability], PublishedAdmin)
