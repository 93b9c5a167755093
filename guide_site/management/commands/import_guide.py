from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from tqdm import tqdm

import services.actions
from entries import importing, markdown_guide
from entries.models import LegendTag, Section
from guide_site.core import history


class Command(BaseCommand):
    """Publish a Markdown guide as one revision, or change nothing."""

    help = "Read an open guide (a Markdown file) into an empty database, as one revision."

    def add_arguments(self, parser):
        parser.add_argument("path", type=Path, metavar="FILE")
        parser.add_argument("--dry-run", action="store_true", help="report, but change nothing")
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing if there is a guide already"
        )

    def handle(self, *, path, dry_run, if_empty, **options):
        if Section.objects.exists():
            if if_empty:
                self.stdout.write("The guide is there already: nothing to do.")
                return
            raise CommandError(
                "This database holds a guide already. Import into an empty one: set DATABASE_URL "
                "to a new database and run “migrate” first (README.md, “Bring your own guide”)."
            )
        guide = self._read(path)
        with history.revision(by=None, comment=f"Import of {path.name}"[:250]):
            report = importing.write(guide, progress=self._progress)
            linked = services.actions.link_sections()
            transaction.set_rollback(dry_run)
        self.stdout.write("Would import:" if dry_run else "Imported:")
        for line in report.lines():
            self.stdout.write(f"  {line}")
        if linked:
            self.stdout.write(f"  {linked} services found their section")

    def _read(self, path):
        try:
            text = markdown_guide.decode(path.read_bytes())
            known = LegendTag.objects.values_list("sign", flat=True)
            return markdown_guide.parse(text, signs=known, name=path.stem)
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
        except markdown_guide.NotAGuide as error:
            raise CommandError(f"{path}: {error} Nothing was changed.") from error

    def _progress(self, pairs):
        return tqdm(pairs, unit=" entries", file=self.stderr, disable=None, leave=False)
