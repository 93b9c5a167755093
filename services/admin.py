from django.contrib import admin

from guide_site.core.readonly_admin import PublishedAdmin
from services.models import Capability, Offering, Provider, Service, ServiceGroup


@admin.register(Service)
class ServiceAdmin(PublishedAdmin):
    list_display = ["name", "full_name", "group", "availability", "released"]
    list_select_related = ["group"]
    search_fields = ["name", "full_name"]


@admin.register(Offering)
class OfferingAdmin(PublishedAdmin):
    list_display = ["name", "capability", "provider"]
    list_select_related = ["capability", "provider"]


admin.site.register([Provider, ServiceGroup, Capability], PublishedAdmin)
