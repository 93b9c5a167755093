from collections.abc import Sequence

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.core.management.base import CommandError
from django.core.management.commands import loaddata
from django.core.serializers.base import DeserializationError, DeserializedObject
from django.db import IntegrityError
from reversion.models import Revision

from entries.models import LegendTag, Section
from guide_site.core import history
from guide_site.models import User
from guide_site.public.models import SearchDocument
from guide_site.public.search import upkeep
from services.models import Provider

_MADE_BY_MIGRATE = [Permission, Group, ContentType]  # the dump has its own, with other numbers


class Command(loaddata.Command):
    """Fill an empty database from a dump of a whole one, with all history and accounts."""

    help = "Fill an empty, migrated database from the file that “dumpdata” wrote of another one."

    def loaddata(self, fixture_labels: Sequence[str]) -> None:
        """Load the dump into empty tables, and build the search index of this database."""
        for filled in (Revision, User, Section, LegendTag, Provider):
            if filled._default_manager.exists():
                raise CommandError(
                    f"This database has {filled._meta.verbose_name_plural} already. loaddata fills "
                    "an empty one: name another in DATABASE_URL and run “migrate” there."
                )
        with history.restoring():
            upkeep.remove()
            for model in _MADE_BY_MIGRATE:
                model._default_manager.all().delete()
            ContentType.objects.clear_cache()
            try:
                super().loaddata(fixture_labels)
            except (DeserializationError, IntegrityError) as error:
                raise CommandError(
                    "The file refers to rows that it lacks. Make it with “dumpdata” without "
                    f"options. ({error})"
                ) from error
            upkeep.rebuild()

    def save_obj(self, obj: DeserializedObject) -> bool:
        """Save a row, but none of the search: each database builds its own."""
        return not isinstance(obj.object, SearchDocument) and bool(super().save_obj(obj))
