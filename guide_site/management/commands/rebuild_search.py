from django.core.management.base import BaseCommand

from guide_site.public.search import upkeep


class Command(BaseCommand):
    """Fill the search index anew. It is only needed if `verify` finds it wrong."""

    help = "Write the search index anew from the guide."

    def handle(self, **options):
        count = upkeep.rebuild()
        self.stdout.write(f"The search index holds {count} entries, sections and services.")
