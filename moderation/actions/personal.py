"""What members keep for themselves, such as what they watch: no event, and no log."""

from typing import Any

from django.utils import timezone

from guide_site.models import User
from moderation.models import Autosave, MailChoice, MailSettings, Watch, Watched

MOST_TEXTS = 50  # unfinished ones of one member; the oldest goes


def watch(target: Watched, *, by: User) -> Watch:
    """Tell `by` of all that happens to the target from now on."""
    fields: dict[str, Any] = {"user": by, Watch.kind_of(target): target}
    return Watch.objects.get_or_create(**fields)[0]


def unwatch(target: Watched, *, by: User) -> None:
    """No longer tell `by` of what happens to the target."""
    Watch.objects.filter(user=by, **{Watch.kind_of(target): target}).delete()


def save_typing(*, by: User, place: str, fields: str) -> None:
    """Save the fields (urlencoded) of the form at the path `place`, in place of those before."""
    Autosave.objects.update_or_create(
        user=by, place=place, defaults={"fields": fields, "at": timezone.now()}
    )
    surplus = Autosave.objects.filter(user=by).values_list("pk", flat=True)[MOST_TEXTS:]
    Autosave.objects.filter(pk__in=list(surplus)).delete()


def forget_typing(*, by: User, place: str) -> None:
    """Delete what was typed at `place`: it is a proposal now, or no longer wanted."""
    Autosave.objects.filter(user=by, place=place).delete()


def choose_mail(choice: MailChoice, *, by: User) -> None:
    """Set how much mail `by` gets."""
    MailSettings.objects.update_or_create(user=by, defaults={"choice": choice})
