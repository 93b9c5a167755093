"""People: Django's user with names that are unique regardless of case."""

from collections.abc import Collection, Iterable
from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Lower
from django.db.models.signals import pre_delete
from django.dispatch import receiver
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from guide_site.core import history
from guide_site.core.access import Member

# ASCII only: both databases then agree on which names are the same, and none looks like another.
USERNAME_VALIDATORS = [
    RegexValidator(
        r"^[a-zA-Z0-9][a-zA-Z0-9_-]*$",
        "Use letters, digits, “-” and “_”, and start with a letter or digit.",
    )
]


class User(Member):
    """A member. What they may do follows from the groups they are in (`core/access.py`)."""

    username = models.CharField(
        max_length=40,
        unique=True,
        validators=USERNAME_VALIDATORS,
        error_messages={"unique": "Somebody has this name already."},
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("username"), name="username_once_whatever_its_case")
        ]

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        """Save with name and email address in lower case: people log in with either."""
        self.username, self.email = self.username.lower(), self.email.lower()
        fields = None if update_fields is None else set(update_fields)
        if self._changes_what_pages_show(fields):
            with history.writing():
                AccountChange.objects.create()
                super().save(*args, update_fields=fields, **kwargs)
        else:
            super().save(*args, update_fields=fields, **kwargs)

    def _changes_what_pages_show(self, fields: Collection[str] | None) -> bool:
        """True if a save of these fields (None: all) gives an account another name or state."""
        shown = {"username", "is_active"}
        if self._state.adding or (fields is not None and shown.isdisjoint(fields)):
            return False
        now = {name: getattr(self, name) for name in shown}
        return not type(self).objects.filter(pk=self.pk, **now).exists()

    def get_absolute_url(self) -> str:
        return reverse("person", args=[self.username])


class AccountChange(models.Model):
    """A renamed, closed, reopened or deleted account: what is cached may show its old name."""

    at = models.DateTimeField(default=timezone.now)


@receiver(pre_delete, sender=User, dispatch_uid="guide-account-deleted")
def _log_deletion(**signal: Any) -> None:
    with history.writing():
        AccountChange.objects.create()


class MemberRequest(HttpRequest):
    """The request of somebody who is logged in: the type of it in views only members reach."""

    user: User
