from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from entries.markdown.writer import export
from entries.models import Section
from services.tables.exporting import table_sources


class Command(BaseCommand):
    """Write the guide as Markdown: an untouched import comes out byte for byte."""

    help = "Write the guide, or one section with all below it, as Markdown."

    def add_arguments(self, parser):
        parser.add_argument("--out", type=Path, metavar="FILE", help="default: standard output")
        parser.add_argument("--section", metavar="SLUG")

    def handle(self, *, out, section, **options):
        text = export(self._section(section), source_of=table_sources())
        if out is None:
            self.stdout.write(text, ending="")
            return
        try:
            out.write_bytes(text.encode())
        except OSError as error:
            raise CommandError(f"{out} cannot be written: {error.strerror}.") from error

    def _section(self, slug):
        if slug is None:
            return None
        try:
            return Section.objects.get(slug=slug)
        except Section.DoesNotExist:
            raise CommandError(f"This guide has no section “{slug}”.") from None
