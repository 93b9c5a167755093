"""What a member is typing, saved as they type: one text per person and place."""

from django.utils import timezone

from moderation.models import Autosave

MOST = 50  # unfinished texts of one member; the oldest goes


def keep_typing(*, by, place, fields):
    """Remember the fields (urlencoded) of the form at `place`."""
    Autosave.objects.update_or_create(
        user=by, place=place, defaults={"fields": fields, "at": timezone.now()}
    )
    surplus = Autosave.objects.filter(user=by).values_list("pk", flat=True)[MOST:]
    Autosave.objects.filter(pk__in=list(surplus)).delete()


def forget_typing(*, by, place):
    """What was typed at `place` is a proposal now, or no longer wanted."""
    Autosave.objects.filter(user=by, place=place).delete()
