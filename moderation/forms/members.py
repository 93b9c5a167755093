"""Forms about members: what they watch and have read, reviewers, people of a section, email."""

import re
from typing import Any

from django import forms

from guide_site.core.access import Permission, can
from guide_site.models import User
from moderation import owners
from moderation.models import MailChoice, Watch, Watched

LARGEST = 2**63 - 1  # the largest primary key of both databases
MOST_PEOPLE = 20  # for one section in one role


def number(*, required: bool = True) -> forms.IntegerField:
    """Return a form field for a primary key."""
    return forms.IntegerField(min_value=1, max_value=LARGEST, required=required)


class ReadForm(forms.Form):
    """What to mark as read: one subject, or all up to the newest notice that was shown."""

    proposal = number(required=False)
    report = number(required=False)
    until = number()


class WatchForm(forms.Form):
    """A row of the guide, and whether to watch it. `thing` is its primary key."""

    kind = forms.ChoiceField(choices=[(kind, kind) for kind in Watch.TARGETS])
    thing = number()
    do = forms.ChoiceField(choices=[("watch", "Watch"), ("unwatch", "Unwatch")])

    @property
    def target(self) -> Watched | None:
        """The row, or None if it does not exist."""
        model = Watch.model_of(self.cleaned_data["kind"])
        return model._default_manager.filter(pk=self.cleaned_data["thing"]).first()


class AskForm(forms.Form):
    """Whom to ask for a review."""

    name = forms.CharField(max_length=60)


class NamesField(forms.CharField):
    """User names, separated by commas or spaces; its value is a list of Users with a permission."""

    def __init__(self, *, permission: Permission, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=1000, **kwargs)
        self.permission = permission

    def clean(self, value: Any) -> list[User]:
        words = re.split(r"[\s,;]+", super().clean(value).lower())
        names = list(dict.fromkeys(word.removeprefix("@") for word in words if word))
        if len(names) > MOST_PEOPLE:
            raise forms.ValidationError(f"Name at most {MOST_PEOPLE} people.")
        users = User.objects.filter(username__in=names).prefetch_related("groups")
        known = {user.username: user for user in users}
        wrong = [problem for name in names if (problem := self._why_not(name, known.get(name)))]
        if wrong:
            raise forms.ValidationError(wrong)
        return [known[name] for name in names]

    def _why_not(self, name: str, user: User | None) -> str | None:
        if user is None:
            return f"Nobody here is called “{name[:40]}”."
        if not user.is_active:
            return f"The account of {name} is suspended."
        if not can(user, self.permission):
            needed = "editor" if self.permission == Permission.DECIDE else "expert"
            return (
                f"{name} needs the role of an {needed} first: the operator of the site grants it."
            )
        return None


class PeopleForm(forms.Form):
    """Who looks after a section."""

    editors = NamesField(
        permission=owners.ROLES["editors"],
        label="Editors",
        help_text="Names of members who decide here: editors or leads. Commas between them.",
    )
    experts = NamesField(
        permission=owners.ROLES["experts"],
        label="Experts",
        help_text="Names of members who know this well, and are asked for their view.",
    )


class MailForm(forms.Form):
    """How much email a member wants."""

    choice = forms.ChoiceField(
        label="What you want by mail", choices=MailChoice.choices, widget=forms.RadioSelect
    )
