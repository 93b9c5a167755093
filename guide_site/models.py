"""People: Django's user with names that are unique regardless of case."""

from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Lower
from django.http import HttpRequest
from django.urls import reverse

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

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save with name and email address in lower case: people log in with either."""
        self.username, self.email = self.username.lower(), self.email.lower()
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("person", args=[self.username])


class MemberRequest(HttpRequest):
    """The request of somebody who is logged in: the type of it in views only members reach."""

    user: User
