"""The admin of what is published: to look at, because it changes through proposals only."""

from django.contrib import admin
from django.db import models


class PublishedAdmin(admin.ModelAdmin):
    """Shows rows of the guide to operators and lets nobody change them here."""

    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
