from typing import Any

from django.core.management.base import BaseCommand, CommandError

from guide_site.public.verifying import CHECKS


class Command(BaseCommand):
    """Check that the stored data is right, and change nothing."""

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
