from typing import Any

from django.core.management.base import BaseCommand

from guide_site.public.search import upkeep


class Command(BaseCommand):
    """Rebuild the search index. This is only needed if `verify` finds it wrong."""

    help = "Rebuild the search index from the guide."

    def handle(self, *args: Any, **options: Any) -> None:
        count = upkeep.rebuild()
        self.stdout.write(f"The search index holds {count} entries, sections and services.")
