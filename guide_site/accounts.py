"""How people join: django-allauth, with the guide's roles."""

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import Group
from django.forms import BaseForm
from django.http import HttpRequest

from guide_site.core.access import Role
from guide_site.models import User


class AccountAdapter(DefaultAccountAdapter):
    """Makes everybody who signs up a contributor."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """True if visitors may create an account."""
        return bool(settings.SIGNUP == "open")

    def save_user(
        self, request: HttpRequest, user: AbstractBaseUser, form: BaseForm, commit: bool = True
    ) -> AbstractBaseUser:
        """Fill in a new account from the form of allauth, and save it unless told otherwise."""
        account = super().save_user(request, user, form, commit)
        if commit and isinstance(account, User):
            account.groups.add(Group.objects.get_or_create(name=Role.CONTRIBUTOR.value)[0])
        return account
