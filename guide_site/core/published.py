"""The admin of what is published: to look at, because it changes through proposals only."""

from django.contrib import admin


class PublishedAdmin(admin.ModelAdmin):
    """Shows rows of the guide to operators and lets nobody change them here."""

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
