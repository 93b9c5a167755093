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

    help = "Read an open guide (a Markdown file); writes what differs, as one revision."

    def add_arguments(self, parser):
        parser.add_argument("path", type=Path, metavar="FILE")
        parser.add_argument("--dry-run", action="store_true", help="report, but change nothing")
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing if there is a guide already"
        )

    def handle(self, *, path, dry_run, if_empty, **options):
        if if_empty and Section.objects.exists():
            self.stdout.write("The guide is there already: nothing to do.")
            return
        guide = self._read(path)
        with history.revision(by=None, comment=f"Import of {path.name}"[:250]):
            because = f"Not in {path.name} any more."
            report = importing.write(guide, because=because, progress=self._progress)
            linked = services.actions.link_sections()
            transaction.set_rollback(dry_run)
        self.stdout.write("Would import:" if dry_run else "Imported:")
        for line in report.lines():
            self.stdout.write(f"  {line}")
        if linked:
            self.stdout.write(f"  {linked} services found their section")
        if report.is_empty:
            self.stdout.write("Nothing to do: the guide is the same already.")

    def _read(self, path):
        try:
            text = markdown_guide.decode(path.read_bytes())
            known = LegendTag.objects.values_list("sign", flat=True)
            return markdown_guide.parse(text, signs=known, name=path.stem)
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
        except markdown_guide.NotAGuide as error:
            raise CommandError(f"{path}: {error} Nothing was changed.") from error

    def _progress(self, sections):
        return tqdm(sections, unit=" sections", file=self.stderr, disable=None, leave=False)
