from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate, pre_migrate

from guide_site.public.search import sqlite, upkeep


class PublicConfig(AppConfig):
    """Pages for readers. Keeps the search index in step with changes of the schema."""

    name = "guide_site.public"
    label = "public"

    def ready(self) -> None:
        connection_created.connect(sqlite.add_functions, dispatch_uid="search-functions")
        pre_migrate.connect(upkeep.before_migrating, sender=self, dispatch_uid="search-before")
        post_migrate.connect(upkeep.after_migrating, sender=self, dispatch_uid="search-after")
