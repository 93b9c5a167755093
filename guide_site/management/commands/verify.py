from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from entries.models import Entry
from guide_site.public.search import upkeep
from services.tables import following


def search_index() -> list[str]:
    """The search index holds what the guide does."""
    return [f"{problem}; manage.py rebuild_search mends it" for problem in upkeep.problems()]


def tables_of_the_guide() -> list[str]:
    """The tables in the guide have what the catalogue says."""
    return [
        f"{entry.get_absolute_url()} lacks some of it; manage.py follow_catalogue mends it"
        for entry in following.stale()
    ]


def link_definitions() -> list[str]:
    """Link definitions are entries of their own, and not added to the texts that use them."""
    return [
        f"{entry.get_absolute_url()} holds one from elsewhere; manage.py follow_catalogue mends it"
        for entry in Entry.objects.live().that_define().exclude(verbatim="")
        if entry.body.rpartition("\n")[2].strip() not in entry.verbatim
    ]


CHECKS: list[Callable[[], list[str]]] = [search_index, tables_of_the_guide, link_definitions]


class Command(BaseCommand):
    """Check that the stored data is right, and change nothing.

    A check is a function that returns a sentence for each problem. Its docstring says what holds
    if it finds none.
    """

    help = "Check that what is derived from the guide fits it; fails if something does not."

    def handle(self, *args: Any, **options: Any) -> None:
        count = 0
        for check in CHECKS:
            problems = check()
            count += len(problems)
            self.stdout.write(f"{'wrong' if problems else 'ok   '}  {check.__doc__}")
            for problem in problems:
                self.stdout.write(f"       {problem}")
        if count:
            raise CommandError(f"{count} problem{'s' if count > 1 else ''} found.")
