from django.apps import AppConfig
from django.db.models.signals import post_migrate


class GuideSiteConfig(AppConfig):
    """Holds the accounts and creates the group of every role."""

    name = "guide_site"

    def ready(self) -> None:
        from guide_site.core import access

        post_migrate.connect(access.create_role_groups, dispatch_uid="guide-roles")
