from django.core.management.base import BaseCommand, CommandError

from guide_site.public.verifying import CHECKS


class Command(BaseCommand):
    """Check what must be true of the stored data, and change nothing."""

    help = "Check that what is derived from the guide fits it; fails if something does not."

    def handle(self, **options):
        wrong = 0
        for check in CHECKS:
            problems = check()
            wrong += len(problems)
            self.stdout.write(f"{'wrong' if problems else 'ok   '}  {check.__doc__}")
            for problem in problems:
                self.stdout.write(f"       {problem}")
        if wrong:
            raise CommandError(f"{wrong} problem{'s' if wrong > 1 else ''} found.")
