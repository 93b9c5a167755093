from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.http import HttpRequest

from guide_site.models import User
from moderation import actions

if TYPE_CHECKING:
    _UserAdmin = UserAdmin[User]
else:
    _UserAdmin = UserAdmin  # takes no type arguments at runtime


# Roles are groups: an operator gives them to accounts here.
@admin.register(User)
class MemberAdmin(_UserAdmin):
    """Accounts with their roles. What somebody approved may be complete with another role."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save the roles, and merge what they complete."""
        super().save_related(request, form, formsets, change)
        actions.publish_completed(f"the account of {form.instance.username} was changed")
