"""How people join: django-allauth, with the guide's roles."""

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib.auth.models import Group

from guide_site.core.access import Role


class AccountAdapter(DefaultAccountAdapter):
    """Whoever signs up is a contributor."""

    def is_open_for_signup(self, request):
        return settings.SIGNUP == "open"

    def save_user(self, request, user, form, commit=True):
        user = super().save_user(request, user, form, commit)
        if commit:
            user.groups.add(Group.objects.get_or_create(name=Role.CONTRIBUTOR.value)[0])
        return user
