from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.db import models
from django.db.models.signals import post_migrate


class EntriesConfig(AppConfig):
    """The guide itself: its facts, legend tags, sections, entries."""

    name = "entries"

    def ready(self) -> None:
        post_migrate.connect(create_guide, sender=self, dispatch_uid="guide-row")


def create_guide(**signal: Any) -> None:
    """Create the row of the guide's facts; runs after each `migrate`, also on an emptied database.

    signal  what `post_migrate` passes; migrations that went back know no such model
    """
    known = {model._meta.label: model for model in signal.get("apps", apps).get_models()}
    if model := known.get("entries.Guide"):
        first = model(pk=1, name=settings.GUIDE_NAME)
        rows: models.QuerySet[Any] = models.QuerySet(model, using=signal["using"])
        rows.bulk_create([first], ignore_conflicts=True)  # no revision: nobody wrote it
