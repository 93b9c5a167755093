"""Forms about people: what they watch and have read, whom they ask, who looks after what."""

import re

from django import forms

from guide_site.core.access import Permission, can
from guide_site.models import User
from moderation import owners
from moderation.models import MailChoice, Watch

LARGEST = 2**63 - 1  # what both databases take as a primary key
MOST_PEOPLE = 20  # for one section in one role


def number(**options):
    """A field for a primary key."""
    return forms.IntegerField(min_value=1, max_value=LARGEST, **options)


class ReadForm(forms.Form):
    """What to mark as read: one thing, or all up to the newest notice that was shown."""

    proposal = number(required=False)
    report = number(required=False)
    until = number()


class WatchForm(forms.Form):
    """One thing of the guide, and whether to watch it."""

    kind = forms.ChoiceField(choices=[(kind, kind) for kind in Watch.TARGETS])
    thing = number()
    do = forms.ChoiceField(choices=[("watch", "Watch"), ("unwatch", "Unwatch")])

    @property
    def target(self):
        """The thing, or None if there is none any more."""
        model = Watch.model_of(self.cleaned_data["kind"])
        return model.objects.filter(pk=self.cleaned_data["thing"]).first()


class AskForm(forms.Form):
    """Whom to ask for a review."""

    name = forms.CharField(max_length=60)


class NamesField(forms.CharField):
    """User names, parted by commas or spaces, as Users who hold a permission."""

    def __init__(self, *, permission, **kwargs):
        super().__init__(required=False, max_length=1000, **kwargs)
        self.permission = permission

    def clean(self, value):
        words = re.split(r"[\s,;]+", super().clean(value).lower())
        names = list(dict.fromkeys(word.removeprefix("@") for word in words if word))
        if len(names) > MOST_PEOPLE:
            raise forms.ValidationError(f"Name at most {MOST_PEOPLE} people.")
        known = User.objects.filter(username__in=names).prefetch_related("groups")
        known = {user.username: user for user in known}
        wrong = [problem for name in names if (problem := self._why_not(name, known.get(name)))]
        if wrong:
            raise forms.ValidationError(wrong)
        return [known[name] for name in names]

    def _why_not(self, name, user):
        if user is None:
            return f"Nobody here is called “{name[:40]}”."
        if not user.is_active:
            return f"The account of {name} is suspended."
        if not can(user, self.permission):
            needed = "editor" if self.permission == Permission.DECIDE else "expert"
            return f"{name} needs the role of an {needed} first: whoever runs the site gives it."
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
    """How much mail a member wants."""

    choice = forms.ChoiceField(
        label="What you want by mail", choices=MailChoice.choices, widget=forms.RadioSelect
    )
